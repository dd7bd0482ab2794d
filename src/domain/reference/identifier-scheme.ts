import type { IdentifierScheme } from '../../db/tables/vocabulary.ts'
import { plainDoi } from './doi.ts'

export interface Identifier {
  scheme: IdentifierScheme
  value: string
}

/** Maximum length of a text read as an identifier. */
export const MAX_REF = 2000

const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/
/**
 * Trailing punctuation and slashes, which are removed: URLs often gain or lose a trailing slash, and only some 250 of more than a hundred
 * million DOIs end with one.
 */
const DOI_END = /[.,;/]+$/
const ARXIV_NEW = /^(\d{4}\.\d{4,5})(?:v\d+)?$/
const ARXIV_OLD = /^([a-z-]+)(?:\.[a-z]{2})?(\/\d{7})(?:v\d+)?$/i
/** Text that arXiv prints after an id: `[cs.CL] 29 May 2023`. */
const ARXIV_STAMP = /\s*\[[\w.-]+\].*$/s
const ACL_NEW = /^\d{4}\.[a-z0-9_]+(?:-[a-z0-9_]+)*\.\d+$/i
/** DOIs that contain the Anthology's id. */
const ACL_DOI = /^10\.(?:18653|3115)\/v1\/(.+)$/
const ACL_OLD = /^[a-z]\d{2}-\d{4,5}$/i
const DBLP = /^(?:conf|journals|books|phd|series|reference|tr|homepages|persons)\/[\w/.-]+$/i
const OPENREVIEW = /^[\w-]{8,12}$/

const NORMALISERS: Record<IdentifierScheme, (raw: string) => string | null> = {
  doi: (raw) => match(plainDoi(raw).replace(DOI_END, '').toLowerCase(), DOI),
  arxiv: (raw) => arxivId(raw),
  openalex: (raw) => match(raw.toUpperCase(), /^W\d{1,15}$/),
  s2: (raw) => match(raw.toLowerCase(), /^[0-9a-f]{40}$/),
  corpusid: (raw) => match(raw, /^\d{1,15}$/),
  pmid: (raw) => match(raw, /^0*[1-9]\d{0,8}$/)?.replace(/^0+/, '') ?? null,
  pmcid: (raw) => match(raw.toUpperCase().replace(/^(?=\d)/, 'PMC'), /^PMC\d{1,9}$/),
  acl: (raw) => aclId(raw),
  dblp: (raw) => match(raw.replace(/\.(?:html|xml|bib)$/, ''), DBLP),
  openreview: (raw) => match(raw, OPENREVIEW),
  pmlr: (raw) => match(raw.toLowerCase().replace(/\.html$/, ''), /^v\d+\/[a-z0-9_-]+$/),
  neurips: (raw) => match(raw.toLowerCase(), /^\d{4}\/(?:[0-9a-f]{32}|\d{1,9})$/),
  pwc: (raw) => match(raw.toLowerCase(), /^[a-z0-9][a-z0-9-]*$/),
  hf: (raw) => arxivId(raw),
}

/** The canonical spelling of an identifier; null if `raw` is not one of this scheme. */
export function normaliseIdentifier(scheme: IdentifierScheme, raw: string): string | null {
  const text = raw.trim()
  return text.length > MAX_REF || text.includes('\0') ? null : NORMALISERS[scheme](text)
}

/** The identifier in `raw` as a list of one; empty if it is not one of this scheme. */
export function one(scheme: IdentifierScheme, raw: string): Identifier[] {
  const value = normaliseIdentifier(scheme, raw)
  return value === null ? [] : [{ scheme, value }]
}

/** Identifiers equivalent to this one, for example for a DOI of arXiv or the Anthology, or a Hugging Face paper page. */
export function equivalents({ scheme, value }: Identifier): Identifier[] {
  if (scheme === 'hf') return one('arxiv', value)
  if (scheme !== 'doi') return []
  if (value.startsWith('10.48550/arxiv.')) return one('arxiv', value.slice(15))
  return one('acl', ACL_DOI.exec(value)?.[1] ?? '')
}

/** The DOIs registered for a paper with this identifier; a source may have only these. */
export function registeredDois({ scheme, value }: Identifier): Identifier[] {
  if (scheme === 'arxiv') return one('doi', `10.48550/arxiv.${value}`)
  return scheme === 'acl'
    ? ['10.18653', '10.3115'].flatMap((by) => one('doi', `${by}/v1/${value}`))
    : []
}

function arxivId(raw: string): string | null {
  const text = raw
    .replace(/^(?:preprint\s+)?arxiv:\s*/i, '')
    .replace(ARXIV_STAMP, '')
    .replace(/\.pdf$/i, '')
  const [, archive, number] = ARXIV_OLD.exec(text) ?? []
  // The subject class of `math.GT/0309136` is not part of the id.
  return ARXIV_NEW.exec(text)?.[1] ?? (archive ? `${archive}${number}`.toLowerCase() : null)
}

function aclId(raw: string): string | null {
  const text = raw.replace(/\/$/, '').replace(/(?:v\d+)?\.(?:pdf|bib|xml)$/i, '')
  if (ACL_NEW.test(text)) return text.toLowerCase()
  return ACL_OLD.test(text) ? text.toUpperCase() : null
}

function match(text: string, form: RegExp): string | null {
  return form.test(text) ? text : null
}
