import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { bibtexEntry } from './bibtex.ts'
import { cslItem } from './csl.ts'
import { textItem, withEtAl } from './csl-text.ts'
import { risEntry } from './ris.ts'
import { bibliographyText, type TextStyle } from './text.ts'

export const CITATION_FORMATS = ['bibtex', 'ris', 'csl_json', 'text'] as const
export type CitationFormat = (typeof CITATION_FORMATS)[number]

/** A bibliography of the papers. `style` applies to text only. */
export async function formatBibliography(
  papers: readonly CitablePaper[],
  format: CitationFormat,
  style: TextStyle,
): Promise<string> {
  switch (format) {
    case 'bibtex':
      return papers.map(bibtexEntry).join('\n')
    case 'ris':
      return papers.map(risEntry).join('\r\n')
    case 'csl_json':
      return JSON.stringify(papers.map(cslItem), null, 2)
    case 'text':
      return asPrinted(
        await bibliographyText(
          papers.map((paper) => textItem(paper, style)),
          style,
        ),
        style,
      )
  }
}

/** Harvard takes an article without volume and pages for a preprint, even if it names its journal. */
const withoutPreprint = (text: string) =>
  text.replace(/ \[Preprint\](?=\.(?: Available at:|$))/gm, '')

const asPrinted = (text: string, style: TextStyle) => withEtAl(withoutPreprint(text), style)
