import { sourceName } from '../../domain/entity/source.ts'

/** Display names of GraphQL enum values. */
const NAMES: Record<string, string> = {
  ACL: 'ACL Anthology',
  ARXIV: 'arXiv',
  AUTHOR_SUMMARY: 'The authors in short',
  CONCERN: 'Expression of concern',
  CORPUSID: 'Semantic Scholar corpus',
  DATASET: 'Data set',
  DBLP: 'DBLP',
  DOI: 'DOI',
  EVENT_YEAR: 'Year of the meeting',
  HF: 'Hugging Face',
  IS_RETRACTED: 'Retracted',
  NEURIPS: 'NeurIPS',
  OPENALEX: 'OpenAlex',
  OPENREVIEW: 'OpenReview',
  PDF: 'PDF',
  PDF_URL: 'PDF',
  PMCID: 'PubMed Central',
  PMID: 'PubMed',
  PMLR: 'PMLR',
  PUBLISHED_ON: 'Published',
  PWC: 'Papers with Code',
  S2: 'Semantic Scholar',
  TLDR: 'In short',
  URL: 'Page',
  dblp_name: 'DBLP',
  google_scholar: 'Google Scholar',
  ieee: 'IEEE',
  orcid: 'ORCID',
}

/** `ARXIV` as `arXiv`, `CONFERENCE_PAPER` as `Conference paper`. */
export const nameOf = (constant: string): string =>
  NAMES[constant] ?? NAMES[constant.toUpperCase()] ?? sentenceCase(constant)

function sentenceCase(constant: string): string {
  const words = constant.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Display name of a source; `paperql` stands for counts of this catalogue. */
export const sourceText = (source: string): string =>
  source === 'paperql' ? 'this catalogue' : sourceName(source)

const LANGUAGES = new Intl.DisplayNames('en-GB', { type: 'language' })

/** `en` as `English`; an invalid tag as the source wrote it. */
export function languageName(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** `owner/name` as the source capitalised it. */
export const repositoryName = (url: string): string =>
  decodeURI(new URL(url).pathname).replace(/^\/|\/$/g, '')
