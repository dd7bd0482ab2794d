import type { PaperKind } from '../db/tables/vocabulary.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'
import { citationKey } from './citation-key.ts'
import { type CitedVersion, citedVersion, dateParts, identifierOf } from './cited.ts'
import { keywordsOf } from './keywords.ts'
import { escapeText, latexOf } from './latex.ts'
import { nameParts, type Person } from './names.ts'

/** The macros that every style defines. */
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Fields of the entry types, and fields that other programs understand; styles ignore the latter. */
type Fields = Record<string, string | number | null | undefined>

/** The paper as a BibTeX entry, which BibLaTeX also reads. */
export function bibtexEntry(paper: CitablePaper): string {
  const cited = citedVersion(paper)
  const { type, ...place } = placeOf(paper, cited)
  const texts = { ...place, ...publicationFields(paper, cited, { type, ...place }) }
  const [year, month, day] = cited.published ? dateParts(cited.published) : []
  const { arxiv, publication } = cited
  const braced = (text: string | null | undefined) => (text ? `{${text}}` : null)
  const latex = (text: string | number | null | undefined) =>
    braced(text == null ? null : latexOf(String(text)))
  const fields: Record<string, string | null | undefined> = {
    title: braced(latexOf(paper.title, true)),
    author: braced(bylineOf(paper)),
    editor: braced(namesOf((publication.editors ?? []).map((name) => ({ name })))),
    ...mapValues(texts, latex),
    pages: braced(publication.pages && escapeText(publication.pages)),
    year: braced(year === undefined ? null : String(year)),
    month: month === undefined ? null : MONTHS[month - 1],
    day: day === undefined ? null : `{${day}}`,
    eprint: braced(arxiv),
    archiveprefix: arxiv && '{arXiv}',
    primaryclass: arxiv && braced(categoryCodes(paper.topics)[0]),
    doi: braced(cited.doi?.replace(/[{}\\$]/g, encodeURIComponent)),
    ...mapValues(otherIdentifiers(paper), (value) => braced(asUrl(value))),
    url: braced(asUrl(cited.url)),
    pdf: braced(asUrl(paper.pdfUrl)),
    language: latex(paper.language),
    keywords: latex(keywordsOf(paper).join(', ')),
    abstract: braced(paper.abstract && latexOf(paper.abstract.replace(/\s+/g, ' '))),
  }
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value ? [`  ${name} = ${value},\n`] : [],
  )
  return `@${type}{${citationKey(paper)},\n${lines.join('')}}\n`
}

const namesOf = (people: readonly Person[]) => people.map(bibtexName).join(' and ')

/** Every style writes "et al." for `and others`. */
const bylineOf = ({ authors, hasMoreAuthors }: CitablePaper) =>
  `${namesOf(authors)}${hasMoreAuthors ? ' and others' : ''}`

const mapValues = <From, To>(record: Record<string, From>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

/** The type of the entry, and the fields that this type requires. */
function placeOf(paper: CitablePaper, { kind, container, publication }: CitedVersion): Place {
  const institution =
    publication.institution ??
    container ??
    paper.authors.find(({ affiliation }) => affiliation)?.affiliation
  switch (kind) {
    case 'conference_paper':
    case 'workshop_paper':
    case 'demo':
      return container ? { type: 'inproceedings', booktitle: container } : { type: 'misc' }
    case 'journal_article':
      return container ? { type: 'article', journal: container } : { type: 'misc' }
    case 'book':
      return { type: 'book' }
    case 'chapter':
      return container ? { type: 'incollection', booktitle: container } : { type: 'misc' }
    case 'thesis':
      if (!institution) return { type: 'misc', howpublished: 'Thesis' }
      return {
        type: MASTERS.test(publication.workType ?? '') ? 'mastersthesis' : 'phdthesis',
        school: institution,
      }
    case 'report':
      return institution
        ? { type: 'techreport', institution }
        : { type: 'misc', howpublished: 'Report' }
    case 'preprint':
    case 'other':
      return { type: 'misc', ...(container && { howpublished: container }) }
  }
}

type Place = { type: string } & Record<string, string>

const MASTERS = /^master/i

/** The other fields of a citation. Fields that BibLaTeX names differently have their BibTeX names. */
function publicationFields(
  paper: CitablePaper,
  { publication }: CitedVersion,
  place: Place,
): Fields {
  const { venue, eventYear } = paper
  const { institution, reportNumber, number, isbns = [], issns = [] } = publication
  const isVenueNamed =
    (place.booktitle ?? place.journal) === venue?.name && place.type !== 'incollection'
  return {
    booktitle: place.booktitle ?? (place.journal ? null : publication.container),
    series: publication.series,
    volume: publication.volume,
    number: reportNumber ?? number,
    issue: reportNumber && number,
    eid: publication.articleNumber,
    edition: publication.edition,
    type: publication.workType,
    institution: place.institution ?? (place.school ? null : institution),
    publisher: publication.publisher,
    address: publication.publisherPlace,
    isbn: isbns.join(', '),
    issn: issns.join(', '),
    eventtitle: isVenueNamed ? null : venue?.name,
    eventdate: eventYear,
    entrysubtype: subtypeOf(paper, place),
  }
}

const KIND_OF_TYPE: Record<string, PaperKind> = {
  article: 'journal_article',
  inproceedings: 'conference_paper',
  incollection: 'chapter',
  book: 'book',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  techreport: 'report',
}

/** The kind, if it does not follow from the type of the entry. */
function subtypeOf(paper: CitablePaper, { type, booktitle }: Place): string | null {
  const ofMisc = identifierOf(paper, 'arxiv') === null ? 'other' : 'preprint'
  const isWorkshop = type === 'inproceedings' && /\bworkshop/i.test(booktitle ?? '')
  const inferred = isWorkshop ? 'workshop_paper' : (KIND_OF_TYPE[type] ?? ofMisc)
  return paper.kind === inferred ? null : paper.kind.replaceAll('_', '-')
}

/** The first identifier of each other scheme, under the name of the scheme. */
function otherIdentifiers({ identifiers }: CitablePaper): Record<string, string> {
  const others = identifiers.filter(({ scheme }) => scheme !== 'doi' && scheme !== 'arxiv')
  return Object.fromEntries(others.toReversed().map(({ scheme, value }) => [scheme, value]))
}

/** Where programs split a byline; some also split at semicolons. */
const SEPARATOR = /;|(?:^|\s)and(?:\s|$)/i

/** `van der Maaten, Laurens`, `King, Jr., Martin Luther`, or a name in braces if it must not be split. */
function bibtexName({ name: printed, familyName }: Person): string {
  const parts = nameParts(printed, familyName)
  if (SEPARATOR.test(printed)) return `{${escapeText(printed)}}`
  if ('literal' in parts) return `{${escapeText(parts.literal)}}`
  const { particle, family, given, suffix } = parts
  // A lower-case word would be taken for the end of a particle.
  const isPlain = !/(?:^|\s)\p{Ll}|,|\sand\s/u.test(family)
  const last = isPlain ? escapeText(family) : `{${escapeText(family)}}`
  return [`${escapeText(particle)} ${last}`.trim(), suffix && escapeText(suffix), partOf(given)]
    .filter(Boolean)
    .join(', ')
}

/** Braces protect what would separate names. */
const partOf = (given: string) =>
  /,|\sand\s/i.test(given) ? `{${escapeText(given)}}` : escapeText(given)

/** URLs are not escaped, except for characters that would end the field or start a command. */
const asUrl = (url: string | null) =>
  url?.replace(/[{}\\^`|$\s]/g, (sign) => encodeURIComponent(sign)) ?? null
