import { cleanText } from '../input/outcome.ts'
import { isYear } from './dates.ts'
import { latexToText } from './latex.ts'
import { type PublicationParts, pageRange } from './publication.ts'

/** Name of a journal, such as `ApJ`, without digits. It may end with the letter of a section: `Phys.Rev. D`. */
const NAME = String.raw`(?<container>\p{Lu}[^\d;:()]*?[\p{L}.)])`
const VOLUME = String.raw`[\s,]*(?:[Vv]ol(?:ume|\.)?\s*)?(?<volume>[A-Z]?\d{1,5}[A-Z]?)`
const NUMBER = String.raw`(?:\s*[,(]?\s*(?:[Nn][or]\.?|[Nn]um(?:ber|\.)|[Ii]ssue|[Ii]ss\.)\s*(?<number>[\w./-]+)\s*\)?|\s*\((?<bracketed>(?!(?:18|19|20)\d\d\))\d{1,5}(?:[-/]\d{1,5})?)\))?`
const PAGES = String.raw`[\s,:]+(?:[Pp]p?\.?|[Pp]ages?|[Aa]rticle|[Aa]rt\.|[Ii]d\.?)?\s*(?<pages>[A-Z]{0,3}\d+[\w.]*(?:\s*[-\u2013\u2014]+\s*[A-Z]{0,3}\d[\w.]*)?)`
const YEAR = String.raw`[\s,]*\(?(?:[A-Z][a-z]{2,8}\.?\s+)?(?<year>(?:18|19|20)\d\d)\)?`

const FORMS = [
  // Physical Review D 76, 013009 (2007); Nature 521 (7553), 436-444 (2015); Phys.Rev.D76:013009,2007
  NAME + VOLUME + NUMBER + PAGES + YEAR,
  // J. Math. Phys. 48 (2007) 102104; Journal of Machine Learning Research, 3 (2003), no. 2, 993-1022
  NAME + VOLUME + YEAR + NUMBER + PAGES,
  // Discrete Mathematics, vol. 9 no. 1 (2007), 45-58
  NAME + VOLUME + NUMBER + YEAR + PAGES,
  // Nature (2015) 521:436-444
  NAME + YEAR + VOLUME + NUMBER + PAGES,
].map((form) => new RegExp(`^${form}\\s*\\.?$`, 'u'))

/**
 * Parses the reference to the published version that authors of a preprint wrote: journal, volume, number, pages and year if the
 * text is unambiguous, otherwise the text itself.
 */
export function parseJournalReference(reference: string): PublicationParts {
  const text = cleanText(latexToText(reference))
  if (text === null) return {}
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups
    const year = Number(parts?.year)
    if (!parts?.container || !isYear(year)) continue
    const { container, volume, number, bracketed } = parts
    const pages = pageRange(parts.pages) ?? ''
    const isArticle = !pages.includes('\u2013') && /^[A-Z]?\d{5,}$/.test(pages)
    return {
      container: container.replace(/[\s,]+$/, ''),
      volume: volume ?? null,
      number: number ?? bracketed ?? null,
      ...(isArticle ? { articleNumber: pages } : { pages }),
      year,
    }
  }
  return { journalRef: text }
}

/** Parts of a reference to a cited work whose title is not stated. */
interface CitedParts {
  author: string | null
  year: string | null
  /** Names of the journal, book or series. */
  containers: readonly (string | null)[]
  volume: string | null
  issue: string | null
  page: string | null
}

/** Joins the stated parts of a reference to a text: `Bhatia, 1997, Matrix Analysis, 3(2), 17`; null without parts. */
export function citationText({ author, year, containers, volume, issue, page }: CitedParts) {
  const place = volume !== null && issue !== null ? `${volume}(${issue})` : (volume ?? issue)
  const parts = [author, year, ...new Set(containers), place, page]
  return cleanText(parts.filter(Boolean).join(', '))
}
