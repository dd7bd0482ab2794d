import { citedVersion, publishedKind } from '../bibliography/cited.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'

/** Fields of a paper that change in an export that is imported again. Round-trip tests allow them, and the README lists them. */
export interface Loss {
  formats: readonly string[]
  /** Fields of `CitablePaper`; nested fields with a dot. */
  fields: readonly string[]
  /** What happens to the fields, as a predicate. */
  reason: string
  /** Whether a paper is concerned; all papers are if absent. */
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
    reason: 'are normalised: letters with separate accents become single characters (Unicode NFC)',
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
      'is stated after the import if no source stated it before: the format requires one, and the export takes mostly the last word',
    when: ({ authors }) => authors.some(({ familyName }) => !familyName),
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['topics.score'],
    reason: 'is not written, because topics are written as keywords',
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['topics', 'keywords'],
    reason:
      'all become keywords; of these, curated topics, categories and keywords that enough papers use are topics again',
    when: ({ topics, keywords }) => keywords.length > 0 || topics.length > 0,
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['repositories', 'links'],
    reason: 'are not written; the import finds those that the abstract names',
  },
  {
    formats: BIBLIOGRAPHIES,
    fields: ['landingUrl'],
    reason:
      'becomes the page of the DOI or the first identifier if the paper has none or only that of its preprint',
    when: (paper) => paper.landingUrl !== citedVersion(paper).url,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['venue.acronym', 'venue.kind'],
    reason:
      'are replaced by those of the conference if its name is known, otherwise derived from the kind of paper',
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['venue.name', 'venue.kind'],
    reason: 'are derived from the title of the journal or proceedings if the paper has no venue',
    when: impliesVenue,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['publication.container'],
    reason:
      'becomes the name of the venue if no record states a title of the journal or proceedings',
    when: ({ publication, venue }) => !publication?.container && venue !== null,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['published', 'publication.year', 'publication.journalRef', 'publication.container'],
    reason: 'are only those of the published version if a preprint appeared elsewhere',
    when: isElsewhere,
  },
  {
    formats: ['bibtex', 'ris'],
    fields: ['eventYear'],
    reason: 'becomes the year of publication for papers of a conference',
    when: (paper) =>
      impliedEventYear(paper) !== paper.eventYear ||
      impliesVenue(paper) ||
      // A venue with the name of a known conference is imported as a conference.
      paper.venue?.kind === 'other',
  },
  {
    formats: ['ris'],
    fields: ['title', 'abstract', 'publication', 'venue.name'],
    reason:
      'lose text that looks like HTML tags or entities, because publishers write markup into RIS',
    when: ({ title, abstract, publication, venue }) =>
      hasMarkup(title, abstract, publication, venue?.name),
  },
  {
    formats: ['ris'],
    fields: ['hasMoreAuthors'],
    reason: 'is not written, because readers would take "et al." for the name of an author',
  },
  {
    formats: ['ris'],
    fields: ['publication.container'],
    reason: 'is not written for a book if it equals the title',
    when: ({ kind, title, publication }) => kind === 'book' && publication?.container === title,
  },
  {
    formats: ['ris'],
    fields: ['publication.institution'],
    reason: 'is written for theses and reports only',
    when: (paper) => !isOfInstitution(paper),
  },
  {
    formats: ['bibtex'],
    fields: ['identifiers'],
    reason: 'are reduced to the first of each scheme, and to the DOI of the cited version',
    when: (paper) =>
      new Set(paper.identifiers.map(({ scheme }) => scheme)).size < paper.identifiers.length ||
      (citedVersion(paper).doi === null &&
        paper.identifiers.some(({ scheme }) => scheme === 'doi')),
  },
  {
    formats: ['bibtex'],
    fields: ['publication.institution'],
    reason:
      'becomes the affiliation of the first author if a thesis or report has none, because BibTeX requires one',
    when: (paper) => isOfInstitution(paper) && !paper.publication?.institution,
  },
]
