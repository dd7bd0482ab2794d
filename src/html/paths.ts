/** An identifier as GraphQL answers it. */
interface PaperIdentifier {
  scheme: string
  value: string
}

/** Those that are understood without their scheme, the best known first; of the others the address says the scheme. */
const BARE = ['ARXIV', 'DOI', 'ACL']

/** Schemes of addresses of papers, the preferred first. Ask for the `identifiers` of these to make an address. */
export const PATH_SCHEMES = [...BARE, 'OPENREVIEW', 'PMLR', 'PMID', 'DBLP']

/** Browsers resolve these parts of a path, also when they are encoded. */
const DOTS = /(?:^|\/)\.{1,2}(?:\/|$)/

/**
 * Path of the page of a paper, without the first slash: by its best identifier, such as `papers/2305.18290`, else by its id.
 */
export function paperPath(paper: { id: string; identifiers: readonly PaperIdentifier[] }): string {
  for (const scheme of PATH_SCHEMES) {
    const value = paper.identifiers.find((identifier) => identifier.scheme === scheme)?.value
    if (value === undefined || DOTS.test(value)) continue
    return `papers/${encodePath(BARE.includes(scheme) ? value : `${scheme.toLowerCase()}:${value}`)}`
  }
  return `papers/${encodeId(paper.id)}`
}

export const authorPath = ({ id }: { id: string }): string => `authors/${encodeId(id)}`
export const topicPath = (slug: string): string => `topics/${encodeURIComponent(slug)}`
export const institutionPath = (slug: string): string => `institutions/${encodeURIComponent(slug)}`
export const venuePath = (slug: string): string => `venues/${encodeURIComponent(slug)}`
export const dailyPath = (day: string): string => `daily/${day}`

/** Ids are base64, of which they need no padding. */
const encodeId = (id: string) => encodeURIComponent(id.replace(/=+$/, ''))

const encodePath = (text: string) =>
  text.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')
