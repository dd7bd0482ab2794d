import { OPEN_ACCESS_STATUSES } from '../../db/tables/vocabulary.ts'
import { lostOf, type Shape } from '../input/shape.ts'
import {
  ADDRESS,
  COUNT,
  DATE,
  FLAG,
  LANGUAGE,
  OBJECT,
  ofText,
  oneOf,
  ROR,
  SCORE,
  TEXT,
  YEAR,
} from './forms.ts'

const LOCATION: Shape = {
  landing_page_url: TEXT,
  pdf_url: TEXT,
  license: TEXT,
  version: oneOf(['publishedversion', 'acceptedversion', 'submittedversion']),
  raw_type: TEXT,
  source: {
    type: TEXT,
    display_name: TEXT,
    host_organization_name: TEXT,
    issn_l: TEXT,
    issn: [TEXT],
  },
}

const AUTHOR_ID = ofText('an author of OpenAlex', (text) => /\bA\d+$/.test(text))

const SCORED: Shape = [{ display_name: TEXT, score: SCORE }]
const KEYWORDS: Shape = [{ display_name: TEXT, keyword: TEXT, score: SCORE }]

/** Lists values of a work that are left out because they differ from OpenAlex's documentation. */
export const lostOfWork = lostOf({
  title: TEXT,
  display_name: TEXT,
  type: TEXT,
  language: LANGUAGE,
  publication_date: DATE,
  publication_year: YEAR,
  is_retracted: FLAG,
  is_authors_truncated: FLAG,
  cited_by_count: COUNT,
  doi: TEXT,
  ids: { doi: TEXT, pmid: TEXT, pmcid: TEXT },
  abstract_inverted_index: OBJECT,
  authorships: [
    {
      author: { id: AUTHOR_ID, display_name: TEXT, orcid: TEXT },
      raw_author_name: TEXT,
      raw_affiliation_strings: [TEXT],
      raw_affiliation_string: TEXT,
      institutions: [{ display_name: TEXT, ror: ROR }],
    },
  ],
  primary_location: LOCATION,
  best_oa_location: LOCATION,
  // Only locations at arXiv are used.
  locations: [{ landing_page_url: ADDRESS, pdf_url: ADDRESS }],
  open_access: { is_oa: FLAG, oa_status: oneOf(OPEN_ACCESS_STATUSES), oa_url: TEXT },
  biblio: { volume: TEXT, issue: TEXT, first_page: TEXT, last_page: TEXT },
  topics: SCORED,
  keywords: KEYWORDS,
  referenced_works: [TEXT],
})

const INSTITUTION: Shape = { display_name: TEXT, ror: ROR }

/** Does what `lostOfWork` does, for an author or a topic. */
export const lostOfProfile = lostOf({
  display_name: TEXT,
  display_name_alternatives: [TEXT],
  orcid: TEXT,
  ids: { orcid: TEXT },
  last_known_institutions: [INSTITUTION],
  last_known_institution: INSTITUTION,
  affiliations: [{ institution: INSTITUTION, years: [YEAR] }],
  works_count: COUNT,
  cited_by_count: COUNT,
  summary_stats: { h_index: COUNT },
  description: TEXT,
  subfield: { display_name: TEXT },
  field: { display_name: TEXT },
  domain: { display_name: TEXT },
})
