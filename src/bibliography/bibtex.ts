import { categoryCodes } from '../domain/arxiv-categories.ts'
import type { CitablePaper } from '../domain/citable-paper.ts'
import { citationKey } from './citation-key.ts'
import { dateParts, identifierOf, publishedKind, urlOf } from './csl.ts'
import { escapeText, latexOf } from './latex.ts'
import { nameParts } from './names.ts'

/** The macros that every style defines. */
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The paper as an entry of BibTeX, which BibLaTeX reads as well. */
export function bibtexEntry(paper: CitablePaper): string {
  const { type, ...place } = placeOf(paper)
  const [year, month] = paper.published ? dateParts(paper.published) : []
  const arxiv = identifierOf(paper, 'arxiv')
  const braced = (text: string | null | undefined) => (text ? `{${text}}` : null)
  const fields: Record<string, string | null | undefined> = {
    title: braced(latexOf(paper.title, true)),
    author: braced(paper.authors.map(({ name }) => bibtexName(name)).join(' and ')),
    ...Object.fromEntries(
      Object.entries(place).map(([name, text]) => [name, braced(latexOf(text))]),
    ),
    year: braced(year === undefined ? null : String(year)),
    month: month === undefined ? null : MONTHS[month - 1],
    eprint: braced(arxiv),
    archiveprefix: arxiv && '{arXiv}',
    primaryclass: arxiv && braced(categoryCodes(paper.topics)[0]),
    doi: braced(asUrl(identifierOf(paper, 'doi'))),
    url: braced(asUrl(urlOf(paper))),
    abstract: braced(paper.abstract && latexOf(paper.abstract.replace(/\s+/g, ' '))),
  }
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value ? [`  ${name} = ${value},\n`] : [],
  )
  return `@${type}{${citationKey(paper)},\n${lines.join('')}}\n`
}

/** The type of the entry, and the fields without which it may not be of that type. */
function placeOf(paper: CitablePaper): { type: string } & Record<string, string> {
  const venue = paper.venue?.name
  const institution = venue ?? paper.authors.find(({ affiliation }) => affiliation)?.affiliation
  switch (publishedKind(paper)) {
    case 'conference_paper':
    case 'workshop_paper':
    case 'demo':
      return venue ? { type: 'inproceedings', booktitle: venue } : { type: 'misc' }
    case 'journal_article':
      return venue ? { type: 'article', journal: venue } : { type: 'misc' }
    case 'book':
      return { type: 'book', ...(venue && { series: venue }) }
    case 'chapter':
      return paper.publication?.container
        ? { type: 'incollection', booktitle: paper.publication.container }
        : { type: 'misc' }
    case 'thesis':
      return institution
        ? { type: 'phdthesis', school: institution }
        : { type: 'misc', howpublished: 'Thesis' }
    case 'report':
      return institution
        ? { type: 'techreport', institution }
        : { type: 'misc', howpublished: 'Report' }
    case 'preprint':
    case 'other':
      return { type: 'misc', ...(venue && { howpublished: venue }) }
  }
}

/** `van der Maaten, Laurens`, `King, Jr., Martin Luther`, or in braces what is not to be taken apart. */
function bibtexName(printed: string): string {
  const parts = nameParts(printed)
  if ('literal' in parts) return `{${escapeText(parts.literal)}}`
  const { particle, family, given, suffix } = parts
  // A word in lower case would be taken for the end of a particle.
  const isPlain = !/(?:^|\s)\p{Ll}|,|\sand\s/u.test(family)
  const last = isPlain ? escapeText(family) : `{${escapeText(family)}}`
  return [`${escapeText(particle)} ${last}`.trim(), suffix && escapeText(suffix), partOf(given)]
    .filter(Boolean)
    .join(', ')
}

/** Braces keep apart what would separate names. */
const partOf = (given: string) =>
  /,|\sand\s/i.test(given) ? `{${escapeText(given)}}` : escapeText(given)

/** Addresses stand as they are, but for signs that would end the field or begin a command. */
const asUrl = (url: string | null) =>
  url?.replace(/[{}\\^`|\s]/g, (sign) => encodeURIComponent(sign)) ?? null
