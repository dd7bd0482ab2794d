import type { PaperKind } from '../db/tables/vocabulary.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import type { PublicationClaim } from '../domain/record/paper-record.ts'
import { identifierUrl } from '../domain/reference/identifier-url.ts'

/** DOI prefixes of preprint servers and archives: arXiv, Research Square, SSRN, Zenodo, PsyArXiv, ChemRxiv and others. */
const PREPRINT_DOI =
  /^10\.(?:48550|21203|2139|5281|31234|31219|31235|20944|26434|36227|22541|32388|55458)\/|^10\.1101\/(?:\d{6}$|\d{4}\.)|^10\.6084\/m9\./

/** Matches titles of proceedings of conferences and workshops. */
const PROCEEDINGS = /\b(?:proc(?:\.|eedings)|conf(?:\.|erence)|workshops?|symposium|meeting)\b/i

/** The version of a paper that is cited: the published one, if there is known to be one. */
export interface CitedVersion {
  kind: PaperKind
  published: CitablePaper['published']
  /** Title of the journal, book or proceedings. */
  container: string | null
  publication: PublicationClaim
  doi: string | null
  arxiv: string | null
  /** The page of the paper, otherwise that of an identifier, preferably of this version; null if none is known. */
  url: string | null
}

/** Selects what to cite. Records of a preprint may describe the published version: then no field is taken from the preprint. */
export function citedVersion(paper: CitablePaper): CitedVersion {
  const { kind, venue, eventYear } = paper
  const publication = paper.publication ?? {}
  const cited = publishedKind(paper)
  const isElsewhere = kind === 'preprint' && cited !== 'preprint'
  const year = isElsewhere ? (publication.year ?? eventYear) : null
  const doi = doiOf(paper, cited)
  const container = publication.container ?? publication.journalRef ?? venue?.name ?? null
  return {
    kind: cited,
    published: year === null ? paper.published : { on: `${year}-01-01`, precision: 'year' },
    container: cited === 'book' && container === paper.title ? null : container,
    publication,
    doi,
    arxiv: identifierOf(paper, 'arxiv'),
    url: pageOf(paper, cited, doi),
  }
}

/** Whether works of this kind name the institution they were written for instead of a publisher. */
export const isOfInstitution = (kind: PaperKind): boolean => kind === 'thesis' || kind === 'report'

/** The kind in which a paper is cited: a preprint that is known to be published elsewhere is cited from there. */
export function publishedKind(paper: CitablePaper): PaperKind {
  const { kind, venue, publication } = paper
  if (kind !== 'preprint') return kind
  if (venue?.kind === 'conference' || venue?.kind === 'workshop') return 'conference_paper'
  const printed = publication?.container ?? publication?.journalRef
  if (printed !== undefined)
    return PROCEEDINGS.test(printed) ? 'conference_paper' : 'journal_article'
  const dois = paper.identifiers.filter(({ scheme }) => scheme === 'doi')
  const isElsewhere = dois.some(({ value }) => !PREPRINT_DOI.test(value))
  return venue?.kind === 'journal' || isElsewhere ? 'journal_article' : 'preprint'
}

/** The paper's first identifier of a scheme; null if it has none. */
export function identifierOf({ identifiers }: CitablePaper, scheme: string): string | null {
  return identifiers.find((id) => id.scheme === scheme)?.value ?? null
}

/** The DOI of the cited version. */
function doiOf({ identifiers }: CitablePaper, cited: PaperKind): string | null {
  const dois = identifiers.flatMap(({ scheme, value }) => (scheme === 'doi' ? value : []))
  const isOfVersion = (doi: string) => PREPRINT_DOI.test(doi) === (cited === 'preprint')
  // A DOI of an archive such as Zenodo may also belong to a report or a thesis.
  const others = cited === 'preprint' ? [] : dois.filter((doi) => !/^10\.48550\//.test(doi))
  return dois.find(isOfVersion) ?? others[0] ?? null
}

function pageOf(paper: CitablePaper, cited: PaperKind, doi: string | null): string | null {
  const isOfVersion = (url: string | null) =>
    url !== null && (cited === 'preprint' || !/^https?:\/\/(?:\w+\.)?arxiv\.org\//i.test(url))
  if (isOfVersion(paper.landingUrl)) return paper.landingUrl
  if (doi !== null) return identifierUrl('doi', doi)
  const pages = paper.identifiers.map(({ scheme, value }) => identifierUrl(scheme, value))
  return pages.find(isOfVersion) ?? paper.landingUrl ?? pages.find(Boolean) ?? paper.pdfUrl
}

/** Year, month and day, to the known precision. */
export function dateParts({ on, precision }: NonNullable<CitablePaper['published']>): number[] {
  const parts = on.split('-').map(Number)
  return parts.slice(0, { year: 1, month: 2, day: 3 }[precision])
}
