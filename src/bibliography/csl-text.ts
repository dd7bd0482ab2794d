import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { printedDoiPath } from '../domain/reference/identifier-url.ts'
import { bylineOf, type CslItem, citedItem, withoutNulls } from './csl.ts'
import type { TextStyle } from './text.ts'

/** Names of preprint servers in styled citations, by DOI prefix. */
const SERVERS: Record<string, string> = {
  '10.21203': 'Research Square',
  '10.2139': 'SSRN',
  '10.31234': 'PsyArXiv',
  '10.31219': 'OSF Preprints',
  '10.31235': 'SocArXiv',
  '10.20944': 'Preprints.org',
  '10.26434': 'ChemRxiv',
  '10.36227': 'TechRxiv',
  '10.22541': 'Authorea',
  '10.5281': 'Zenodo',
}

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')

/** Styles that print a DOI as a URL. */
const ADDRESSING: readonly TextStyle[] = ['apa', 'harvard1']

/** A name for further authors that no name of a person equals, because of the invisible character before it. */
const OTHERS = '\u2060et al.'

/** The text with "et al." as styles print it, instead of joined like a name: `Bee, A. & et al.` */
export const withEtAl = (text: string, style: TextStyle): string =>
  text.replace(/,? (?:(?:&|and|…) )?\u2060et al\./g, style === 'harvard1' ? ' et al.' : ', et al.')

/**
 * The item as styles expect it: no URL beside a DOI that leads to it, no hyphen that would be taken for a range, no full stop at the end of
 * a title. APA does not repeat the author as the publisher.
 */
export function textItem(paper: CitablePaper, style: TextStyle): CslItem {
  const item = citedItem(paper)
  const { title, page, number, edition, DOI, URL } = item as Record<string, string | undefined>
  const [author, ...others] = paper.authors
  const isOwnPublisher = others.length === 0 && author?.name === item.publisher
  const server = item.type === 'article' ? SERVERS[DOI?.split('/')[0] ?? ''] : undefined
  const isOfDoi = /^https?:\/\/(?:dx\.)?doi\.org\//.test(URL ?? '')
  return withoutNulls({
    ...item,
    author: bylineOf(item, paper, { literal: OTHERS }),
    title: title?.replace(/(?<=\p{Ll}{2}|[\p{N})])\.$/u, ''),
    page: page?.includes('\u2013') ? page.replaceAll('-', '\\-').replaceAll('\u2013', '-') : page,
    edition: numbered(edition),
    publisher: style === 'apa' && isOwnPublisher ? null : (item.publisher ?? server),
    DOI: DOI !== undefined && ADDRESSING.includes(style) ? printedDoiPath(DOI) : DOI,
    URL: DOI !== undefined && isOfDoi ? null : URL,
    number: number?.replaceAll('-', '\\-'),
  }) as CslItem
}

/** `Second` and `second edition` as a number, which styles format themselves. */
function numbered(edition: string | undefined): string | undefined {
  const word = /^(\w+)(?:\s+ed(?:ition|\.)?)?$/i.exec(edition ?? '')?.[1]?.toLowerCase() ?? ''
  const place = ORDINALS.indexOf(word)
  return place === -1 ? edition : String(place + 1)
}
