import {
  DECISION_OUTCOMES,
  EVENT_KINDS,
  LINK_KINDS,
  OPEN_ACCESS_STATUSES,
  PRESENTATIONS,
  TEXT_VERSIONS,
} from '../../db/tables/vocabulary.ts'
import { shortText } from '../../domain/record/decision.ts'
import type {
  AuthorClaim,
  DecisionClaim,
  EventClaim,
  InstitutionClaim,
  LinkClaim,
  PaperRecord,
  VenueClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { venueNamed } from '../fields/venues.ts'
import { itemsIn, UNEQUAL } from './csv-values.ts'
import { institutionClaim, LOST_ROR } from './institution-claim.ts'
import { eventDay } from './links.ts'

type Cell = (name: string) => string | null
/** Text in one of paperql's columns; empty when absent. */
type Row = (name: string) => string

/** Finds the word of a vocabulary that a cell contains, in upper or lower case. */
export const wordOf = <Word extends string>(words: readonly Word[], text: string | null) =>
  words.find((word) => word === text?.toLowerCase())

/** Reads a link in paperql's notation: kind, colon, URL, and label. */
export function ownLink(item: string): LinkClaim[] {
  const [first = '', label] = partsIn(item)
  const [, word = '', url = ''] = /^(\w+):\s*(\S+)$/.exec(first) ?? []
  const kind = wordOf(LINK_KINDS, word)
  return kind === undefined ? [] : [{ kind, url, ...(label && { label }) }]
}

/** Splits an item into its parts. */
const partsIn = (item: string) => item.split(' | ').map((part) => part.replaceAll('\\|', '|'))

/** Reads an event in paperql's notation: kind, number, day and page, as far as they are known, and the reason. */
export function ownEvent(item: string): EventClaim[] {
  const [first = '', reason] = partsIn(item)
  const [, word = '', number, printed, notice] =
    /^(\w+)(?: (\d{1,4}))??(?: (\d{4}(?:-\d\d){0,2}))?(?: (https?:\S+))?$/.exec(first) ?? []
  const kind = wordOf(EVENT_KINDS, word)
  const day = publishedFromIso(printed ?? '')
  if (kind === undefined) return []
  return [
    {
      kind,
      ...eventDay(day),
      ...(number !== undefined && { number: Number(number) }),
      ...(reason !== undefined && { reason }),
      ...(notice !== undefined && { notice }),
    },
  ]
}

const WORD = `${DECISION_OUTCOMES.join('|')}|${PRESENTATIONS.join('|')}|unknown`
/** Venue, year, words for outcome and presentation, and the printed status. */
const DECISION = new RegExp(
  `^(.*?)(?:(?:^| )(\\d{4}))?(?:: ((?:(?:${WORD})(?: |$)){0,2})(?:\\((.*)\\))?)?$`,
)

/** Reads decisions in paperql's notation. */
export function ownDecisions(
  items: readonly string[],
  own: VenueClaim | null,
): Pick<PaperRecord, 'decisions'> {
  const decisions = items.flatMap((item) => ownDecision(item, own))
  return decisions.length > 0 ? { decisions } : {}
}

/** Reads a decision. `own` is the venue of the paper, which usually made the decision. */
function ownDecision(item: string, own: VenueClaim | null): DecisionClaim[] {
  const [first = '', ...others] = partsIn(item)
  const [, place = '', year, words = '', status] = DECISION.exec(first) ?? []
  const said = words.split(' ')
  const presentation = PRESENTATIONS.find((word) => said.includes(word))
  const outcome = DECISION_OUTCOMES.find((word) => said.includes(word))
  const named = Object.fromEntries(
    others.flatMap((part) => {
      const [, name = '', text] = /^(track|award|session|area|rating): (.*)$/s.exec(part) ?? []
      const short = name === 'rating' ? text : shortText(text)
      return short === undefined ? [] : [[name, short]]
    }),
  ) as Partial<Record<'track' | 'award' | 'session' | 'area' | 'rating', string>>
  const { rating, ...texts } = named
  const [, mean, count] = /^(\d+(?:\.\d+)?)(?: \((\d{1,4})\))?$/.exec(rating ?? '') ?? []
  const isImplied = presentation !== undefined && !said.includes('unknown')
  const verdict = outcome ?? (isImplied ? 'accepted' : undefined)
  const claim: DecisionClaim = {
    venue: [own?.acronym, own?.name].includes(place)
      ? own
      : venueNamed(place || null, 'conference'),
    year: year === undefined ? null : Number(year),
    ...(verdict && { outcome: verdict }),
    ...(presentation && { presentation }),
    ...(shortText(status) && { status: shortText(status) as string }),
    ...texts,
    ...(mean && { rating: { mean: Number(mean), count: count ? Number(count) : null } }),
  }
  // A venue alone is kept, as of a submission. Without a venue and any detail, the text is not a decision.
  return claim.venue === null && Object.keys(claim).length === 2 ? [] : [claim]
}

export function ownAccess(cell: Cell): Pick<PaperRecord, 'openAccess'> {
  const status = wordOf(OPEN_ACCESS_STATUSES, cell('open_access'))
  const url = cell('open_access_url')
  const licence = cell('open_access_licence')
  const version = wordOf(TEXT_VERSIONS, cell('open_access_version')) ?? null
  return status === undefined ? {} : { openAccess: { status, url, licence, version } }
}

/** The byline as paperql writes it. */
export function ownByline(
  row: Row,
  lost: string[],
): Pick<PaperRecord, 'authors' | 'affiliations' | 'hasMoreAuthors'> {
  const affiliations = ownAffiliations(row, lost)
  const hasMoreAuthors = row('more_authors').trim().toLowerCase() === 'true'
  return {
    authors: ownAuthors(row, lost),
    ...affiliations,
    ...(hasMoreAuthors && { hasMoreAuthors }),
  }
}

/** Reads authors. The n-th family name, affiliation and institutions belong to the n-th author, if their numbers are equal. */
function ownAuthors(row: Row, lost: string[]): AuthorClaim[] {
  const names = itemsIn(row('authors'))
  const columns = ['family_names', 'affiliations', 'institutions']
  const [families = [], affiliations = [], institutions = []] = columns.map((column) => {
    const items = itemsIn(row(column))
    const areOf = items.length === names.length
    if (!areOf && row(column).trim() !== '') lost.push(UNEQUAL)
    return areOf ? items : []
  })
  return names.flatMap((name, i): AuthorClaim[] => {
    const at = workplacesIn(institutions[i] ?? '', lost)
    const [familyName, affiliation = null] = [families[i], affiliations[i]]
    return name === null
      ? []
      : [
          {
            ...{ name, ...(familyName && { familyName }), identifiers: [], affiliation },
            ...(at.length > 0 && { institutions: at }),
          },
        ]
  })
}

/** Institutions that no source assigns to an author. */
function ownAffiliations(row: Row, lost: string[]): Pick<PaperRecord, 'affiliations'> {
  const affiliations = itemsIn(row('other_institutions')).flatMap((item) => {
    const institutions = workplacesIn(item ?? '', lost)
    return institutions.length > 0 ? [{ affiliation: null, institutions }] : []
  })
  return affiliations.length > 0 ? { affiliations } : {}
}

const workplacesIn = (item: string, lost: string[]): InstitutionClaim[] =>
  item.split('|').flatMap((part) => {
    const [, name = '', ror] = /^([^<]*)(?:<([^<>]*)>)?\s*$/.exec(part.trim()) ?? []
    if (ror !== undefined && normaliseRor(ror) === null) lost.push(LOST_ROR)
    return institutionClaim({ name, ...(ror !== undefined && { ror }) })
  })
