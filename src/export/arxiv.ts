import { identifierOf } from '../bibliography/csl.ts'
import { nameParts } from '../bibliography/names.ts'
import { categoryCodes } from '../domain/arxiv-categories.ts'
import type { CitablePaper } from '../domain/citable-paper.ts'
import { paperWriter } from './source.ts'

export const writeArxiv = paperWriter({
  links: true,
  write(paper) {
    const id = identifierOf(paper, 'arxiv')
    return id === null ? null : `${JSON.stringify(snapshotEntry(paper, id))}\n`
  },
})

/** The paper as arXiv's snapshot on Kaggle has its entries; null for what the catalogue does not keep. */
function snapshotEntry(paper: CitablePaper, id: string) {
  const { title, abstract, published, repositories, authors, venue, eventYear } = paper
  const official = repositories.filter(({ isOfficial }) => isOfficial).map(({ url }) => url)
  const created = published?.precision === 'day' ? new Date(`${published.on}T00:00:00Z`) : null
  return {
    id,
    submitter: null,
    authors: authors.map(({ name }) => name).join(', '),
    title,
    comments: official.length > 0 ? `Code: ${official.join(' , ')}` : null,
    'journal-ref': venue && [venue.acronym ?? venue.name, eventYear].filter(Boolean).join(', '),
    doi: identifierOf(paper, 'doi'),
    'report-no': null,
    categories: categoryCodes(paper.topics).join(' '),
    license: null,
    abstract,
    versions: created ? [{ version: 'v1', created: created.toUTCString() }] : [],
    update_date: published?.on ?? null,
    authors_parsed: authors.map(({ name }) => parsedName(name)),
  }
}

function parsedName(printed: string): string[] {
  const parts = nameParts(printed)
  if ('literal' in parts) return [parts.literal, '', '']
  return [`${parts.particle} ${parts.family}`.trim(), parts.given, parts.suffix]
}
