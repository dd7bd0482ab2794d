/** Names of what GraphQL answers in capitals, as a page prints them. */
const NAMES: Record<string, string> = {
  ACL: 'ACL Anthology',
  ARXIV: 'arXiv',
  CONCERN: 'Expression of concern',
  CORPUSID: 'Semantic Scholar corpus',
  DATASET: 'Data set',
  DBLP: 'DBLP',
  DOI: 'DOI',
  HF: 'Hugging Face',
  NEURIPS: 'NeurIPS',
  OPENALEX: 'OpenAlex',
  OPENREVIEW: 'OpenReview',
  PMCID: 'PubMed Central',
  PMID: 'PubMed',
  PMLR: 'PMLR',
  PWC: 'Papers with Code',
  S2: 'Semantic Scholar',
  google_scholar: 'Google Scholar',
  ieee: 'IEEE',
  orcid: 'ORCID',
  paperql: 'this catalogue',
}

/** `ARXIV` as `arXiv`, `CONFERENCE_PAPER` as `Conference paper`. */
export const nameOf = (constant: string): string =>
  NAMES[constant] ?? NAMES[constant.toUpperCase()] ?? sentenceCase(constant)

function sentenceCase(constant: string): string {
  const words = constant.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `owner/name` in the case in which the source wrote it. */
export const repositoryName = (url: string): string =>
  decodeURI(new URL(url).pathname).replace(/^\/|\/$/g, '')
