import type { PaperKind } from '../db/tables/vocabulary.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { citationKey } from './citation-key.ts'
import { type CitedVersion, citedVersion, dateParts, isOfInstitution } from './cited.ts'
import { keywordsOf } from './keywords.ts'
import { mayBeLatex } from './latex.ts'
import { nameParts, type Person } from './names.ts'

const TYPES: Record<PaperKind, string> = {
  conference_paper: 'CONF',
  workshop_paper: 'CONF',
  demo: 'CONF',
  journal_article: 'JOUR',
  preprint: 'UNPB',
  book: 'BOOK',
  chapter: 'CHAP',
  thesis: 'THES',
  report: 'RPRT',
  other: 'GEN',
}

/** The kind that an importer derives from a type. */
const KIND_OF_TYPE: Record<string, PaperKind> = {
  ...(Object.fromEntries(Object.entries(TYPES).map(([kind, type]) => [type, kind])) as Record<
    string,
    PaperKind
  >),
  CONF: 'conference_paper',
}

type Tag = [tag: string, value: string | number | null | undefined]

/** The paper as a RIS entry, with the line endings that the format requires. */
export function risEntry(paper: CitablePaper): string {
  const cited = citedVersion(paper)
  const [year, ...monthAndDay] = cited.published ? dateParts(cited.published) : []
  const date = [year, ...[0, 1].map((i) => String(monthAndDay[i] ?? '').padStart(2, '0'))]
  const tags: Tag[] = [
    ['TY', TYPES[cited.kind]],
    ['ID', citationKey(paper)],
    ['TI', paper.title],
    ...paper.authors.map((author): Tag => ['AU', risName(author)]),
    ...publicationTags(paper, cited),
    ['PY', year],
    ['DA', monthAndDay.length > 0 ? date.join('/').replace(/\/00$/, '') : null],
    ...identifierTags(paper, cited),
    ['UR', cited.url],
    ['L1', paper.pdfUrl],
    ['LA', paper.language],
    ...keywordsOf(paper).map((keyword): Tag => ['KW', keyword]),
    ['AB', paper.abstract],
    ...userTags(paper, cited),
  ]
  if (tags.some(([tag, value]) => IN_TEXT.has(tag) && mayBeLatex(String(value ?? ''))))
    tags.push(['U3', 'texts: no LaTeX'])
  tags.push(['ER', ''])
  const lines = tags.flatMap(([tag, value]) =>
    value == null ? [] : [`${tag}  - ${oneLine(value)}`],
  )
  return `${lines.join('\r\n')}\r\n`
}

/** Tags that an importer reads as LaTeX. */
const IN_TEXT = new Set('TI T1 T2 T3 CT ST TT BT AB N2 JF JO C3'.split(' '))

const oneLine = (value: string | number) => String(value).replace(/\s+/g, ' ')

/** Uses EndNote's tags for each type: conferences are T2, with their proceedings as C3. */
function publicationTags(
  paper: CitablePaper,
  { kind, container, publication }: CitedVersion,
): Tag[] {
  const { venue } = paper
  const { pages = '', isbns = [], issns = [], editors = [] } = publication
  const [start = '', end] = /^([^\u2013,]+)\u2013([^\u2013,]+)$/.exec(pages)?.slice(1) ?? [pages]
  const isEvent = TYPES[kind] === 'CONF' && venue !== null
  const institution = isOfInstitution(kind) ? publication.institution : null
  return [
    ['T2', isEvent ? venue.name : container],
    ['C3', isEvent ? container : null],
    ['J2', venue?.acronym],
    ['T3', publication.series],
    ['VL', publication.volume],
    ['IS', publication.number],
    ['SP', start || null],
    ['EP', end],
    ['C7', publication.articleNumber],
    ['ET', publication.edition],
    // For a book, A2 is the editor of its series.
    ...editors.map((name): Tag => [kind === 'book' ? 'ED' : 'A2', risName({ name })]),
    ['PB', institution ?? publication.publisher],
    ['CY', publication.publisherPlace],
    ['M3', publication.workType],
    ['SN', publication.reportNumber],
    ...[...isbns, ...issns].map((number): Tag => ['SN', number]),
  ]
}

/** User-defined tags for kind and venue, where an importer would derive others from the rest. */
function userTags({ kind, venue, authors }: CitablePaper, cited: CitedVersion): Tag[] {
  const type = TYPES[cited.kind]
  const inferred = type === 'CONF' ? venue?.name : type === 'JOUR' ? cited.container : null
  const inferredKind = type === 'CONF' ? 'conference' : 'journal'
  const people: Person[] = [
    ...authors,
    ...(cited.publication.editors ?? []).map((name) => ({ name })),
  ]
  const mayBeSeveral = people.some(
    (person) => MAY_BE_SEVERAL.test(person.name) || HAS_RARE_SUFFIX.test(risName(person)),
  )
  const isInferred = !venue || (venue.name === inferred && venue.kind === inferredKind)
  return [
    ['U1', KIND_OF_TYPE[type] === kind ? null : `kind: ${kind}`],
    ['U2', isInferred ? null : `venue: ${venue.kind}: ${venue.name}`],
    ['U3', mayBeSeveral ? 'names: one a line' : null],
  ]
}

/** Names that an importer would split. */
const MAY_BE_SEVERAL = /[;|、]|,.*,|\s(?:and|AND|&|y|e|et|und|en|og|och)\s/

/** `Aubignac, François Hédelin, abbé d'`, which would be split into three names. */
const HAS_RARE_SUFFIX = /,.*, (?!(?:Jr|Sr)\.?$|(?:II|III|IV)$)/

/** All identifiers except the DOI as accession numbers, each with its scheme. */
function identifierTags({ identifiers }: CitablePaper, { doi }: CitedVersion): Tag[] {
  const others = identifiers.filter(({ scheme, value }) => scheme !== 'doi' || value !== doi)
  return [
    ['DO', doi],
    ...others.map(({ scheme, value }): Tag => {
      return ['AN', `${scheme === 'arxiv' ? 'arXiv' : scheme}:${value}`]
    }),
  ]
}

function risName({ name, familyName }: Person): string {
  const parts = nameParts(name, familyName)
  if ('literal' in parts) return parts.literal
  const { family, given, particle, suffix } = parts
  return [`${particle} ${family}`.trim(), given, suffix].filter(Boolean).join(', ')
}
