import { IDENTIFIER_SCHEMES } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../../domain/record/paper-record.ts'
import { arxivIdOf, arxivIdOfParts, arxivMentionedIn } from '../fields/arxiv-mention.ts'
import { lostIdentifier } from '../fields/identifiers.ts'

/** Schemes without a common field name: paperql writes them under their own name. */
const OWN_FIELDS = IDENTIFIER_SCHEMES.filter((scheme) => !/^(?:doi|arxiv|pmid|pmcid)$/.test(scheme))

/** References to the paper in the fields of its entry. Their text is unchanged except for characters that LaTeX escapes. */
export function refsInBibtex(verbatim: (name: string) => string): string[] {
  // Programs, paperql among them, percent-encode characters that would end the field.
  const doi = verbatim('doi').replace(/%(?:24|5c|7b|7d)/gi, decodeURIComponent)
  const arxiv = arxivOf(verbatim)
  const of = (scheme: string, id: string) => (id === '' ? [] : [`${scheme}:${id}`])
  const isPubmed = /^(?:pubmed|pmid)$/i.test(verbatim('eprinttype') || verbatim('archiveprefix'))
  return [
    ...of('doi', doi),
    ...of('arxiv', arxiv ?? ''),
    ...of('pmid', verbatim('pmid') || (isPubmed ? verbatim('eprint') : '')),
    ...of('pmcid', verbatim('pmcid') || verbatim('pmc')),
    ...OWN_FIELDS.flatMap((scheme) => of(scheme, verbatim(scheme))),
    ...['url', 'pdf', 'ee', 'bdsk-url-1'].map(verbatim).filter(Boolean),
    ...(/^\W*(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)10\./i.test(verbatim('note'))
      ? of('doi', verbatim('note').replace(/^\W*/, ''))
      : []),
  ]
}

/** Repairs to report about fields for eprints from which no identifier was read. */
export function lostEprints(
  verbatim: (name: string) => string,
  identifiers: readonly PaperIdentifier[],
): string[] {
  const archive = verbatim('archiveprefix') || verbatim('eprinttype')
  const has = (scheme: string) => identifiers.some((one) => one.scheme === scheme)
  const isRead = /^(?:pubmed|pmid)$/i.test(archive) || has('arxiv')
  const own = verbatim('arxivid') || verbatim('arxiv')
  if (isRead || (verbatim('eprint') === '' && own === '')) return []
  return own !== '' || archive === '' || /^arxiv/i.test(archive)
    ? [lostIdentifier('arxiv')]
    : ['an eprint of an archive that is neither arXiv nor PubMed was left out']
}

/** Finds the arXiv id in any field in which programs write it. An eprint of another archive is ignored. */
function arxivOf(verbatim: (name: string) => string): string | null {
  const archive = verbatim('archiveprefix') || verbatim('eprinttype')
  const eprint = verbatim('eprint')
  const inClass = verbatim('primaryclass') || verbatim('eprintclass')
  const isOther = archive !== '' && !/^arxiv/i.test(archive)
  const inEprint = isOther
    ? arxivIdOfParts(archive, eprint)
    : (arxivIdOf(eprint) ?? arxivIdOfParts(inClass, eprint))
  return (
    inEprint ??
    arxivIdOf(verbatim('arxivid') || verbatim('arxiv')) ??
    arxivIdOf(/^abs\/(\S+)$/.exec(verbatim('volume'))?.[1] ?? '') ??
    ['journal', 'journaltitle', 'howpublished', 'note', 'number', 'publisher', 'booktitle']
      .map((name) => arxivMentionedIn(verbatim(name)))
      .find((id) => id !== null) ??
    null
  )
}

/** Removes the escapes of LaTeX from a URL. */
export const unescapeAddress = (text: string): string =>
  text
    .replace(
      /\\(?:url|path|nolinkurl|doi)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}/g,
      (_, url, target) => url ?? target,
    )
    .replace(/\$\s*([<>_^~])\s*\$/g, '$1')
    .replace(
      /\{?\\text(less|greater|underscore|asciitilde|asciicircum)(?:\s*\{\})?\s?\}?/g,
      (_, name: string) => SIGNS[name] ?? '',
    )
    .replace(/\\([_%&#~$])|\\-/g, (_, sign: string | undefined) => sign ?? '')
    .replace(/[{}]/g, '')
    .trim()

const SIGNS: Record<string, string> = {
  less: '<',
  greater: '>',
  underscore: '_',
  asciitilde: '~',
  asciicircum: '^',
}
