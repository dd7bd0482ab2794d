import type { PaperKind } from '../db/vocabulary.ts'
import type { CitablePaper } from '../domain/citable-paper.ts'
import { citationKey } from './citation-key.ts'
import { dateParts, identifierOf, publishedKind, urlOf } from './csl.ts'
import { nameParts } from './names.ts'

const TYPES: Record<PaperKind, string> = {
  conference_paper: 'CONF',
  workshop_paper: 'CONF',
  demo: 'CONF',
  journal_article: 'JOUR',
  preprint: 'UNPB',
  book: 'BOOK',
  chapter: 'CHAP',
  thesis: 'THES',
  report: 'RPRT',
  other: 'GEN',
}

/** The paper as an entry of RIS, with the line end that the format wants. */
export function risEntry(paper: CitablePaper): string {
  const arxiv = identifierOf(paper, 'arxiv')
  const [year, ...monthAndDay] = paper.published ? dateParts(paper.published) : []
  const date = [year, ...[0, 1].map((i) => String(monthAndDay[i] ?? '').padStart(2, '0'))]
  const tags: [tag: string, value: string | number | null | undefined][] = [
    ['TY', TYPES[publishedKind(paper)]],
    ['ID', citationKey(paper)],
    ['TI', paper.title],
    ...paper.authors.map(({ name }): [string, string] => ['AU', risName(name)]),
    ['T2', paper.venue?.name],
    ['J2', paper.venue?.acronym],
    ['PY', year],
    ['DA', monthAndDay.length > 0 ? date.join('/').replace(/\/00$/, '') : null],
    ['DO', identifierOf(paper, 'doi')],
    ['AN', arxiv && `arXiv:${arxiv}`],
    ['UR', urlOf(paper)],
    ['L1', paper.pdfUrl],
    ['LA', paper.language],
    ['AB', paper.abstract],
    ['ER', ''],
  ]
  const lines = tags.flatMap(([tag, value]) =>
    value == null ? [] : [`${tag}  - ${oneLine(value)}`],
  )
  return `${lines.join('\r\n')}\r\n`
}

const oneLine = (value: string | number) => String(value).replace(/\s+/g, ' ')

function risName(printed: string): string {
  const parts = nameParts(printed)
  if ('literal' in parts) return parts.literal
  const { family, given, particle, suffix } = parts
  return [`${particle} ${family}`.trim(), given, suffix].filter(Boolean).join(', ')
}
