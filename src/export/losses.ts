import { citedVersion, publishedKind } from '../bibliography/cited.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'

/** Fields of a paper that an importable format cannot represent: used by tests and listed in the README. */
export interface Loss {
  formats: readonly string[]
  /** Fields of `CitablePaper`; nested fields with a dot. */
  fields: readonly string[]
  /** What happens to the field, for people who choose a format. */
  reason: string
  /** The papers concerned; all when absent. */
  when?: (paper: CitablePaper) => boolean
}

const isElsewhere = (paper: CitablePaper) => publishedKind(paper) !== paper.kind
const isInVenue = ({ kind }: CitablePaper) =>
  /^(?:conference_paper|workshop_paper|demo|journal_article)$/.test(kind)
const isOfInstitution = ({ kind }: CitablePaper) => kind === 'thesis' || kind === 'report'

/** Text that looks like an HTML tag or entity. */
const hasMarkup = (...texts: unknown[]) =>
  texts.some((text) => /<[a-z/!?]|&#?\w+;/i.test(JSON.stringify(text ?? '')))

/** The year of the conference, as importers derive it from venue and date. */
const impliedEventYear = ({ venue, published }: CitablePaper) =>
  venue?.kind === 'conference' && published ? Number(published.on.slice(0, 4)) : null

const impliesVenue = (paper: CitablePaper) =>
  paper.venue === null && isInVenue(paper) && citedVersion(paper).container !== null

const BIBLIOGRAPHIES = ['bibtex', 'ris', 'csl-json']

/** Text that Unicode normalisation (NFC) changes, such as letters with separate accents. */
const isDecomposed = (...values: unknown[]) => {
  const text = JSON.stringify(values)
  return text !== text.normalize('NFC')
}

export const LOSSES: readonly Loss[] = [
  {
    formats: ['csv'],
    fields: ['topics.score'],
    reason: 'is not written',
  },
  {
    formats: ['bibtex'],
    fields: ['title', 'abstract', 'authors', 'publication', 'venue'],
    reason: 'come back with composed letters (Unicode NFC)',
    when: ({ title, abstract, authors, publication, venue }) =>
      isDecomposed(title, abstract, authors, publication, venue),
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: [
      ...['licence', 'isRetracted', 'citationCount', 'upvoteCount', 'authors.affiliation'],
      ...['authorSummary', 'tldr', 'decisions', 'openAccess', 'events', 'institutions'],
    ],
    reason: 'are not written',
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['authors.familyName'],
    reason:
      'of a name of which no source states the family name is what is written as it, mostly the last word',
    when: ({ authors }) => authors.some(({ familyName }) => !familyName),
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['topics.score'],
    reason: 'is not written: topics are keywords',
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['topics', 'keywords'],
    reason:
      'come back as keywords, and as topics those of the vocabulary, of categories, and those that enough papers use',
    when: ({ topics, keywords }) => keywords.length > 0 || topics.length > 0,
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['repositories', 'links'],
    reason: 'are not written; found again as far as the abstract names them',
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['landingUrl'],
    reason:
      'is the page of the DOI, or of the first identifier, where a paper has none or only that of its preprint',
    when: (paper) => paper.landingUrl !== citedVersion(paper).url,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['venue.acronym', 'venue.kind'],
    reason:
      'are those of the conference where that is known by name, else follow from the kind of paper',
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['venue.name', 'venue.kind'],
    reason: 'of a paper without a venue is made of the title of its journal or proceedings',
    when: impliesVenue,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['publication.container'],
    reason: 'is the name of the venue where no record states the title of journal or proceedings',
    when: ({ publication, venue }) => !publication?.container && venue !== null,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['published', 'publication.year', 'publication.journalRef', 'publication.container'],
    reason: 'of a preprint that appeared elsewhere are those of the published version alone',
    when: isElsewhere,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['eventYear'],
    reason: 'is the year of publication, for papers of a conference',
    when: (paper) =>
      impliedEventYear(paper) !== paper.eventYear ||
      impliesVenue(paper) ||
      // A conference known by name comes back as a conference.
      paper.venue?.kind === 'other',
  },
  {
    formats: ['ris'],
    fields: ['title', 'abstract', 'publication', 'venue.name'],
    reason:
      'come back without what looks like tags or entities of HTML, as publishers write them into RIS',
    when: ({ title, abstract, publication, venue }) =>
      hasMarkup(title, abstract, publication, venue?.name),
  },
  {
    formats: ['ris'],
    fields: ['publication.container'],
    reason: 'of a book is not written where it is the title of the book',
    when: ({ kind, title, publication }) => kind === 'book' && publication?.container === title,
  },
  {
    formats: ['ris'],
    fields: ['publication.institution'],
    reason: 'is written of theses and reports alone',
    when: (paper) => !isOfInstitution(paper),
  },
  {
    formats: ['bibtex'],
    fields: ['identifiers'],
    reason: 'are the first of each scheme, of DOIs that of the version cited',
    when: (paper) =>
      new Set(paper.identifiers.map(({ scheme }) => scheme)).size < paper.identifiers.length ||
      (citedVersion(paper).doi === null &&
        paper.identifiers.some(({ scheme }) => scheme === 'doi')),
  },
  {
    formats: ['bibtex'],
    fields: ['publication.institution'],
    reason:
      'is the affiliation of the first author where a thesis or a report has none, as BibTeX wants one',
    when: (paper) => isOfInstitution(paper) && !paper.publication?.institution,
  },
]
