import { identifierOf } from '../bibliography/cited.ts'
import { escapeText } from '../bibliography/latex.ts'
import { nameParts, type Person } from '../bibliography/names.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'
import { paperWriter } from './source.ts'

export const writeArxiv = paperWriter({
  write(paper) {
    const id = identifierOf(paper, 'arxiv')
    return id === null ? null : `${JSON.stringify(snapshotEntry(paper, id))}\n`
  },
})

/** The paper as an entry of arXiv's snapshot on Kaggle. Fields that the catalogue does not store are null. */
function snapshotEntry(paper: CitablePaper, id: string) {
  const { title, abstract, published, repositories, authors, hasMoreAuthors, identifiers } = paper
  const dois = identifiers.flatMap(({ scheme, value }) => (scheme === 'doi' ? value : []))
  const official = repositories.filter(({ isOfficial }) => isOfficial).map(({ url }) => url)
  const created = published?.precision === 'day' ? new Date(`${published.on}T00:00:00Z`) : null
  return {
    id,
    submitter: null,
    authors: [
      ...authors.map(({ name }) => asLatex(name)),
      ...(hasMoreAuthors ? ['et al.'] : []),
    ].join(', '),
    title,
    comments: official.length > 0 ? `Code: ${official.join(' , ')}` : null,
    'journal-ref': journalReference(paper),
    doi: dois.length > 0 ? dois.join(' ') : null,
    'report-no': null,
    categories: categoryCodes(paper.topics).join(' '),
    license: null,
    abstract,
    versions: created ? [{ version: 'v1', created: created.toUTCString() }] : [],
    update_date: published?.on ?? null,
    authors_parsed: authors.map((author) => parsedName(author).map(asLatex)),
  }
}

/** `Nature 521(7553), 436–444 (2015)`, in the form that the importer parses; null if nothing is known. */
function journalReference({
  publication,
  venue,
  eventYear,
  published,
}: CitablePaper): string | null {
  const { container, volume, number, pages, articleNumber, journalRef } = publication ?? {}
  if (journalRef) return journalRef
  const year = publication?.year ?? eventYear ?? published?.on.slice(0, 4)
  const place = pages ?? articleNumber
  if (container && volume && place)
    return `${container} ${volume}${number ? `, no. ${number}` : ''}, ${place}${year ? ` (${year})` : ''}`
  const name = venue ? (venue.acronym ?? venue.name) : container
  return name ? [name, year].filter(Boolean).join(', ') : null
}

function parsedName({ name, familyName }: Person): string[] {
  const parts = nameParts(name, familyName)
  if ('literal' in parts) return [parts.literal, '', '']
  return [`${parts.particle} ${parts.family}`.trim(), parts.given, parts.suffix]
}

/** The importer reads names as LaTeX. Letters are not escaped. */
const asLatex = (name: string) => (/[\\{}$~^`]|--|''/.test(name) ? escapeText(name) : name)
