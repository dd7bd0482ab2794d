import { badInput, didYouMean, quote } from '../errors.ts'
import type { ExportWriter } from './source.ts'

/** An export format: its description, and how to load its writer. */
export interface ExportFormat {
  name: string
  description: string
}

interface Format extends ExportFormat {
  load: () => Promise<ExportWriter>
}

const FORMATS: Format[] = [
  {
    name: 'jsonl',
    description: "paperql's own: every record whole, for another paperql or a backup",
    load: async () => (await import('./jsonl.ts')).writeJsonl,
  },
  {
    name: 'csv',
    description: 'a table for spreadsheets, a paper a row',
    load: async () => (await import('./csv.ts')).writeCsv,
  },
  {
    name: 'bibtex',
    description: 'BibTeX and BibLaTeX, for LaTeX and reference managers',
    load: async () => (await import('./bibliographies.ts')).writeBibtex,
  },
  {
    name: 'ris',
    description: 'RIS, for EndNote, Mendeley, Zotero and others',
    load: async () => (await import('./bibliographies.ts')).writeRis,
  },
  {
    name: 'csl-json',
    description: 'CSL-JSON, for Zotero, Pandoc and citeproc',
    load: async () => (await import('./bibliographies.ts')).writeCslJson,
  },
  {
    name: 'arxiv',
    description: "papers that have an arXiv id, as lines of arXiv's metadata snapshot",
    load: async () => (await import('./arxiv.ts')).writeArxiv,
  },
]

/** The formats that `runExport` accepts. */
export const exportFormats: ExportFormat[] = FORMATS.map(({ name, description }) => ({
  name,
  description,
}))

/** The writer of a format. Throws BAD_USER_INPUT for an unknown format. */
export const findWriter = (name: string): Promise<ExportWriter> => find(name).load()

/** Throws BAD_USER_INPUT for an unknown format. */
export const checkExportFormat = (name: string): void => void find(name)

function find(name: string): Format {
  const format = FORMATS.find((candidate) => candidate.name === name)
  if (format) return format
  const known = exportFormats.map((one) => one.name)
  throw badInput(
    `Unknown export format ${quote(name)}; expected one of ${known.join(', ')}.${didYouMean(name, known)}`,
  )
}
