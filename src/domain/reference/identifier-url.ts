import type { IdentifierScheme } from '../../db/tables/vocabulary.ts'

const PAGES: Record<IdentifierScheme, ((value: string) => string) | null> = {
  doi: (value) => `https://doi.org/${doiPath(value)}`,
  arxiv: (value) => `https://arxiv.org/abs/${value}`,
  openalex: (value) => `https://openalex.org/${value}`,
  s2: (value) => `https://www.semanticscholar.org/paper/${value}`,
  corpusid: (value) => `https://api.semanticscholar.org/CorpusID:${value}`,
  pmid: (value) => `https://pubmed.ncbi.nlm.nih.gov/${value}/`,
  pmcid: (value) => `https://pmc.ncbi.nlm.nih.gov/articles/${value}/`,
  acl: (value) => `https://aclanthology.org/${value}/`,
  dblp: (value) => `https://dblp.org/rec/${value}`,
  openreview: (value) => `https://openreview.net/forum?id=${value}`,
  pmlr: (value) => `https://proceedings.mlr.press/${value}.html`,
  neurips: null,
  pwc: null,
  hf: (value) => `https://huggingface.co/papers/${value}`,
}

/** Dot segments, which browsers would remove. */
const CHANGED_BY_READERS = /\/\.{1,2}\//

/** Encodes a DOI as a path, including characters that would begin a query or a fragment, and dot segments. */
function doiPath(doi: string): string {
  return withoutSteps(encodeURI(doi).replace(/[#?]/g, encodeURIComponent), doi)
}

/**
 * Like `doiPath`, but keeps `<` and `>`, as style guides print URLs: encodes only what would lead elsewhere, and the apostrophe, which
 * citation-js turns into a quotation mark.
 */
export const printedDoiPath = (doi: string): string =>
  withoutSteps(doi.replace(/[#?%\\]/g, encodeURIComponent).replaceAll("'", '%27'), doi)

function withoutSteps(path: string, doi: string): string {
  const [prefix, ...rest] = path.split('/')
  return `${prefix}/${rest.join(CHANGED_BY_READERS.test(doi) ? '%2F' : '/')}`
}

/** The public page of an identifier; null if its scheme has none or it cannot be derived. */
export function identifierUrl(scheme: IdentifierScheme, value: string): string | null {
  return PAGES[scheme]?.(value) ?? null
}
