import { readPrefix } from './identifier-prefix.ts'
import { type Identifier, one } from './identifier-scheme.ts'

type Read = (path: string, query: URLSearchParams) => Identifier[]

const last = (path: string) => path.split('/').at(-1) ?? ''

const arxiv: Read = (path) =>
  one('arxiv', path.replace(/^(?:(?:abs|pdf|html|format|e-print|src|ps|overview)\/)?/, ''))
const openalex: Read = (path) => one('openalex', last(path))
const dblp: Read = (path) => one('dblp', path.replace(/^rec\/(?:bibtex\/|html\/)?/, ''))
const hf: Read = (path) =>
  path.startsWith('papers/') ? one('hf', path.slice(7).split('/')[0] ?? '') : []

/** By host without `www.`, a function that reads identifiers from a path (without its leading slash) and a query. */
const HOSTS: Record<string, Read> = {
  'doi.org': (path) => one('doi', path),
  'dx.doi.org': (path) => one('doi', path),
  'arxiv.org': arxiv,
  'export.arxiv.org': arxiv,
  'ar5iv.org': arxiv,
  'ar5iv.labs.arxiv.org': arxiv,
  'alphaxiv.org': arxiv,
  'openalex.org': openalex,
  'api.openalex.org': openalex,
  'semanticscholar.org': semanticScholar,
  'api.semanticscholar.org': semanticScholar,
  'pubmed.ncbi.nlm.nih.gov': (path) => one('pmid', path),
  'ncbi.nlm.nih.gov': ncbi,
  'pmc.ncbi.nlm.nih.gov': ncbi,
  'europepmc.org': (path) =>
    one('pmid', path.replace(/^(?:article|abstract)\/med\//i, '')).concat(
      one('pmcid', path.replace(/^(?:article|articles)\/(?:pmc\/)?/i, '')),
    ),
  'aclanthology.org': acl,
  'anthology.aclweb.org': acl,
  'aclweb.org': acl,
  'dblp.org': dblp,
  'dblp.uni-trier.de': dblp,
  'dblp.dagstuhl.de': dblp,
  'openreview.net': (_path, query) => one('openreview', query.get('id') ?? ''),
  'proceedings.mlr.press': (path) => one('pmlr', path.split('/').slice(0, 2).join('/')),
  'papers.nips.cc': neurips,
  'proceedings.neurips.cc': neurips,
  'nips.cc': neurips,
  'neurips.cc': neurips,
  'paperswithcode.com': (path) => one('pwc', /^paper\/([^/]+)/.exec(path)?.[1] ?? ''),
  'huggingface.co': hf,
  'hf.co': hf,
}

/**
 * The identifiers in a URL, with or without protocol. Empty if the URL of a known site does not identify a paper; the host if it is unknown;
 * null if the text is not a URL.
 */
export function readHost(text: string): Identifier[] | { host: string } | null {
  const spelled = /^https?:\/\//i.test(text) ? text : bareUrl(text)
  if (!spelled || !URL.canParse(spelled)) return null
  const url = new URL(spelled)
  const host = url.hostname.toLowerCase().replace(/^(?:www|m)\./, '')
  // The last character of a SICI may be #, which would begin a fragment.
  const path = decodePath(pathOf(spelled)) + (/[;.]\d-#$/.test(spelled) ? '#' : '')
  if (Object.hasOwn(HOSTS, host)) return HOSTS[host]?.(path, url.searchParams) ?? []
  const dois = [path, ...url.searchParams.values()].flatMap(doiWithin)
  return dois.length > 0 ? dois.slice(0, 1) : { host }
}

/** Adds the protocol to `arxiv.org/abs/…`; other texts with a dot may be DOIs or ACL ids. */
function bareUrl(text: string): string | null {
  const host = /^([a-z0-9.-]+)\//i
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace(/^www\./, '')
  return host && Object.hasOwn(HOSTS, host) ? `https://${text}` : null
}

/** The literal path of a URL. `URL` would resolve dot segments, which a DOI may contain. */
const pathOf = (url: string) =>
  url
    .replace(/[\t\n\r]/g, '')
    .replace(/^https?:\/\/[^/\\?#]*/i, '')
    .replace(/[?#].*$/s, '')

function decodePath(path: string): string {
  const trimmed = path.replace(/^[/\\]+|\/+$/g, '')
  try {
    return decodeURIComponent(trimmed)
  } catch {
    return trimmed
  }
}

/** The DOI in the path of a publisher's page, which may be followed by the view of the page. */
function doiWithin(path: string): Identifier[] {
  const found = /(?:^|\/)(10\.\d{4,9}\/.+)$/.exec(path)?.[1] ?? ''
  const doi = found
    .replace(
      /(?:\/(?:full|abstract|abs|pdf|epdf|epub|html|xml|meta|fulltext|references|summary))+(?:\.html?)?$/i,
      '',
    )
    .replace(/(?:\.full)?\.(?:pdf|html?)$/i, '')
  return one('doi', doi.startsWith('10.1101/') ? doi.replace(/v\d+$/, '') : doi)
}

/** A corpus id, an arXiv id, or as its API takes them: `graph/v1/paper/DOI:10.…`, with what is asked of the paper behind it. */
function semanticScholar(path: string): Identifier[] {
  const corpus = /^p\/(\d+)/i.exec(path)?.[1]
  if (corpus) return one('corpusid', corpus)
  const own = path
    .replace(/^(?:(?:graph|partner)\/)?(?:v\d+\/)?(?:(?:paper|reader)\/)?/i, '')
    .replace(/\/(?:authors|citations|references)$/i, '')
  const [, prefix = '', rest = ''] = /^([a-z]+)[:/](.+)$/i.exec(own) ?? []
  const named = readPrefix(prefix, rest) ?? []
  if (named.length > 0) return named
  return one('s2', path.split('/').findLast((part) => /^[0-9a-f]{40}$/i.test(part)) ?? '')
}

function ncbi(path: string): Identifier[] {
  const pmc = /PMC\d+/i.exec(path)?.[0] ?? /^(?:pmc\/)?articles\/(\d+)/.exec(path)?.[1]
  if (pmc) return one('pmcid', pmc)
  return one('pmid', path.replace(/^pubmed\//, ''))
}

/** Pages and files have been at several places; all end with the id. */
function acl(path: string): Identifier[] {
  return one('acl', last(path))
}

/** Hashes are unique within a year only, because each year numbers its papers from the start and hashes the number. */
function neurips(path: string): Identifier[] {
  const paper = /(\d{4})\/(?:hash|file)\/([0-9a-f]{32})/i.exec(path)
  const virtual = /virtual\/(\d{4})\/\w+\/(\d+)/.exec(path)
  if (paper) return one('neurips', `${paper[1]}/${paper[2]}`)
  return virtual ? one('neurips', `${virtual[1]}/${virtual[2]}`) : []
}
