import { sql } from '../../db/sql.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { IDENTIFIER_SCHEMES } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { MergedEvent } from '../record/events.ts'
import { topicKeyOf } from '../record/keywords/topic-key.ts'
import { keyOfTopic } from '../record/keywords/vocabulary-keys.ts'
import type { MergedDecision } from '../record/merge/decisions.ts'
import { mergeWithout } from '../record/merge/licence.ts'
import type { MergedPaper } from '../record/merge/merge.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import { compare } from '../record/precedence.ts'
import {
  type CitableColumns,
  type CitableDecision,
  type CitableEvent,
  type CitablePaper,
  citablePapersByIds,
} from './citable-paper.ts'

/**
 * Like `citablePapersByIds`, for papers merged again without their records under the given licences. Two statements. Papers
 * without remaining records are missing.
 */
export async function citablePapersWithout(
  tx: Transaction,
  ids: readonly number[],
  columns: CitableColumns,
  licences: readonly string[],
): Promise<Map<number, CitablePaper>> {
  const papers = await citablePapersByIds(tx, ids, columns)
  if (licences.length === 0) return papers
  const rows = await tx.query<{ paper_id: number; records: PaperRecord[] }>(sql`
    select ${sourceRecords.paperId}, json_agg(${sourceRecords.record} - 'references') as records from ${sourceRecords}
    where ${sourceRecords.paperId} = any(${ids}::bigint[]) group by ${sourceRecords.paperId}`)
  return new Map(
    rows.flatMap(({ paper_id: id, records }) => {
      const paper = papers.get(id)
      const merged = mergeWithout(records, licences)
      return paper && merged ? [[id, { ...paper, ...shownOf(merged, paper, columns) }]] : []
    }),
  )
}

/** The values of the merged paper, which replace those that the catalogue shows. */
function shownOf(
  merged: MergedPaper,
  shown: CitablePaper,
  columns: CitableColumns,
): Omit<CitablePaper, 'id' | 'keyParts'> {
  const { title, kind, published, eventYear, language, licence, isRetracted } = merged
  const { landingUrl, pdfUrl, citationCount, upvoteCount, venue } = merged
  const { topics, keywords, repositories, publication, hasMoreAuthors } = merged
  return {
    ...{ title, kind, published, eventYear, language, licence, isRetracted },
    ...{ landingUrl, pdfUrl, citationCount, upvoteCount, venue, publication, hasMoreAuthors },
    authors: merged.authors.map(({ name, familyName = null, affiliation }) => ({
      ...{ name, familyName, affiliation },
    })),
    abstract: columns.abstract ? merged.abstract : null,
    authorSummary: columns.abstract ? merged.authorSummary : null,
    tldr: columns.abstract ? merged.tldr : null,
    starCount: repositories.length > 0 ? shown.starCount : 0,
    identifiers: merged.identifiers.toSorted(
      (a, b) => IDENTIFIER_SCHEMES.indexOf(a.scheme) - IDENTIFIER_SCHEMES.indexOf(b.scheme),
    ),
    topics: columns.links ? [...topics, ...topicsOf(keywords, shown)] : [],
    keywords: columns.links ? keywords : [],
    repositories: columns.links ? repositories : [],
    decisions: columns.links ? merged.decisions.map(citableDecision) : [],
    links: columns.links ? linksOf(merged) : [],
    openAccess: columns.links ? accessOf(merged) : null,
    events: columns.links ? merged.events.map(citableEvent) : [],
    institutions: columns.links ? institutionsOf(merged) : [],
  }
}

const linksOf = ({ links, pdfUrl }: MergedPaper): CitablePaper['links'] =>
  links
    .filter(({ url }) => url !== pdfUrl)
    .map(({ kind, url, label = null }) => ({ kind, url, label }))

function accessOf({ openAccess }: MergedPaper): CitablePaper['openAccess'] {
  if (openAccess === null) return null
  const { status, url, licence, version } = openAccess
  return { status, url, licence, version }
}

const citableEvent = ({ kind, on, precision, ...rest }: MergedEvent): CitableEvent => ({
  ...{ kind, on, precision: on === null ? null : (precision ?? 'day') },
  ...{ number: rest.number ?? null, reason: rest.reason ?? null, notice: rest.notice ?? null },
})

/** Institutions stated by the remaining sources. Those found in printed affiliations are left out, because they depend on all records. */
function institutionsOf({ authors, affiliations = [] }: MergedPaper): CitablePaper['institutions'] {
  const found = new Map<string, CitablePaper['institutions'][number]>()
  for (const [at, { institutions = [] }] of [...authors, ...affiliations].entries())
    for (const { name, ror = null } of institutions) {
      const known = found.get(ror ?? name) ?? { name, ror, positions: [] }
      if (at < authors.length && known.positions.at(-1) !== at + 1) known.positions.push(at + 1)
      found.set(ror ?? name, known)
    }
  return [...found.values()].toSorted((a, b) => compare(a.name, b.name))
}

const citableDecision = (decision: MergedDecision): CitableDecision => ({
  venue: decision.venue?.acronym ?? decision.venue?.name ?? null,
  year: decision.year,
  outcome: decision.outcome ?? null,
  presentation: decision.presentation ?? null,
  status: decision.status ?? null,
  track: decision.track ?? null,
  award: decision.award ?? null,
  session: decision.session ?? null,
  area: decision.area ?? null,
  rating: decision.rating?.mean ?? null,
  ratingCount: decision.rating?.count ?? null,
})

/** The topics to which these keywords resolve. */
function topicsOf(keywords: readonly string[], { topics }: CitablePaper): CitablePaper['topics'] {
  const keys = new Set(keywords.map((name) => topicKeyOf(name).key))
  return topics.filter((topic) => topic.kind === 'keyword' && keys.has(keyOfTopic(topic)))
}
