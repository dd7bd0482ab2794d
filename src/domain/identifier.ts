import type { IdentifierScheme } from '../db/vocabulary.ts'
import { badInput, quote } from '../errors.ts'

interface Identifier {
  scheme: IdentifierScheme
  value: string
}

/** What a reference may mean, the likeliest first; never empty. */
export type ParsedRef = Identifier[]

const MAX_REF = 2000
const UNDERSTOOD =
  'doi, arxiv, openalex, s2, corpusid, pmid, pmcid, acl, dblp, openreview, pmlr, neurips, pwc, hf, or the URL of a paper at one of these'

const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/
const ARXIV_NEW = /^(\d{4}\.\d{4,5})(?:v\d+)?$/
const ARXIV_OLD = /^([a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/i
const ACL_NEW = /^\d{4}\.[a-z0-9_]+(?:-[a-z0-9_]+)*\.\d+$/i
const ACL_OLD = /^[a-z]\d{2}-\d{4,5}$/i
const DBLP = /^(?:conf|journals|books|phd|series|reference|tr|homepages|persons)\/[\w/.-]+$/i
const OPENREVIEW = /^[\w-]{8,12}$/

const NORMALISERS: Record<IdentifierScheme, (raw: string) => string | null> = {
  doi: (raw) => match(raw.replace(/[.,;]+$/, '').toLowerCase(), DOI),
  arxiv: (raw) => arxivId(raw),
  openalex: (raw) => match(raw.toUpperCase(), /^W\d{1,15}$/),
  s2: (raw) => match(raw.toLowerCase(), /^[0-9a-f]{40}$/),
  corpusid: (raw) => match(raw, /^\d{1,15}$/),
  pmid: (raw) => match(raw, /^\d{1,9}$/)?.replace(/^0+(?=\d)/, '') ?? null,
  pmcid: (raw) => match(raw.toUpperCase().replace(/^(?=\d)/, 'PMC'), /^PMC\d{1,9}$/),
  acl: (raw) => aclId(raw),
  dblp: (raw) => match(raw.replace(/\.(?:html|xml|bib)$/, ''), DBLP),
  openreview: (raw) => match(raw, OPENREVIEW),
  pmlr: (raw) => match(raw.toLowerCase().replace(/\.html$/, ''), /^v\d+\/[a-z0-9_-]+$/),
  neurips: (raw) => match(raw.toLowerCase(), /^(?:[0-9a-f]{32}|\d{4}\/\d+)$/),
  pwc: (raw) => match(raw.toLowerCase(), /^[a-z0-9][a-z0-9-]*$/),
  hf: (raw) => arxivId(raw),
}

/** The one spelling under which an identifier is kept, or null when `raw` is none of that scheme. */
export function normaliseIdentifier(scheme: IdentifierScheme, raw: string): string | null {
  const text = raw.trim()
  return text.length > MAX_REF || text.includes('\0') ? null : NORMALISERS[scheme](text)
}

/**
 * Reads a reference as people paste it: a bare identifier, one with a prefix (`arXiv:2305.18290`), or a
 * URL. Throws BAD_USER_INPUT naming the value and the schemes understood.
 */
export function parseRef(ref: string): ParsedRef {
  const text = ref.trim()
  if (text === '') throw badInput(`An empty paper reference; expected ${UNDERSTOOD}.`)
  if (ref.length > MAX_REF)
    throw badInput(
      `The paper reference ${quote(ref)} has ${ref.length} characters; at most ${MAX_REF} are read.`,
    )
  if (text.includes('\0'))
    throw badInput(`The paper reference ${quote(text)} contains a NUL character.`)
  const found = parseUrl(text) ?? parsePrefixed(text) ?? parseBare(text)
  if (found.length === 0)
    throw badInput(`${quote(text)} is not a paper reference; expected ${UNDERSTOOD}.`)
  return withEquivalents(found)
}

const PREFIXES: Record<string, IdentifierScheme> = {
  doi: 'doi',
  arxiv: 'arxiv',
  openalex: 'openalex',
  s2: 's2',
  s2id: 's2',
  corpusid: 'corpusid',
  s2cid: 'corpusid',
  pmid: 'pmid',
  pmcid: 'pmcid',
  pmc: 'pmcid',
  acl: 'acl',
  anthology: 'acl',
  dblp: 'dblp',
  openreview: 'openreview',
  pmlr: 'pmlr',
  neurips: 'neurips',
  nips: 'neurips',
  pwc: 'pwc',
  paperswithcode: 'pwc',
  hf: 'hf',
  huggingface: 'hf',
}

function parsePrefixed(text: string): Identifier[] | null {
  const parts = /^([a-z][a-z0-9]*)\s*:\s*(.+)$/is.exec(text)
  if (!parts) return null
  const [, prefix = '', rest = ''] = parts
  const scheme = PREFIXES[prefix.toLowerCase()]
  if (!scheme)
    throw badInput(
      `Unknown scheme ${quote(prefix)} in the paper reference ${quote(text)}; expected ${UNDERSTOOD}.`,
    )
  return one(scheme, rest)
}

function parseBare(text: string): Identifier[] {
  // Schemes whose form cannot be taken for another's come first; the rest are what a bare word may mean.
  const order: IdentifierScheme[] = ['doi', 'arxiv', 'acl', 'pmlr', 's2', 'dblp', 'neurips']
  for (const scheme of order) {
    const found = one(scheme, text)
    if (found.length > 0) return found
  }
  if (/^W\d{5,}$/i.test(text)) return one('openalex', text)
  if (/^PMC\d+$/i.test(text)) return one('pmcid', text)
  if (/^\d{1,15}$/.test(text)) return [...one('pmid', text), ...one('corpusid', text)]
  return /^(?=.*[A-Z0-9])[\w-]{9,12}$/.test(text) ? one('openreview', text) : []
}

/** Host (without www.) → what its paths name. Each gets the path without its leading slash, and the query. */
const HOSTS: Record<string, (path: string, query: URLSearchParams) => Identifier[]> = {
  'doi.org': (path) => one('doi', path),
  'dx.doi.org': (path) => one('doi', path),
  'arxiv.org': (path) => one('arxiv', path.replace(/^(?:abs|pdf|html|format|e-print|src)\//, '')),
  'openalex.org': (path) => one('openalex', path.replace(/^works\//i, '')),
  'api.openalex.org': (path) => one('openalex', path.replace(/^works\//i, '')),
  'semanticscholar.org': semanticScholar,
  'api.semanticscholar.org': semanticScholar,
  'pubmed.ncbi.nlm.nih.gov': (path) => one('pmid', path),
  'ncbi.nlm.nih.gov': ncbi,
  'pmc.ncbi.nlm.nih.gov': ncbi,
  'europepmc.org': (path) =>
    one('pmid', path.replace(/^(?:article|abstract)\/med\//i, '')).concat(
      one('pmcid', path.replace(/^(?:article|articles)\/(?:pmc\/)?/i, '')),
    ),
  'aclanthology.org': (path) => one('acl', path),
  'aclweb.org': (path) => one('acl', path.replace(/^anthology\//, '')),
  'dblp.org': (path) => one('dblp', path.replace(/^rec\//, '')),
  'dblp.uni-trier.de': (path) => one('dblp', path.replace(/^rec\//, '')),
  'openreview.net': (_path, query) => one('openreview', query.get('id') ?? ''),
  'proceedings.mlr.press': (path) => one('pmlr', path.split('/').slice(0, 2).join('/')),
  'papers.nips.cc': neurips,
  'proceedings.neurips.cc': neurips,
  'nips.cc': neurips,
  'neurips.cc': neurips,
  'paperswithcode.com': (path) => one('pwc', path.replace(/^paper\//, '')),
  'huggingface.co': (path) => (path.startsWith('papers/') ? one('hf', path.slice(7)) : []),
  'hf.co': (path) => (path.startsWith('papers/') ? one('hf', path.slice(7)) : []),
}

function parseUrl(text: string): Identifier[] | null {
  const spelled = /^https?:\/\//i.test(text) ? text : bareUrl(text)
  if (!spelled || !URL.canParse(spelled)) return null
  const url = new URL(spelled)
  const host = url.hostname.toLowerCase().replace(/^(?:www|m)\./, '')
  const read = HOSTS[host]
  if (!read)
    throw badInput(
      `${quote(text)} is a URL of ${quote(host)}, which paperql cannot read a paper from; expected ${UNDERSTOOD}.`,
    )
  return read(decodePath(url.pathname), url.searchParams)
}

/** `arxiv.org/abs/…` without its protocol; anything else with a dot may well be a DOI or an ACL id. */
function bareUrl(text: string): string | null {
  const host = /^([a-z0-9.-]+)\//i
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace(/^www\./, '')
  return host && Object.hasOwn(HOSTS, host) ? `https://${text}` : null
}

function decodePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  try {
    return decodeURIComponent(trimmed)
  } catch {
    return trimmed
  }
}

function semanticScholar(path: string): Identifier[] {
  const corpus = /corpusid:(\d+)/i.exec(path)?.[1]
  return corpus ? one('corpusid', corpus) : one('s2', path.split('/').at(-1) ?? '')
}

function ncbi(path: string): Identifier[] {
  const pmc = /PMC\d+/i.exec(path)?.[0]
  if (pmc) return one('pmcid', pmc)
  return one('pmid', path.replace(/^pubmed\//, ''))
}

function neurips(path: string): Identifier[] {
  const hash = /(?:hash|file)\/([0-9a-f]{32})/i.exec(path)?.[1]
  const virtual = /virtual\/(\d{4})\/\w+\/(\d+)/.exec(path)
  if (hash) return one('neurips', hash)
  return virtual ? one('neurips', `${virtual[1]}/${virtual[2]}`) : []
}

function one(scheme: IdentifierScheme, raw: string): Identifier[] {
  const value = normaliseIdentifier(scheme, raw)
  return value === null ? [] : [{ scheme, value }]
}

/** Some identifiers are another in disguise: a DOI of arXiv or of the Anthology, a Hugging Face paper page. */
function withEquivalents(found: Identifier[]): Identifier[] {
  const all = found.flatMap((id) => [id, ...equivalents(id)])
  const seen = new Set<string>()
  return all.filter(({ scheme, value }) => {
    const key = `${scheme}:${value}`
    return !seen.has(key) && seen.add(key)
  })
}

function equivalents({ scheme, value }: Identifier): Identifier[] {
  if (scheme === 'hf') return one('arxiv', value)
  if (scheme !== 'doi') return []
  if (value.startsWith('10.48550/arxiv.')) return one('arxiv', value.slice(15))
  return value.startsWith('10.18653/v1/') ? one('acl', value.slice(12)) : []
}

function arxivId(raw: string): string | null {
  const text = raw.replace(/^arxiv:\s*/i, '').replace(/\.pdf$/i, '')
  return ARXIV_NEW.exec(text)?.[1] ?? ARXIV_OLD.exec(text)?.[1]?.toLowerCase() ?? null
}

function aclId(raw: string): string | null {
  const text = raw.replace(/\/$/, '').replace(/(?:v\d+)?\.(?:pdf|bib|xml)$/i, '')
  if (ACL_NEW.test(text)) return text.toLowerCase()
  return ACL_OLD.test(text) ? text.toUpperCase() : null
}

function match(text: string, form: RegExp): string | null {
  return form.test(text) ? text : null
}

export { parseAuthorRef } from './author-ref.ts'
