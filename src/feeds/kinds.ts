import { daily } from './daily.ts'
import { authors, saved, topics, venues } from './named.ts'
import type { FeedKind } from './source.ts'
import { trending } from './trending.ts'

/** Kinds of feeds by the first part of their path. */
export const KINDS = { topics, authors, venues, saved, trending, daily } satisfies Record<
  string,
  FeedKind
>

export type FeedKindName = keyof typeof KINDS
