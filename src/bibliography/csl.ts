import type { PaperKind } from '../db/vocabulary.ts'
import type { CitablePaper } from '../domain/citable-paper.ts'
import { identifierUrl } from '../domain/identifier-url.ts'
import { citationKey } from './citation-key.ts'
import { nameParts } from './names.ts'

/** An item of CSL-JSON, as Zotero and other reference managers read it. */
export type CslItem = Record<string, unknown> & { id: string; type: string }

const TYPES: Record<PaperKind, string> = {
  conference_paper: 'paper-conference',
  workshop_paper: 'paper-conference',
  demo: 'paper-conference',
  journal_article: 'article-journal',
  preprint: 'article',
  book: 'book',
  chapter: 'chapter',
  thesis: 'thesis',
  report: 'report',
  other: 'document',
}

/** The paper as CSL-JSON, its keys in an order that is always the same. */
export function cslItem(paper: CitablePaper): CslItem {
  const kind = publishedKind(paper)
  const arxiv = identifierOf(paper, 'arxiv')
  return withoutNulls({
    id: citationKey(paper),
    type: TYPES[kind],
    title: paper.title,
    author: paper.authors.map(({ name }) => cslName(name)),
    issued: paper.published && { 'date-parts': [dateParts(paper.published)] },
    'container-title': paper.venue?.name,
    publisher: kind === 'preprint' && arxiv ? 'arXiv' : null,
    number: arxiv && `arXiv:${arxiv}`,
    DOI: identifierOf(paper, 'doi'),
    PMID: identifierOf(paper, 'pmid'),
    PMCID: identifierOf(paper, 'pmcid'),
    URL: urlOf(paper),
    language: paper.language,
    abstract: paper.abstract,
  }) as CslItem
}

/** A preprint that is known to have appeared somewhere is cited from there. */
export function publishedKind({ kind, venue }: CitablePaper): PaperKind {
  if (kind !== 'preprint') return kind
  if (venue?.kind === 'conference' || venue?.kind === 'workshop') return 'conference_paper'
  return venue?.kind === 'journal' ? 'journal_article' : 'preprint'
}

/** The paper's identifier of a scheme, the first where it has several; null where it has none. */
export function identifierOf({ identifiers }: CitablePaper, scheme: string): string | null {
  return identifiers.find((id) => id.scheme === scheme)?.value ?? null
}

/** Where the paper can be read about: its page, else that of an identifier; null when none is known. */
export function urlOf(paper: CitablePaper): string | null {
  const pages = paper.identifiers.map(({ scheme, value }) => identifierUrl(scheme, value))
  return paper.landingUrl ?? pages.find((page) => page !== null) ?? paper.pdfUrl
}

/** Year, month and day, as far as they are known. */
export function dateParts({ on, precision }: NonNullable<CitablePaper['published']>): number[] {
  const parts = on.split('-').map(Number)
  return parts.slice(0, { year: 1, month: 2, day: 3 }[precision])
}

function cslName(printed: string) {
  const parts = nameParts(printed)
  if ('literal' in parts) return parts
  const { family, given, particle, suffix } = parts
  return withoutNulls({
    family,
    given,
    'non-dropping-particle': particle || null,
    suffix: suffix || null,
  })
}

const withoutNulls = (item: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value != null))
