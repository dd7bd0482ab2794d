import type { z } from 'zod'
import { withFoundTopics } from '../../domain/record/keywords/found-topics.ts'
import { badInput } from '../../errors.ts'
import { isObject, itemsOf, type Json, parseItem, text } from '../input/json.ts'
import type { Outcome, Refusal } from '../input/outcome.ts'
import { decision, instantOf } from './paperql-decision.ts'
import { citation, paperRecord, profileRecord, repository } from './paperql-shapes.ts'

/** Newest supported version of the format. */
const VERSION = 1

/** Reads the output of `paperql export jsonl`. */
export async function* readPaperql(
  content: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  for await (const { position, bytes, written } of itemsOf(content, file)) {
    const parsed = parseItem(bytes, written)
    if ('reason' in parsed) yield { position, reject: { key: null, reason: parsed.reason } }
    else if (!isObject(parsed.value))
      yield { position, reject: { key: null, reason: 'the line is not a JSON object' } }
    else if ('paperql' in parsed.value) checkVersion(parsed.value.paperql, file)
    else yield readLine(position, parsed.value, parsed.repairs)
  }
}

function checkVersion(version: unknown, file: string): void {
  if (typeof version === 'number' && version <= VERSION) return
  throw badInput(`${file} is of a newer format than this paperql reads (${VERSION}). Update it.`)
}

function readLine(position: number, line: Json, repairs: string[]): Outcome {
  const fetchedAt = instantOf(line.fetchedAt)
  if ('record' in line) {
    const { data, error } = paperRecord.safeParse(line.record)
    if (error) return { position, reject: refusalOf('record', line.record, error) }
    // The exporting version may have had another vocabulary.
    return { position, record: withFoundTopics(data), repairs, fetchedAt }
  }
  if ('profile' in line) {
    const { data, error } = profileRecord.safeParse(line.profile)
    if (error) return { position, reject: refusalOf('profile', line.profile, error) }
    return { position, profile: data, repairs, fetchedAt }
  }
  if ('citation' in line) {
    const { data, error } = citation.safeParse(line.citation)
    if (error) return { position, reject: refusalOf('citation', line.citation, error) }
    const { source, ...edge } = data
    return { position, source, edge }
  }
  if ('decision' in line) {
    const { data, error } = decision.safeParse(line.decision)
    if (error) return { position, reject: refusalOf('decision', line.decision, error) }
    return { position, addition: { decision: data } }
  }
  if ('repository' in line) {
    const { data, error } = repository.safeParse(line.repository)
    if (error) return { position, reject: refusalOf('repository', line.repository, error) }
    return { position, addition: { repository: data } }
  }
  return { position, reject: { key: null, reason: 'the line is not output of paperql export' } }
}

/** Names the first error, without its value. */
function refusalOf(name: string, value: unknown, { issues }: z.ZodError): Refusal {
  const [first] = issues
  const place = [name, ...(first?.path ?? [])].join('.')
  const key = text(isObject(value) ? value.key : null) || null
  return { key, reason: `${place}: ${first?.message ?? 'not as expected'}` }
}
