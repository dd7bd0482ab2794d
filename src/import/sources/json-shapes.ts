import { mapValues } from 'es-toolkit'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { type Json, object, text } from '../input/json.ts'
import { type Form, lostOf, orElse, type Shape } from '../input/shape.ts'
import {
  ADDRESS,
  COUNT,
  DATE,
  DATE_PARTS,
  DOI,
  EDTF,
  either,
  FLAG,
  INSTANT,
  LANGUAGE,
  LIST,
  OBJECT,
  ofText,
  TEXT,
  TEXT_OR_NUMBER,
} from './forms.ts'
import { plain } from './openreview-decisions.ts'

/** Shapes of values that formats in JSON document, for `lostOf`. Values that readers report themselves are not listed. */

const CROSSREF_DATE: Shape = { 'date-parts': DATE_PARTS }

const CROSSREF_AFFILIATION: Shape = [{ name: TEXT, id: [{ id: TEXT, 'id-type': TEXT }] }]

const CROSSREF_RELATION: Shape = [{ id: TEXT, 'id-type': TEXT }]

export const lostOfCrossref = lostOf({
  type: TEXT,
  title: [TEXT],
  subtitle: [TEXT],
  abstract: TEXT,
  author: [{ ORCID: TEXT, affiliation: CROSSREF_AFFILIATION }],
  editor: [{ given: TEXT, family: TEXT, name: TEXT, suffix: TEXT }],
  'container-title': [TEXT],
  published: CROSSREF_DATE,
  'published-online': CROSSREF_DATE,
  'published-print': CROSSREF_DATE,
  posted: CROSSREF_DATE,
  issued: OBJECT,
  publisher: TEXT,
  'publisher-location': TEXT,
  volume: TEXT,
  issue: TEXT,
  page: TEXT,
  'article-number': TEXT,
  'edition-number': TEXT,
  ISSN: [TEXT],
  ISBN: [TEXT],
  language: LANGUAGE,
  'is-referenced-by-count': COUNT,
  link: [{ URL: TEXT, 'content-type': TEXT }],
  license: [{ URL: ADDRESS, 'content-version': TEXT }],
  relation: {
    'has-preprint': CROSSREF_RELATION,
    'is-preprint-of': CROSSREF_RELATION,
    'has-version': CROSSREF_RELATION,
    'is-version-of': CROSSREF_RELATION,
    'has-translation': CROSSREF_RELATION,
    'is-translation-of': CROSSREF_RELATION,
    'is-supplemented-by': CROSSREF_RELATION,
  },
  'updated-by': [{ type: TEXT, DOI, updated: CROSSREF_DATE }],
  'update-to': [{ type: TEXT, DOI, updated: CROSSREF_DATE }],
  reference: [
    {
      ...{ DOI, 'article-title': TEXT, unstructured: TEXT, author: TEXT, year: TEXT },
      ...{ 'volume-title': TEXT, 'series-title': TEXT, 'journal-title': TEXT },
      ...{ volume: TEXT, issue: TEXT, 'first-page': TEXT },
    },
  ],
  resource: { primary: { URL: TEXT } },
  URL: TEXT,
})

const LICENCE_ADDRESS = ofText('the address of a licence', (text) =>
  /^(?:https?|info):\S+$/.test(text),
)

const DATACITE_AFFILIATIONS = orElse(TEXT, [
  orElse(TEXT, { name: TEXT, affiliationIdentifier: TEXT }),
])

export const lostOfDatacite = lostOf({
  identifiers: [{ identifier: TEXT, identifierType: TEXT }],
  alternateIdentifiers: [{ alternateIdentifier: TEXT, alternateIdentifierType: TEXT }],
  creators: [
    {
      nameType: TEXT,
      affiliation: DATACITE_AFFILIATIONS,
      nameIdentifiers: [{ nameIdentifier: TEXT, nameIdentifierScheme: TEXT }],
    },
  ],
  contributors: [{ name: TEXT, givenName: TEXT, familyName: TEXT, contributorType: TEXT }],
  titles: [{ title: TEXT, titleType: TEXT }],
  publisher: orElse(TEXT, { name: TEXT }),
  container: { title: TEXT, volume: TEXT, issue: TEXT, firstPage: TEXT, lastPage: TEXT },
  relatedItems: [
    {
      relationType: TEXT,
      titles: orElse(OBJECT, [{ title: TEXT }]),
      volume: TEXT,
      issue: TEXT,
      firstPage: TEXT,
      lastPage: TEXT,
    },
  ],
  dates: [{ date: EDTF, dateType: TEXT }],
  subjects: [{ subject: TEXT }],
  language: LANGUAGE,
  relatedIdentifiers: [
    { relationType: TEXT, relatedIdentifier: TEXT, relatedIdentifierType: TEXT },
  ],
  version: TEXT_OR_NUMBER,
  rightsList: [{ rights: TEXT, rightsUri: LICENCE_ADDRESS }],
  descriptions: [{ description: TEXT, descriptionType: TEXT }],
  url: TEXT,
  contentUrl: orElse(ADDRESS, [ADDRESS]),
  citationCount: COUNT,
})

/** Some programs write a single value as a list. */
const CSL_TEXT = orElse(TEXT_OR_NUMBER, [TEXT])

const CSL_PERSON = orElse(TEXT, {
  family: TEXT,
  given: TEXT,
  literal: TEXT,
  name: TEXT,
  suffix: TEXT,
})

export const lostOfCslItem = lostOf({
  id: TEXT_OR_NUMBER,
  type: TEXT,
  title: CSL_TEXT,
  abstract: TEXT,
  editor: [CSL_PERSON],
  'container-title': CSL_TEXT,
  'collection-title': CSL_TEXT,
  volume: CSL_TEXT,
  issue: CSL_TEXT,
  page: CSL_TEXT,
  edition: CSL_TEXT,
  publisher: CSL_TEXT,
  'publisher-place': CSL_TEXT,
  genre: CSL_TEXT,
  number: CSL_TEXT,
  issued: orElse(TEXT_OR_NUMBER, { raw: TEXT, literal: TEXT }),
  DOI: TEXT,
  PMID: TEXT_OR_NUMBER,
  PMCID: TEXT_OR_NUMBER,
  ISSN: CSL_TEXT,
  ISBN: CSL_TEXT,
  URL: TEXT,
  language: LANGUAGE,
  keyword: orElse(TEXT, [TEXT]),
  note: TEXT,
})

export const lostOfArxiv = lostOf({
  title: TEXT,
  abstract: TEXT,
  comments: TEXT,
  'journal-ref': TEXT,
  license: TEXT,
  doi: TEXT,
  categories: TEXT,
  authors: TEXT,
  authors_parsed: [[TEXT]],
  versions: [{ version: TEXT }],
})

const REPOSITORY = ofText(
  'a repository',
  (text) => parseRepositoryRef(text.replace(/\s+/g, '')) !== null,
)

const HF_PAPER: Shape = {
  title: TEXT,
  summary: TEXT,
  authors: [{ name: TEXT, hidden: FLAG }],
  publishedAt: DATE,
  submittedOnDailyAt: DATE,
  upvotes: COUNT,
  ai_summary: TEXT,
  ai_keywords: [TEXT],
  githubRepo: REPOSITORY,
  githubStars: COUNT,
  projectPage: TEXT,
  mediaUrls: [ADDRESS],
  organization: { fullname: TEXT, name: TEXT },
}

export const lostOfHfDaily = lostOf({ ...HF_PAPER, numComments: COUNT, paper: HF_PAPER })

export const lostOfPwc = lostOf({
  title: TEXT,
  abstract: TEXT,
  short_abstract: TEXT,
  arxiv_id: TEXT,
  url_abs: TEXT,
  url_pdf: TEXT,
  conference_url_abs: TEXT,
  conference_url_pdf: TEXT,
  proceeding: TEXT,
  conference: TEXT,
  authors: [TEXT],
  tasks: [TEXT],
  methods: LIST,
  date: DATE,
  framework: TEXT,
  is_official: FLAG,
  mentioned_in_paper: FLAG,
  mentioned_in_github: FLAG,
})

const NAMED: Form = {
  what: 'an object with a name',
  fits: (value) => text(object(value).fullname) !== '' || text(object(value).name) !== '',
}

const lostOfPlainNote = lostOf({
  invitation: TEXT,
  invitations: [TEXT],
  pdate: INSTANT,
  odate: INSTANT,
  tcdate: INSTANT,
  cdate: INSTANT,
  content: {
    title: TEXT,
    abstract: TEXT,
    authors: [either(TEXT, NAMED)],
    authorids: [TEXT],
    keywords: orElse(TEXT, [TEXT]),
    TLDR: TEXT,
    pdf: TEXT,
    code: TEXT,
    supplementary_material: TEXT,
    ...{ video: TEXT, slides: TEXT, poster: TEXT, website: TEXT, demo: TEXT, dataset: TEXT },
  },
})

/** In version 2 of OpenReview's API, each answer of a form is an object with a value. */
export const lostOfNote = (note: Json): string[] =>
  lostOfPlainNote({ ...note, content: mapValues(object(note.content), plain) })
