import type { EventKind, PaperKind } from '../../db/tables/vocabulary.ts'
import type { EventClaim, PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { publishedFromText } from '../fields/dates.ts'
import { isPreprintServer } from '../fields/venues.ts'
import { recordOf } from '../input/outcome.ts'
import { eventDay } from './links.ts'
import type { PubmedField } from './pubmed-record.ts'

/** Kinds of notices about this article, by the tag under which it cites them. */
const OWN: Record<string, EventKind> = {
  RIN: 'retraction',
  PRIN: 'retraction',
  RRI: 'retraction',
  EIN: 'correction',
  CRI: 'correction',
  UIN: 'version',
  ECI: 'concern',
}

/** Kinds of this article if it is a notice or a new version, by the tag under which it cites the other article. */
const OTHERS: Record<string, EventKind> = {
  ROF: 'retraction',
  PROF: 'retraction',
  RRF: 'retraction',
  EFR: 'correction',
  CRF: 'correction',
  UOF: 'version',
  ECF: 'concern',
}

/** Reads date, DOI and PubMed id of a cited article: `Nature. 2014 Jul 3;511(7507):112. doi: 10.1038/…. PMID: 24990753`. */
function citedIn(text: string): { identifiers: PaperIdentifier[]; date: string } {
  const [, date = ''] =
    /\.\s*((?:1[89]|20)\d\d(?: [A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?)?(?: \d{1,2})?)\s*[;:.]/.exec(
      text,
    ) ?? []
  const doi = /\bdoi:\s*(10\.\S+?)\.?(?:\s|$)/i.exec(text)?.[1] ?? ''
  const pmid = /\bPMID:\s*(\d+)/i.exec(text)?.[1] ?? ''
  const identifiers = (['doi', 'pmid'] as const).flatMap((scheme) => {
    const value = normaliseIdentifier(scheme, scheme === 'doi' ? doi : pmid)
    return value === null ? [] : [{ scheme, value }]
  })
  return { identifiers, date }
}

/** Articles that are cited under the tags of a table. */
const citedUnder = (fields: readonly PubmedField[], tags: Record<string, EventKind>) =>
  fields.flatMap(([tag, text, note]) => {
    const kind = Object.hasOwn(tags, tag) ? tags[tag] : undefined
    const reason = [...(PARTIAL.has(tag) ? ['partial retraction'] : []), ...(note ? [note] : [])]
    return kind === undefined
      ? []
      : [{ kind, text, reason: reason.join(': ').slice(0, LONGEST_REASON), ...citedIn(text) }]
  })

const PARTIAL = new Set(['PRIN', 'PROF'])
const LONGEST_REASON = 500

/** Makes the event of a notice or new version, with its date and identifiers. */
function eventOf(
  { kind, reason }: { kind: EventKind; reason: string },
  published: PaperRecord['published'],
  identifiers: readonly PaperIdentifier[],
): EventClaim {
  const [id] = identifiers
  const notice = id && identifierUrl(id.scheme, id.value)
  return {
    kind,
    ...eventDay(published),
    ...(reason !== '' && { reason }),
    ...(notice && { notice }),
  }
}

export const ownEvents = (fields: readonly PubmedField[]): EventClaim[] =>
  citedUnder(fields, OWN).map(({ date, identifiers, ...about }) =>
    eventOf(about, publishedFromText(date), identifiers),
  )

export const isRetracted = (fields: readonly PubmedField[]): boolean =>
  fields.some(([tag, text]) => tag === 'PT' && text.trim() === 'Retracted Publication') ||
  citedUnder(fields, OWN).some(({ kind }) => kind === 'retraction')

const isPreprint = (text: string) => isPreprintServer(text) || /^Res Sq\b/i.test(text)

/** Identifiers of the publication of a preprint, or of the preprint of an article, since both are one paper. */
export const preprintIds = (fields: readonly PubmedField[], kind: PaperKind): string[] =>
  fields
    .filter(
      ([tag, text]) =>
        (tag === 'UIN' && kind === 'preprint') || (tag === 'UOF' && isPreprint(text)),
    )
    .flatMap(([, text]) =>
      citedIn(text).identifiers.map(({ scheme, value }) => `${scheme}:${value}`),
    )

/** Makes records that add a notice to the papers that it is about. */
export function noticesIn(
  fields: readonly PubmedField[],
  own: Pick<PaperRecord, 'source' | 'key' | 'identifiers' | 'published'>,
  lost: string[],
): PaperRecord[] {
  const doisFirst = own.identifiers.toSorted(
    (a, b) => Number(b.scheme === 'doi') - Number(a.scheme === 'doi'),
  )
  return citedUnder(fields, OTHERS).flatMap(({ kind, reason, text, identifiers }) => {
    if (kind === 'version' && isPreprint(text)) return []
    const [id] = identifiers.toReversed()
    if (id === undefined) lost.push('a notice about an article without an identifier was left out')
    return id === undefined
      ? []
      : recordOf({
          ...{ source: own.source, key: `${own.key}|${id.value}`, licence: null, title: '' },
          ...{ kind: 'other', isRetracted: kind === 'retraction', identifiers },
          events: [eventOf({ kind, reason }, own.published, doisFirst)],
        })
  })
}
