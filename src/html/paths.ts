/** An identifier as returned by GraphQL. */
interface PaperIdentifier {
  scheme: string
  value: string
}

/** Schemes whose values are recognised without the scheme, best known first. For others, the path includes the scheme. */
const BARE = ['ARXIV', 'DOI', 'ACL']

/** Schemes used in paths of papers, preferred first. Select `identifiers` of these schemes to build a path. */
export const PATH_SCHEMES = [...BARE, 'OPENREVIEW', 'PMLR', 'PMID', 'DBLP']

/** Browsers resolve these path segments, even if encoded. */
const DOTS = /(?:^|\/)\.{1,2}(?:\/|$)/

/** Path of a paper's page without the leading slash: by its best identifier, such as `papers/2305.18290`, otherwise by its id. */
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

/** Ids are base64; their padding is not needed. */
const encodeId = (id: string) => encodeURIComponent(id.replace(/=+$/, ''))

const encodePath = (text: string) =>
  text.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')
