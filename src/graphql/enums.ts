import {
  CITATION_INTENTS,
  DECISION_OUTCOMES,
  EVENT_KINDS,
  IDENTIFIER_SCHEMES,
  INSTITUTION_EVIDENCES,
  LINK_KINDS,
  OPEN_ACCESS_STATUSES,
  PAPER_KINDS,
  PRESENTATIONS,
  REPOSITORY_EVIDENCES,
  TEXT_VERSIONS,
  TOPIC_KINDS,
  VENUE_KINDS,
} from '../db/tables/vocabulary.ts'
import { builder } from './builder.ts'

/** An enum of a closed vocabulary. Its GraphQL values are the words in upper case. */
export function enumOf<const Word extends string>(
  name: string,
  description: string,
  words: readonly Word[],
  descriptions: Record<Word, string>,
) {
  const values = Object.fromEntries(
    words.map((word) => [word.toUpperCase(), { value: word, description: descriptions[word] }]),
  ) as Record<string, { value: Word; description: string }>
  return builder.enumType(name, { description, values })
}

export const PaperKindEnum = enumOf('PaperKind', 'Kind of publication.', PAPER_KINDS, {
  conference_paper: 'Published in the proceedings of a conference.',
  journal_article: 'Published in a journal.',
  preprint: 'Public without or before peer review, as on arXiv.',
  workshop_paper: 'Published at a workshop.',
  demo: 'Describes a system that was demonstrated.',
  book: 'A book.',
  chapter: 'A chapter of a book; `Paper.publication` names the book.',
  thesis: 'A thesis.',
  report: 'A technical report.',
  other: 'Another kind, or not stated.',
})

export const InstitutionEvidenceEnum = enumOf(
  'InstitutionEvidence',
  'How an institution of a paper is known.',
  INSTITUTION_EVIDENCES,
  {
    ror: 'The source states its ROR id.',
    named: 'The source names the institution, apart from the printed affiliation.',
    printed:
      'The printed affiliation contains one of its names, which no other institution of the catalogue has.',
  },
)

export const DatePrecisionEnum = enumOf(
  'DatePrecision',
  'Precision of a date; unknown parts of the date are 01.',
  ['year', 'month', 'day'],
  {
    year: 'Only the year.',
    month: 'The year and the month.',
    day: 'The whole date.',
  },
)

export const IdentifierSchemeEnum = enumOf(
  'IdentifierScheme',
  'Identifier schemes of papers.',
  IDENTIFIER_SCHEMES,
  {
    doi: 'Digital Object Identifier, in lower case, such as `10.18653/v1/2024.acl-long.1`.',
    arxiv: 'arXiv id without version, such as `2305.18290` or `hep-th/9901001`.',
    openalex: 'OpenAlex work, such as `W2741809807`.',
    s2: 'Semantic Scholar paper id: 40 hexadecimal digits.',
    corpusid: 'Semantic Scholar corpus id: a number.',
    pmid: 'PubMed id: a number.',
    pmcid: 'PubMed Central id, such as `PMC1234567`.',
    acl: 'ACL Anthology id, such as `2024.acl-long.1` or `P19-1001`.',
    dblp: 'DBLP key, such as `conf/acl/Smith24`.',
    openreview: 'OpenReview forum id.',
    pmlr: 'Proceedings of Machine Learning Research, such as `v235/smith24a`.',
    neurips:
      'NeurIPS proceedings: year and hash of the paper page, or year and number of an event.',
    pwc: 'Slug of the former Papers with Code.',
    hf: 'Hugging Face Papers: an arXiv id.',
  },
)

export const TopicKindEnum = enumOf('TopicKind', 'Kind of a topic.', TOPIC_KINDS, {
  category: 'A category of an archive or a venue, such as `cs.CL`.',
  task: 'A problem to be solved, such as machine translation.',
  method: 'A way to solve problems, such as diffusion models.',
  field: 'A field of research, such as computer vision.',
  keyword: 'A keyword of authors or venues.',
})

export const VenueKindEnum = enumOf('VenueKind', 'Kind of a venue.', VENUE_KINDS, {
  conference: 'A conference series.',
  journal: 'A journal.',
  workshop: 'A workshop.',
  repository: 'An archive of preprints.',
  other: 'Another kind.',
})

export const RepositoryEvidenceEnum = enumOf(
  'RepositoryEvidence',
  'Evidence that a repository belongs to a paper.',
  REPOSITORY_EVIDENCES,
  {
    in_paper: 'The paper, its abstract or its official record links to it.',
    in_readme: 'The repository links to the paper.',
    curated: 'Stated by a curated list of papers with code.',
    heuristic: 'Inferred from similar names or texts.',
  },
)

export const CitationIntentEnum = enumOf(
  'CitationIntent',
  'Reason for a citation.',
  CITATION_INTENTS,
  {
    background: 'Cited as background or motivation.',
    methodology: 'Cited because its method, data or tool is used.',
    result: 'Cited to compare results.',
  },
)

export const DecisionOutcomeEnum = enumOf(
  'DecisionOutcome',
  'Decision of a venue on a submission.',
  DECISION_OUTCOMES,
  {
    accepted: 'Accepted.',
    workshop: 'Invited to the workshop track of the venue, not accepted at the conference.',
    rejected: 'Rejected after review.',
    desk_rejected: 'Rejected without review.',
    withdrawn: 'Withdrawn by the authors.',
    pending: 'Under review when the source was read.',
  },
)

export const PresentationEnum = enumOf(
  'Presentation',
  'Form in which a paper was presented at a venue.',
  PRESENTATIONS,
  {
    oral: 'A talk; at ICLR 2023, `notable-top-5%`.',
    spotlight: 'A short talk or a distinguished poster; at ICLR 2023, `notable-top-25%`.',
    highlight: 'A distinguished poster, at computer vision conferences.',
    poster: 'A poster. Some sources print this for all papers of a venue.',
  },
)

export const LinkKindEnum = enumOf('LinkKind', 'What a link of a paper leads to.', LINK_KINDS, {
  pdf: 'The text as a PDF.',
  supplement: 'Supplementary material.',
  video: 'A video, such as the recording of a talk.',
  slides: 'The slides of a talk.',
  poster: 'A poster.',
  project_page: 'A page about the paper by its authors.',
  demo: 'A program to try. Those at Hugging Face are SPACE.',
  space: 'A space at Hugging Face, which runs a demo.',
  model: 'Weights of a model.',
  dataset: 'A data set.',
  other: 'Another page that a source links to.',
})

export const EventKindEnum = enumOf(
  'EventKind',
  'Kind of an event in the life of a paper.',
  EVENT_KINDS,
  {
    version: 'A version of a preprint was submitted, or a new version or edition published.',
    retraction: 'It was retracted, in whole or in part, or removed.',
    withdrawal: 'Its authors or its publisher withdrew it, as at arXiv.',
    concern: 'An expression of concern was published.',
    correction: 'A correction, erratum or addendum was published.',
    reinstatement: 'It was reinstated after a retraction.',
  },
)

export const OpenAccessStatusEnum = enumOf(
  'OpenAccessStatus',
  'In which way a paper is free to read.',
  OPEN_ACCESS_STATUSES,
  {
    diamond: 'In a journal that is free for readers and authors.',
    gold: 'In a journal of which all articles are free.',
    hybrid: 'Under an open licence in a journal for subscribers.',
    bronze: 'Free on the page of the publisher, without an open licence.',
    green: 'A copy is in a repository; it is not free at the publisher.',
    open: 'Free; the source does not state in which way.',
    closed: 'Not free, as far as the source knows.',
  },
)

export const TextVersionEnum = enumOf('TextVersion', 'Version of a text.', TEXT_VERSIONS, {
  published: 'As published.',
  accepted: 'Accepted after review, before the publisher set it.',
  submitted: 'As submitted, before review.',
})
