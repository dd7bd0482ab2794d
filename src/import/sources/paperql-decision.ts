import { z } from 'zod'
import { AUTHOR_DECISIONS } from '../../domain/curation/authors.ts'
import { TOPIC_DECISIONS } from '../../domain/curation/topics.ts'
import { text } from '../input/json.ts'

/** Normalises an instant to the notation of the database; null for other values. */
export function instantOf(value: unknown): string | null {
  const written = text(value)
  return /^\d{4}-\d\d-\d\d[T ]/.test(written) && !Number.isNaN(Date.parse(written)) ? written : null
}

export const instant = z.string().refine((text) => instantOf(text) !== null, 'expected an instant')

const decided = z.object({ source: z.string(), key: z.string(), part: z.int().min(0).max(1) })
const decisionBy = {
  reason: z.string().nullable(),
  decidedBy: z.string(),
  decidedAt: instant,
  undoneBy: z.string().nullable(),
  undoneAt: instant.nullable(),
  undoneReason: z.string().nullable(),
}
const keyedTopic = z.object({ slug: z.string(), key: z.string() })
const noTopic = z.null().default(null)
/** A decision of an operator about papers, authors or topics. */
export const decision = z.union([
  z.object({
    kind: z.enum(['merge', 'split']),
    records: z.array(decided).min(1),
    topic: noTopic,
    ...decisionBy,
  }),
  z.object({
    kind: z.enum(AUTHOR_DECISIONS),
    records: z.array(decided.extend({ name: z.string().min(1) })).min(1),
    topic: noTopic,
    ...decisionBy,
  }),
  z.object({
    kind: z.enum(TOPIC_DECISIONS),
    records: z.array(decided).max(0),
    topic: z.object({
      topics: z.array(keyedTopic).min(1),
      into: keyedTopic.exactOptional(),
      name: z.string().exactOptional(),
      under: z.string().nullable().exactOptional(),
    }),
    ...decisionBy,
  }),
])
