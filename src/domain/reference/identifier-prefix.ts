import type { IdentifierScheme } from '../../db/tables/vocabulary.ts'
import { type Identifier, one } from './identifier-scheme.ts'

const PREFIXES: Record<string, IdentifierScheme> = {
  doi: 'doi',
  hdl: 'doi',
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

/** Namespaces before a scheme: `urn:doi:`, `info:doi/`, and those of repositories. */
const NAMESPACE = /^(?:urn:|info:(?:eu-repo\/semantics\/altidentifier\/)?)([a-z][\w-]*)([:/])/i

/** Splits a text such as `arXiv: 2305.18290`; null unless it starts with a word and a colon or space. */
export function splitPrefix(
  text: string,
): { prefix: string; separator: string; rest: string } | null {
  const [space, name = '', sign = ''] = NAMESPACE.exec(text) ?? []
  if (space !== undefined) {
    const prefix = schemeOf(name) ? name : space.slice(0, -1)
    return { prefix, separator: sign.replace('/', ':'), rest: text.slice(space.length) }
  }
  const [, prefix = '', separator = '', rest = ''] =
    /^([a-z][a-z0-9]*)(\s*:\s*|\s+)(.+)$/is.exec(text) ?? []
  return prefix === '' ? null : { prefix, separator, rest }
}

/** The scheme that a prefix names, in any case. */
export function schemeOf(prefix: string): IdentifierScheme | undefined {
  const name = prefix.toLowerCase()
  return Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined
}

/** The identifiers of a prefix and the text after it; null for an unknown prefix. */
export function readPrefix(prefix: string, rest: string): Identifier[] | null {
  // OpenAlex adopted the numbers of Microsoft Academic Graph.
  if (prefix.toLowerCase() === 'mag' && /^\d/.test(rest)) return one('openalex', `W${rest}`)
  const scheme = schemeOf(prefix)
  return scheme ? one(scheme, rest) : null
}
