import { EVENT_KINDS, LINK_KINDS, OPEN_ACCESS_STATUSES } from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  EventClaim,
  InstitutionClaim,
  LinkClaim,
  PaperRecord,
} from '../../domain/record/paper-record.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { itemsIn } from './csv-values.ts'
import { institutionClaim } from './institution-claim.ts'

type Cell = (name: string) => string | null
/** The text in one of paperql's columns; empty where there is none. */
type Row = (name: string) => string

/** The word of a vocabulary that a cell has, in any case. */
export const wordOf = <Word extends string>(words: readonly Word[], text: string | null) =>
  words.find((word) => word === text?.toLowerCase())

/** A link as paperql writes it: its kind, a colon and its URL. */
export function ownLink(item: string): LinkClaim[] {
  const [, word = '', url = ''] = /^(\w+):\s*(\S+)$/.exec(item) ?? []
  const kind = wordOf(LINK_KINDS, word)
  return kind === undefined ? [] : [{ kind, url }]
}

/** An event as paperql writes it: its kind, number, day and page, as far as they are known. */
export function ownEvent(item: string): EventClaim[] {
  const [, word = '', number, day, notice] =
    /^(\w+)(?: (\d{1,4}))??(?: (\d{4}(?:-\d\d){0,2}))?(?: (https?:\S+))?$/.exec(item) ?? []
  const kind = wordOf(EVENT_KINDS, word)
  const on = publishedFromIso(day ?? '')
  if (kind === undefined) return []
  return [
    {
      ...{ kind, on: on?.on ?? null },
      ...(on && on.precision !== 'day' && { precision: on.precision }),
      ...(number !== undefined && { number: Number(number) }),
      ...(notice !== undefined && { notice }),
    },
  ]
}

export function ownAccess(cell: Cell): Pick<PaperRecord, 'openAccess'> {
  const status = wordOf(OPEN_ACCESS_STATUSES, cell('open_access'))
  const url = cell('open_access_url')
  return status === undefined ? {} : { openAccess: { status, url, licence: null, version: null } }
}

/** The n-th affiliation and the n-th institutions are the n-th author's, where there are as many. */
export function ownAuthors(row: Row): AuthorClaim[] {
  const names = itemsIn(row('authors'))
  const [affiliations = [], institutions = []] = ['affiliations', 'institutions'].map((column) => {
    const items = itemsIn(row(column))
    return items.length === names.length ? items : []
  })
  return names.flatMap((name, i): AuthorClaim[] => {
    const at = workplacesIn(institutions[i] ?? '')
    const affiliation = affiliations[i] ?? null
    return name === null
      ? []
      : [{ name, identifiers: [], affiliation, ...(at.length > 0 && { institutions: at }) }]
  })
}

const workplacesIn = (item: string): InstitutionClaim[] =>
  item.split('|').flatMap((part) => {
    const [, name = '', ror] = /^([^<]*)(?:<([^<>]*)>)?\s*$/.exec(part.trim()) ?? []
    return institutionClaim({ name, ...(ror !== undefined && { ror }) })
  })
