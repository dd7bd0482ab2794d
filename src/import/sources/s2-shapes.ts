import { OPEN_ACCESS_STATUSES } from '../../db/tables/vocabulary.ts'
import { lostOf, type Shape } from '../input/shape.ts'
import { COUNT, DATE, either, FLAG, LIST, oneOf, TEXT, TEXT_OR_NUMBER, YEAR } from './forms.ts'

const EXTERNAL_IDS: Shape = {
  CorpusId: TEXT_OR_NUMBER,
  DOI: TEXT,
  ArXiv: TEXT,
  ACL: TEXT,
  DBLP: TEXT,
  PubMed: TEXT_OR_NUMBER,
  PubMedCentral: TEXT_OR_NUMBER,
}
const OTHER_PAPER: Shape = [{ paperId: TEXT, title: TEXT, externalIds: EXTERNAL_IDS }]

/** Lists values of a paper, abstract or summary that are left out because they differ from Semantic Scholar's documentation. */
export const lostOfEntry = lostOf({
  corpusid: TEXT_OR_NUMBER,
  paperid: TEXT,
  externalids: EXTERNAL_IDS,
  title: TEXT,
  abstract: TEXT,
  tldr: { text: TEXT },
  text: TEXT,
  venue: TEXT,
  year: YEAR,
  publicationdate: DATE,
  url: TEXT,
  citationcount: COUNT,
  isopenaccess: FLAG,
  openaccesspdf: { url: TEXT, license: TEXT, status: oneOf(OPEN_ACCESS_STATUSES) },
  authors: [{ authorId: TEXT_OR_NUMBER, name: TEXT }],
  s2fieldsofstudy: [{ category: TEXT }],
  fieldsofstudy: [TEXT],
  publicationtypes: [TEXT],
  journal: { name: TEXT, volume: TEXT_OR_NUMBER, pages: TEXT },
  references: OTHER_PAPER,
  citations: OTHER_PAPER,
})

/** Does what `lostOfEntry` does, for an author. */
export const lostOfAuthor = lostOf({
  authorid: TEXT_OR_NUMBER,
  name: TEXT,
  externalids: { ORCID: either(TEXT, LIST) },
  url: TEXT,
  aliases: [TEXT],
  affiliations: [TEXT],
  homepage: TEXT,
  papercount: COUNT,
  citationcount: COUNT,
  hindex: COUNT,
})
