import type { Format } from './format.ts'

/** Formats of lines of text: entries with tags, tables, listings, in the order in which `auto` tries them. */
export const TEXT_FORMATS: Format[] = [
  {
    name: 'hf-listing',
    description: 'the text of a Hugging Face Papers listing page, with code links',
    kind: 'text',
    expected: 'the banner of the page, then titles and abstracts alternately',
    load: async () => (await import('../sources/hf-listing.ts')).readHfListing,
    recognises: (head) => /^\s*Get trending papers in your email inbox/m.test(head.text),
  },
  {
    name: 'bibtex',
    description: 'BibTeX and BibLaTeX',
    kind: 'bibtex',
    expected: 'entries such as @article{…}',
    load: async () => (await import('../sources/bibtex.ts')).readBibtex,
    recognises: (head) => head.kind === 'bibtex',
  },
  {
    name: 'retraction-watch',
    description: 'the table of retractions, concerns and corrections of Retraction Watch',
    kind: 'text',
    expected: 'a table with the columns RetractionNature and OriginalPaperDOI',
    load: async () => (await import('../sources/retraction-watch.ts')).readRetractionWatch,
    recognises: async ({ kind, text }) => {
      const { isRetractionHeader } = await import('../sources/retraction-watch.ts')
      return kind === 'text' && isRetractionHeader(text.slice(0, 2000))
    },
  },
  {
    name: 'csv',
    description: 'a table of papers from paperql export csv, a reference manager or an index',
    kind: 'text',
    expected: 'a first line with the names of columns, including title',
    load: async () => (await import('../sources/csv.ts')).readCsv,
    recognises: async ({ kind, text }) => {
      const { findHeaderIn } = await import('../sources/csv-columns.ts')
      return kind === 'text' && findHeaderIn(text) !== null
    },
  },
  {
    name: 'ris',
    description: 'RIS, as reference managers and publishers write it',
    kind: 'text',
    expected: 'entries that begin with a line such as TY  - JOUR',
    load: async () => (await import('../sources/ris.ts')).readRis,
    recognises: (head) =>
      head.kind === 'text' && /^\uFEFF?\s*TY[ \t]{0,4}-[ \t]*[\w /-]{2,40}$/m.test(head.text),
  },
  {
    name: 'tagged',
    description:
      'tagged text of Web of Science (.ciw), EndNote and Google Scholar (.enw), RefWorks',
    kind: 'text',
    expected:
      'entries that begin with a line such as PT J, %0 Journal Article or RT Journal Article',
    load: async () => (await import('../sources/tagged.ts')).readTagged,
    recognises: async ({ kind, text }) => {
      const { isTagged } = await import('../sources/tagged-entries.ts')
      return kind === 'text' && isTagged(text)
    },
  },
  {
    name: 'nbib',
    description: "PubMed's citations (nbib, MEDLINE)",
    kind: 'text',
    expected: 'records that begin with a line such as PMID- 12345678',
    load: async () => (await import('../sources/nbib.ts')).readNbib,
    recognises: (head) =>
      head.kind === 'text' && /^(?:PMID- ?\d|OWN {0,2}- |FAU {0,2}- )/m.test(head.text),
  },
]
