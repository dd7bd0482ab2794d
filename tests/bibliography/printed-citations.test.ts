import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBibliography } from '../../src/bibliography/format.ts'
import type { TextStyle } from '../../src/bibliography/text.ts'
import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'
import type { PublicationClaim } from '../../src/domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../src/domain/reference/identifier-scheme.ts'
import { oddDoi } from '../helpers/odd-doi.ts'
import { byline, citablePaper } from './citable.ts'

/** A reference as a style guide prints it, and its work. */
interface Printed {
  kind: CitablePaper['kind']
  authors: string[]
  on: string
  title: string
  publication: PublicationClaim
  doi?: string
  printed: string
}

/** American Psychological Association, apastyle.apa.org/style-grammar-guidelines/references/examples, 7th edition. */
const APA: Printed[] = [
  {
    kind: 'journal_article',
    authors: ['J. S. Grady', 'M. Her', 'G. Moreno', 'C. Perez', 'J. Yelinek'],
    on: '2019',
    title:
      'Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United States',
    publication: {
      container: 'Psychology of Popular Media Culture',
      volume: '8',
      number: '3',
      pages: '207–217',
    },
    doi: '10.1037/ppm0000185',
    printed:
      'Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United States. Psychology of Popular Media Culture, 8(3), 207–217. https://doi.org/10.1037/ppm0000185',
  },
  {
    kind: 'journal_article',
    authors: [
      ...['A. Jerrentrup', 'T. Mueller', 'U. Glowalla', 'M. Herder', 'N. Henrichs', 'A. Neubauer'],
      'J. R. Schaefer',
    ],
    on: '2018-03',
    title: 'Teaching medicine with the help of “Dr. House”',
    publication: { container: 'PLOS ONE', volume: '13', number: '3', articleNumber: 'e0193972' },
    doi: '10.1371/journal.pone.0193972',
    printed:
      'Jerrentrup, A., Mueller, T., Glowalla, U., Herder, M., Henrichs, N., Neubauer, A., & Schaefer, J. R. (2018). Teaching medicine with the help of “Dr. House.” PLOS ONE, 13(3), Article e0193972. https://doi.org/10.1371/journal.pone.0193972',
  },
  {
    kind: 'journal_article',
    authors: [
      ...['E. Kalnay', 'M. Kanamitsu', 'R. Kistler', 'W. Collins', 'D. Deaven', 'L. Gandin'],
      ...['M. Iredell', 'S. Saha', 'G. White', 'J. Woollen', 'Y. Zhu', 'A. Leetmaa', 'R. Reynolds'],
      ...['M. Chelliah', 'W. Ebisuzaki', 'W. Higgins', 'J. Janowiak', 'K. C. Mo', 'C. Ropelewski'],
      ...['J. Wang', 'R. Jenne', 'D. Joseph'],
    ],
    on: '1996',
    title: 'The NCEP/NCAR 40-year reanalysis project',
    publication: {
      container: 'Bulletin of the American Meteorological Society',
      volume: '77',
      number: '3',
      pages: '437–471',
    },
    doi: '10.1175/1520-0477(1996)077<0437:tnyrp>2.0.co;2',
    printed:
      'Kalnay, E., Kanamitsu, M., Kistler, R., Collins, W., Deaven, D., Gandin, L., Iredell, M., Saha, S., White, G., Woollen, J., Zhu, Y., Leetmaa, A., Reynolds, R., Chelliah, M., Ebisuzaki, W., Higgins, W., Janowiak, J., Mo, K. C., Ropelewski, C., … Joseph, D. (1996). The NCEP/NCAR 40-year reanalysis project. Bulletin of the American Meteorological Society, 77(3), 437–471. https://doi.org/10.1175/1520-0477(1996)077<0437:TNYRP>2.0.CO;2',
  },
  {
    kind: 'book',
    authors: ['L. M. Jackson'],
    on: '2019',
    title: 'The psychology of prejudice: From attitudes to social action',
    publication: { edition: '2', publisher: 'American Psychological Association' },
    doi: '10.1037/0000168-000',
    printed:
      'Jackson, L. M. (2019). The psychology of prejudice: From attitudes to social action (2nd ed.). American Psychological Association. https://doi.org/10.1037/0000168-000',
  },
  {
    kind: 'book',
    authors: ['American Psychological Association'],
    on: '2020',
    title: 'Publication manual of the American Psychological Association',
    publication: { edition: '7', publisher: 'American Psychological Association' },
    doi: '10.1037/0000165-000',
    printed:
      'American Psychological Association. (2020). Publication manual of the American Psychological Association (7th ed.). https://doi.org/10.1037/0000165-000',
  },
  {
    kind: 'chapter',
    authors: ['L. Aron', 'M. Botella', 'T. Lubart'],
    on: '2019',
    title: 'Culinary arts: Talent and their development',
    publication: {
      container:
        'The psychology of high performance: Developing human potential into domain-specific talent',
      editors: ['R. F. Subotnik', 'P. Olszewski-Kubilius', 'F. C. Worrell'],
      pages: '345–359',
      publisher: 'American Psychological Association',
    },
    doi: '10.1037/0000120-016',
    printed:
      'Aron, L., Botella, M., & Lubart, T. (2019). Culinary arts: Talent and their development. In R. F. Subotnik, P. Olszewski-Kubilius, & F. C. Worrell (Eds.), The psychology of high performance: Developing human potential into domain-specific talent (pp. 345–359). American Psychological Association. https://doi.org/10.1037/0000120-016',
  },
  {
    kind: 'thesis',
    authors: ['L. Harris'],
    on: '2014',
    title: 'Instructional leadership perceptions and practices of elementary school leaders',
    publication: {
      workType: 'Unpublished doctoral dissertation',
      institution: 'University of Virginia',
    },
    printed:
      'Harris, L. (2014). Instructional leadership perceptions and practices of elementary school leaders [Unpublished doctoral dissertation]. University of Virginia.',
  },
  {
    kind: 'conference_paper',
    authors: [
      ...['A. L. Duckworth', 'A. Quirk', 'R. Gallop', 'R. H. Hoyle', 'D. R. Kelly'],
      'M. D. Matthews',
    ],
    on: '2019',
    title: 'Cognitive and noncognitive predictors of success',
    publication: {
      container: 'Proceedings of the National Academy of Sciences',
      volume: '116',
      number: '47',
      pages: '23499–23504',
    },
    doi: '10.1073/pnas.1910510116',
    printed:
      'Duckworth, A. L., Quirk, A., Gallop, R., Hoyle, R. H., Kelly, D. R., & Matthews, M. D. (2019). Cognitive and noncognitive predictors of success. Proceedings of the National Academy of Sciences, 116(47), 23499–23504. https://doi.org/10.1073/pnas.1910510116',
  },
  {
    kind: 'journal_article',
    authors: ['N. G. Cuellar'],
    on: '2016',
    title: 'Study abroad programs',
    publication: {
      container: 'Journal of Transcultural Nursing',
      volume: '27',
      number: '3',
      pages: '209',
      workType: 'Editorial',
    },
    doi: '10.1177/1043659616638722',
    printed:
      'Cuellar, N. G. (2016). Study abroad programs [Editorial]. Journal of Transcultural Nursing, 27(3), 209. https://doi.org/10.1177/1043659616638722',
  },
]

/** National Library of Medicine, nlm.nih.gov/bsd/uniform_requirements.html: the samples of the journal editors' committee. */
const VANCOUVER: Printed[] = [
  {
    kind: 'journal_article',
    authors: ['Scott D. Halpern', 'Peter A. Ubel', 'Arthur L. Caplan'],
    on: '2002-07-25',
    title: 'Solid-organ transplantation in HIV-infected patients',
    publication: { container: 'N Engl J Med', volume: '347', number: '4', pages: '284–287' },
    printed:
      'Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002 Jul 25;347(4):284-7.',
  },
  {
    kind: 'journal_article',
    authors: [
      ...['M. E. Rose', 'M. B. Huerbin', 'J. Melick', 'D. W. Marion', 'A. M. Palmer'],
      ...['J. K. Schiding', 'P. M. Kochanek', 'S. H. Graham'],
    ],
    on: '2002',
    title:
      'Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury',
    publication: { container: 'Brain Res', volume: '935', number: '1–2', pages: '40–46' },
    printed:
      'Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-6.',
  },
  {
    kind: 'journal_article',
    authors: ['Diabetes Prevention Program Research Group'],
    on: '2002',
    title: 'Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance',
    publication: { container: 'Hypertension', volume: '40', number: '5', pages: '679–686' },
    printed:
      'Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance. Hypertension. 2002;40(5):679-86.',
  },
  {
    kind: 'journal_article',
    authors: [],
    on: '2002',
    title: '21st century heart solution may have a sting in the tail',
    publication: { container: 'BMJ', volume: '325', number: '7357', pages: '184' },
    printed: '21st century heart solution may have a sting in the tail. BMJ. 2002;325(7357):184.',
  },
  {
    kind: 'journal_article',
    authors: ['Ruth Chadwick', 'Udo Schuklenk'],
    on: '2002',
    title: 'The politics of ethical consensus finding',
    publication: { container: 'Bioethics', volume: '16', number: '2', pages: 'iii–v' },
    printed:
      'Chadwick R, Schuklenk U. The politics of ethical consensus finding. Bioethics. 2002;16(2):iii-v.',
  },
  {
    kind: 'journal_article',
    authors: [
      ...['Min Zhang', 'C. D. Holman', 'S. D. Price', 'F. M. Sanfilippo', 'D. B. Preen'],
      'M. K. Bulsara',
    ],
    on: '2009-01-07',
    title:
      'Comorbidity and repeat admission to hospital for adverse drug reactions in older adults: retrospective cohort study',
    publication: { container: 'BMJ', volume: '338', articleNumber: 'a2752' },
    doi: '10.1136/bmj.a2752',
    printed:
      'Zhang M, Holman CD, Price SD, Sanfilippo FM, Preen DB, Bulsara MK. Comorbidity and repeat admission to hospital for adverse drug reactions in older adults: retrospective cohort study. BMJ. 2009 Jan 7;338:a2752. doi: 10.1136/bmj.a2752',
  },
  {
    kind: 'book',
    authors: ['P. R. Murray', 'K. S. Rosenthal', 'G. S. Kobayashi', 'M. A. Pfaller'],
    on: '2002',
    title: 'Medical microbiology',
    publication: { edition: '4', publisher: 'Mosby', publisherPlace: 'St. Louis' },
    printed:
      'Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. St. Louis: Mosby; 2002.',
  },
  {
    kind: 'chapter',
    authors: ['P. S. Meltzer', 'A. Kallioniemi', 'J. M. Trent'],
    on: '2002',
    title: 'Chromosome alterations in human solid tumors',
    publication: {
      container: 'The genetic basis of human cancer',
      editors: ['B. Vogelstein', 'K. W. Kinzler'],
      publisher: 'McGraw-Hill',
      publisherPlace: 'New York',
      pages: '93–113',
    },
    printed:
      'Meltzer PS, Kallioniemi A, Trent JM. Chromosome alterations in human solid tumors. In: Vogelstein B, Kinzler KW, editors. The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.',
  },
  {
    kind: 'thesis',
    authors: ['M. M. Borkowski'],
    on: '2002',
    title: 'Infant sleep and feeding: a telephone survey of Hispanic Americans',
    publication: {
      workType: 'dissertation',
      institution: 'Central Michigan University',
      publisherPlace: 'Mount Pleasant (MI)',
    },
    printed:
      'Borkowski MM. Infant sleep and feeding: a telephone survey of Hispanic Americans [dissertation]. Mount Pleasant (MI): Central Michigan University; 2002.',
  },
]

/** Guides to Cite Them Right: scribbr.co.uk (Poggiolesi, Szalay), lincolncollege-uk.libguides.com/citethemright (Hedley). */
const HARVARD: Printed[] = [
  {
    kind: 'journal_article',
    authors: ['Francesca Poggiolesi'],
    on: '2016',
    title: 'On defining the notion of complete and immediate formal grounding',
    publication: { container: 'Synthese', volume: '193', number: '10', pages: '3147–3167' },
    doi: '10.1007/s11229-015-0923-x',
    printed:
      'Poggiolesi, F. (2016) ‘On defining the notion of complete and immediate formal grounding’, Synthese, 193(10), pp. 3147–3167. doi:10.1007/s11229-015-0923-x.',
  },
  {
    kind: 'book',
    authors: ['David Szalay'],
    on: '2017',
    title: 'All that man is',
    publication: { publisher: 'Vintage', publisherPlace: 'London' },
    printed: 'Szalay, D. (2017) All that man is. London: Vintage.',
  },
  {
    kind: 'book',
    authors: ['Christopher Hedley', 'Non Shaw'],
    on: '2023',
    title:
      'Plant medicine: a collection of the teachings of herbalists Christopher Hedley & Non Shaw',
    publication: { publisher: 'Aeon Books', publisherPlace: 'London' },
    printed:
      'Hedley, C. and Shaw, N. (2023) Plant medicine: a collection of the teachings of herbalists Christopher Hedley & Non Shaw. London: Aeon Books.',
  },
]

/**
 * Removes differences between the styles of citation-js and print: capitals in DOIs, which mean the same; in Vancouver, dashes in ranges,
 * no space before a DOI, and brackets around the place of a thesis; in Harvard, the URL of a DOI, which the 12th edition of Cite Them Right
 * requires in place of `doi:`.
 */
const plain = (text: string) =>
  text
    .replace(/^1\. /, '')
    .replaceAll('\u2013', '-')
    .replace(/(?<=\. )\[([^[\]]+)\](?=: )/, '$1')
    .replace(/Available at: https:\/\/doi\.org\/|doi: ?/, 'doi:')
    .replace(/(?:doi:|doi\.org\/)\S+/, (doi) => doi.toLowerCase())

function paperOf({ kind, authors, on, title, publication, doi }: Printed): CitablePaper {
  const precision = on.length === 4 ? 'year' : on.length === 7 ? 'month' : 'day'
  return citablePaper({
    ...{ kind, title, publication, venue: null, authors: byline(...authors) },
    published: { on: `${on}-01-01`.slice(0, 10), precision },
    identifiers: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
  })
}

describe.each<[TextStyle, Printed[]]>([
  ['apa', APA],
  ['vancouver', VANCOUVER],
  ['harvard1', HARVARD],
])('%s cites like the examples of its guide', (style, references) => {
  test.each(references)('$printed', async (reference) => {
    const cited = await formatBibliography([paperOf(reference)], 'text', style)
    expect(plain(cited)).toBe(plain(reference.printed))
  })
})

test('works without a date, an author or pages', async () => {
  const bare = { title: 'A study', published: null, authors: [], venue: null }
  const article = { kind: 'journal_article', publication: { container: 'Synthese' } } as const
  const cite = (style: TextStyle) =>
    formatBibliography([citablePaper({ ...bare, ...article })], 'text', style)
  expect(await cite('apa')).toBe('A study. (n.d.). Synthese.')
  expect(await cite('harvard1')).toBe('Synthese (no date) ‘A study’.')
  expect(await cite('vancouver')).toBe('1. A study. Synthese.')
})

/** Kinds of errors that users of other programs report. */
test.each<[string, Partial<CitablePaper>, TextStyle, string]>([
  ['hyphens in names', { authors: byline('Marc-Uwe Kling') }, 'apa', 'Kling, M.-U. (2020)'],
  ['particles', { authors: byline('T.A. van Dijk') }, 'apa', 'van Dijk, T. A. (2020)'],
  ['suffixes', { authors: byline('William F. Meehan III') }, 'apa', 'Meehan, W. F., III. (2020)'],
  ['joined initials', { authors: byline('M.R. James') }, 'vancouver', 'James MR. '],
  ['names of one word', { authors: byline('Plato') }, 'vancouver', 'Plato. '],
  [
    'groups with commas',
    { authors: byline('Gemini Team, Google') },
    'apa',
    'Gemini Team, Google. (',
  ],
  ['questions', { title: 'Is it?' }, 'apa', '. Is it? Nature, 5, 1–9.'],
  ['full stops', { title: 'Deep learning.' }, 'harvard1', '‘Deep learning’, Nature'],
  ['abbreviations', { title: 'Law of the U.S.' }, 'apa', 'Law of the U.S. Nature'],
  ['quotations', { title: '“Why?”: An answer' }, 'harvard1', '‘“Why?”: An answer’, Nature'],
  ['angle brackets', { title: 'List<int> and a<b>c' }, 'apa', '. List<int> and a<b>c. Nature'],
  ['signs', { title: 'AT&T, 100% of a_b #1' }, 'apa', '. AT&T, 100% of a_b #1. Nature'],
  ['one page', { publication: { container: 'Nature', pages: '7' } }, 'harvard1', 'Nature, p. 7.'],
  [
    'hyphens in pages',
    { publication: { container: 'Nature', pages: '12-1–12-9' } },
    'harvard1',
    'Nature, pp. 12-1–12-9.',
  ],
  [
    'editions in words',
    { kind: 'book', publication: { edition: 'Second edition', publisher: 'MIT Press' } },
    'apa',
    '(2nd ed.). MIT Press.',
  ],
  [
    'servers of preprints',
    { kind: 'preprint', identifiers: [{ scheme: 'doi', value: '10.21203/rs.3.rs-1/v1' }] },
    'apa',
    'A study. Research Square. https://doi.org/10.21203/rs.3.rs-1/v1',
  ],
  [
    'editors',
    { kind: 'book', authors: [], publication: { editors: ['Ada Lovelace', 'Alan Turing'] } },
    'harvard1',
    'Lovelace, A. and Turing, A. (eds) (2020) A study.',
  ],
])('%s', async (_, over, style, part) => {
  const paper = citablePaper({
    ...{ kind: 'journal_article', title: 'A study', venue: null, eventYear: null },
    published: { on: '2020-01-01', precision: 'year' },
    publication: 'kind' in over ? null : { container: 'Nature', volume: '5', pages: '1–9' },
    ...over,
  })
  expect(await formatBibliography([paper], 'text', style)).toContain(part)
})

test('the URL of a DOI leads to it, whatever characters it has', async () => {
  const dois = fc
    .sample(oddDoi, { numRuns: 300, seed: 7 })
    .flatMap((doi) => normaliseIdentifier('doi', doi) ?? [])
  expect(dois.filter((doi) => /[#?%]/.test(doi)).length).toBeGreaterThan(50)
  const papers = dois.map((value, i) =>
    citablePaper({
      identifiers: [{ scheme: 'doi', value }],
      keyParts: { family: 'lovelace', year: 2021, title: `paper ${i}`, isTaken: false },
    }),
  )
  for (const style of ['apa', 'harvard1'] as const) {
    const text = await formatBibliography(papers, 'text', style)
    const led = [...text.matchAll(/https:\/\/doi\.org\/\S+?(?=\.?$)/gm)].map(([address]) => {
      const { pathname, search, hash } = new URL(address)
      return decodeURIComponent(pathname.slice(1)) + search + hash
    })
    expect(led.toSorted()).toEqual(dois.toSorted())
  }
})
