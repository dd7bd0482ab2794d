import fc from 'fast-check'
import {
  DECISION_OUTCOMES,
  EVENT_KINDS,
  IDENTIFIER_SCHEMES,
  LINK_KINDS,
  OPEN_ACCESS_STATUSES,
  PAPER_KINDS,
  type PaperKind,
  PRESENTATIONS,
  TEXT_VERSIONS,
} from '../../src/db/tables/vocabulary.ts'
import { shortText } from '../../src/domain/record/decision.ts'
import type {
  AffiliationClaim,
  AuthorClaim,
  DecisionClaim,
  EventClaim,
  InstitutionClaim,
  LinkClaim,
  PaperIdentifier,
  PaperRecord,
  VenueClaim,
} from '../../src/domain/record/paper-record.ts'
import { findTopics } from '../../src/domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../src/domain/reference/identifier.ts'
import { publicationOf } from '../../src/import/fields/publication.ts'
import { venueNamed } from '../../src/import/fields/venues.ts'
import { cleanText, recordOf, repositoriesIn } from '../../src/import/input/outcome.ts'

/** Pieces of text that are difficult for formats. */
const PIECES = [
  'for all n<k',
  'a<b',
  'a < b > c',
  '100%',
  '$5',
  'US$/EUR',
  '$x_1$',
  '$\\mathcal{O}(n^{2})$',
  'CO$_2$',
  '{BERT}',
  '}',
  '{',
  '\\',
  '\\cite{x}',
  '\\&',
  '"quoted"',
  "'",
  "''",
  '``',
  '“C#”',
  '‘a’',
  '--',
  '---',
  '–',
  '—',
  '-',
  '~',
  '^',
  '_',
  '#1',
  '&',
  '@article{x,',
  '%',
  ';',
  ',',
  '|',
  '=1+1',
  '+1',
  '-1',
  '@home',
  "'=x",
  'ER  - ',
  'TY  - JOUR',
  'and',
  'Größe',
  'naïve',
  'Łódź',
  'e\u0301',
  'حسن',
  'שלום',
  '\u202Babc\u202C',
  '深度学习',
  'हिन्दी',
  '🎉',
  '👩‍🔬',
  'α',
  'x²',
  'H₂O',
  'ﬁne',
  'soft\u00ADhyphen',
  'zero\u200Bwidth',
  '<i>',
  'AT&T',
  'R&amp;D',
  '\n',
  '\r\n',
  '\t',
  '  ',
  'learning',
  'deep',
  'of',
  'the',
  'A',
  'B2B',
  'iPhone',
  'https://a.b/c?d=e&f=%20#g',
  '//',
  '/',
  '[1]',
  '(x)',
  '!`',
  '?`',
  '<<',
  '>>',
  ',,',
  '*',
  '…',
]

const text = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
    ),
    { minLength: 1, maxLength: 9 },
  )
  .chain((parts) =>
    fc.constantFrom(' ', ' ', '').map((between) => cleanText(parts.join(between)) ?? 'text'),
  )

const word = fc.constantFrom(
  'Nature',
  'Notes in C#',
  'A & B',
  'Größe',
  '第一',
  'x<y',
  '50%',
  '$5',
  'A_b',
  '{C}',
  'a; b',
  'a, b',
  '“Q”',
  'A--B',
)
const orNothing = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const NAMES = [
  'Ada Lovelace',
  'Laurens van der Maaten',
  'Martin Luther King Jr.',
  'Henry Ford III',
  'NLLB Team',
  'OpenAI',
  'Barnes and Noble, Inc.',
  'Department of Health, University of Oslo',
  'ATLAS Collaboration',
  '李四',
  '김민준',
  'Anna de la Cruz y Vega',
  'José Núñez',
  'Conor O’Brien',
  "Roberto D'Arcy",
  'Zhao wei',
  'Benjamin Van Durme',
  'Kiết Văn Nguyễn',
  'Müller',
  'A. B. Clark',
  'X$Y Z',
  '100% Person',
  'حسن علي',
  'Jean-Luc Picard',
  'Bill Sand and Son',
  'Ł. Żółć',
  'J. R. R. Tolkien',
  "Miguel O'Hara Jr.",
  'Simon (Peter) Jones',
  'R&D Group',
  'Team A & B',
  'Ludwig von Mises',
  'Al Gore',
  'Dieter Le Blanc',
]

const author = fc.record({
  name: fc.constantFrom(...NAMES),
  identifiers: fc.constant([]),
  affiliation: orNothing(word),
}) satisfies fc.Arbitrary<AuthorClaim>

/** Institutions as a format has them: separate from the printed text, which may name others. */
const institution = fc.constantFrom(
  { name: 'ETH Zurich', ror: '05a28rw58' },
  { name: 'Acme Looms' },
  { name: 'Weavers & Sons (R&D)' },
) satisfies fc.Arbitrary<InstitutionClaim>

const affiliation = institution.map(
  (one): AffiliationClaim => ({ affiliation: null, institutions: [one] }),
)

const doi = fc
  .array(
    fc.constantFrom(
      'a',
      'b1',
      '<',
      '>',
      ';',
      '#',
      '$5',
      '100%',
      'a<b',
      '(sici)',
      '::',
      '_',
      '&',
      '~',
      '[2]',
      '?',
      '=',
      '+',
      '.',
      '-',
      '/',
      "'",
      '"',
      '{x}',
      '^',
      '|',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => normaliseIdentifier('doi', `10.1000/${parts.join('')}z`) ?? '10.1000/z')

/** Identifiers of the `n`-th paper. */
const OTHERS: ((n: number) => PaperIdentifier)[] = [
  (n) => ({ scheme: 'arxiv', value: `2101.${String(n).padStart(5, '0')}` }),
  (n) => ({ scheme: 'arxiv', value: `hep-th/99${String(n).padStart(5, '0')}` }),
  (n) => ({ scheme: 'pmid', value: String(1000 + n) }),
  (n) => ({ scheme: 'pmcid', value: `PMC${1000 + n}` }),
  (n) => ({ scheme: 'acl', value: `2021.acl-long.${n + 1}` }),
  (n) => ({ scheme: 'acl', value: `P18-${1000 + n}` }),
  (n) => ({ scheme: 'openreview', value: `B1xsqj${String(n).padStart(4, '0')}` }),
  (n) => ({ scheme: 'openalex', value: `W27418${String(n).padStart(4, '0')}` }),
  (n) => ({ scheme: 'corpusid', value: String(112120 + n) }),
  (n) => ({ scheme: 'dblp', value: `conf/nips/Vaswani${n}` }),
  (n) => ({ scheme: 'pmlr', value: `v97/tan19a${n}` }),
]

const date = orNothing(
  fc
    .record({
      year: fc.integer({ min: 1600, max: 2030 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      precision: fc.constantFrom('year' as const, 'month' as const, 'day' as const),
    })
    .map(({ year, month, day, precision }) => {
      const two = (n: number) => String(n).padStart(2, '0')
      return {
        on: `${year}-${precision === 'year' ? '01' : two(month)}-${precision === 'day' ? two(day) : '01'}`,
        precision,
      }
    }),
)

const IN_VENUE = /^(?:conference_paper|workshop_paper|demo|journal_article)$/

const publication = (kind: PaperKind) => {
  const isBook = /book|chapter|conference|workshop|demo/.test(kind)
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  return fc
    .record({
      container:
        kind === 'book' || isOfInstitution ? fc.constant(null) : orNothing(fc.oneof(word, text)),
      series: orNothing(word),
      volume: orNothing(fc.constantFrom('12', 'A7', 'LNCS 12', '3–4')),
      number:
        kind === 'report'
          ? fc.constant(null)
          : orNothing(fc.constantFrom('3', '7553', '1–2', 'S1')),
      pages: orNothing(fc.constantFrom('436–444', '12', 'e1–e9', '12-1–12-9', '1–3, 7', 'xi–xii')),
      articleNumber: orNothing(fc.constantFrom('013009', 'e0123')),
      edition: isBook
        ? orNothing(fc.constantFrom('2', 'Second', 'revised & enlarged'))
        : fc.constant(null),
      editors: isBook ? fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }) : fc.constant([]),
      institution: isOfInstitution ? orNothing(word) : fc.constant(null),
      publisher: isOfInstitution ? fc.constant(null) : orNothing(word),
      publisherPlace: orNothing(word),
      isbns: isBook
        ? fc.constantFrom([], ['9783319464930'], ['9783319464930', '331946493X'])
        : fc.constant([]),
      issns: fc.constantFrom([], ['1476-4687'], ['1476-4687', '0028-083X']),
      reportNumber:
        kind === 'report' ? orNothing(fc.constantFrom('TR-12', 'CS/2020 #5')) : fc.constant(null),
      workType: isOfInstitution
        ? orNothing(fc.constantFrom("Master's thesis", 'PhD thesis', 'Technical Report'))
        : fc.constant(null),
    })
    .map((parts) => publicationOf(parts))
}

function venueOf(kind: PaperKind, printed: string): VenueClaim | null {
  return IN_VENUE.test(kind)
    ? venueNamed(printed, kind === 'journal_article' ? 'journal' : 'conference')
    : null
}

const short = text.map((made) => shortText(made) ?? 'short')

const decision = fc
  .record({
    venue: orNothing(fc.constantFrom('ACL', 'Conference on Examples: the First', 'Notes of a | b')),
    year: fc.integer({ min: 2010, max: 2025 }),
    outcome: orNothing(fc.constantFrom(...DECISION_OUTCOMES)),
    presentation: orNothing(fc.constantFrom(...PRESENTATIONS)),
    status: orNothing(fc.oneof(short, fc.constantFrom('Accept (Oral)', 'Oral', 'withdrawn'))),
    ...{ track: orNothing(short), award: orNothing(short) },
    ...{ session: orNothing(short), area: orNothing(short) },
    mean: orNothing(fc.constantFrom(0, 5, 6.25, 7.5)),
    count: orNothing(fc.integer({ min: 1, max: 9 })),
  })
  .map(
    ({ venue, year, mean, count, ...rest }): DecisionClaim => ({
      venue: venueNamed(venue, 'conference'),
      year,
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
      ...(mean !== null && { rating: { mean, count } }),
    }),
  )

const event = fc
  .record({
    kind: fc.constantFrom(...EVENT_KINDS),
    on: orNothing(fc.constantFrom('2021-03-04', '2022-05-01')),
    precision: fc.constantFrom('month' as const, null),
    number: orNothing(fc.integer({ min: 1, max: 30 })),
    reason: orNothing(text),
    notice: orNothing(
      fc.constantFrom('https://doi.org/10.1000/n_1', 'https://example.org/v?a=1|2'),
    ),
  })
  .map(
    ({ kind, on, precision, number, reason, notice }): EventClaim => ({
      ...{ kind, on },
      ...(on?.endsWith('-01') && precision && { precision }),
      ...(kind === 'version' && number !== null && { number }),
      ...(reason !== null && { reason }),
      ...(notice !== null && { notice }),
    }),
  )

const link = fc
  .record({
    kind: fc.constantFrom(...LINK_KINDS.filter((kind) => kind !== 'pdf')),
    url: fc.constantFrom(
      'https://example.org/t?a=1|2;3',
      'https://example.org/x',
      'http://a.example/',
    ),
    label: orNothing(fc.oneof(short, fc.constantFrom('Software', 'a | b', 'a \\| b'))),
  })
  .map(({ label, ...rest }): LinkClaim => ({ ...rest, ...(label !== null && { label }) }))

const openAccess = fc.record({
  status: fc.constantFrom(...OPEN_ACCESS_STATUSES),
  url: orNothing(fc.constantFrom('https://example.org/open')),
  licence: orNothing(fc.constantFrom('CC-BY-4.0', 'publisher-specific; see page')),
  version: orNothing(fc.constantFrom(...TEXT_VERSIONS)),
})

/** A record of a paper with everything that is difficult for formats, as an importer would make it. */
const made = fc.constantFrom(...PAPER_KINDS).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    title: text,
    abstract: orNothing(text),
    published: date,
    language: orNothing(fc.constantFrom('en', 'de', 'pt-BR', 'zh')),
    isRetracted: fc.boolean(),
    decisions: fc.array(decision, { maxLength: 2 }),
    events: fc.array(event, { maxLength: 2 }),
    links: fc.uniqueArray(link, { maxLength: 3, selector: ({ url }) => url }),
    openAccess: orNothing(openAccess),
    tldr: orNothing(text),
    authorSummary: orNothing(text),
    licence: orNothing(fc.constantFrom('CC0-1.0', 'CC-BY-4.0')),
    landingUrl: orNothing(
      fc.constantFrom('https://example.org/a_b?x=1&y=%20#top', 'https://example.org/ü/~x'),
    ),
    pdfUrl: orNothing(fc.constantFrom('https://example.org/x_1.pdf')),
    citationCount: orNothing(fc.nat(1000)),
    doi: orNothing(doi),
    others: fc.uniqueArray(fc.constantFrom(...OTHERS), {
      maxLength: 3,
      selector: (make) => make(1).scheme,
    }),
    affiliations: fc.array(affiliation, { maxLength: 2 }),
    hasMoreAuthors: fc.boolean(),
    authors: fc.uniqueArray(author, { maxLength: 4, selector: ({ name }) => name }),
    publication: orNothing(publication(kind)),
    venue: orNothing(
      fc.constantFrom(
        'Conference on Examples',
        'Workshop on Examples',
        'ACL 2021',
        'Journal of A & B',
        'Nature',
      ),
    ),
    eventYear: orNothing(fc.integer({ min: 1990, max: 2025 })),
  }),
)

/** Records of papers with everything that is difficult for formats, as importers would make them; no two may be one paper. */
export const generatedRecords: fc.Arbitrary<PaperRecord[]> = fc
  .array(made, { minLength: 40, maxLength: 50 })
  .map((papers) =>
    papers.map(({ doi, others, venue, publication, eventYear, kind, ...made }, n) => {
      const { openAccess, tldr, authorSummary, hasMoreAuthors, ...rest } = made
      const isAtEvent = IN_VENUE.test(kind) && kind !== 'journal_article' && venue !== null
      const dois = doi === null ? [] : [{ scheme: 'doi' as const, value: `${doi}${n}` }]
      return recordOf({
        source: 'test',
        key: String(n),
        kind,
        ...rest,
        ...(openAccess && { openAccess }),
        ...(tldr && { tldr }),
        ...(authorSummary && { authorSummary }),
        ...(hasMoreAuthors && rest.authors.length > 0 && { hasMoreAuthors }),
        title: `${rest.title} ${n}x`,
        eventYear: isAtEvent ? eventYear : null,
        identifiers: [...dois, ...others.map((make) => make(n))].sort(
          (a, b) => IDENTIFIER_SCHEMES.indexOf(a.scheme) - IDENTIFIER_SCHEMES.indexOf(b.scheme),
        ),
        venue: venue === null ? null : venueOf(kind, venue),
        ...publication,
        topics: findTopics(`${rest.title} ${n}x`, rest.abstract),
        repositories: repositoriesIn(rest.abstract),
      })
    }),
  )
