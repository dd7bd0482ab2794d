import { listOf } from './merge-sets.mjs'

const LISTS = ['acl2022', 'aistats2024', 'nips2018', 'iclr2018', 'naacl2024']
/** Number of papers of each list that are written in all formats. */
const EACH = 60

/** Papers of the lists with several authors, an abstract, and a title that is not too short. */
function papersOf(list) {
  const all = listOf(list).filter(
    ({ title = '', author = '', abstract = '' }) =>
      title.split(' ').length >= 5 && author.includes(';') && abstract.length > 400,
  )
  const year = Number(/\d{4}$/.exec(list)?.[0])
  return all.slice(0, EACH).map((entry) => ({ list, entry, year }))
}

const namesOf = ({ author }) =>
  author
    .split(';')
    .map((name) => name.trim())
    .filter(Boolean)
const familyOf = (name) => name.split(' ').at(-1)
const givenOf = (name) => name.split(' ').slice(0, -1).join(' ')
const initialsOf = (name) => givenOf(name).replace(/(\p{L})[\p{L}'’-]*/gu, '$1.')
const texOf = (text) => text.replace(/([&%#_])/g, '\\$1').replace(/\p{Lu}\p{L}*/gu, '{$&}')

/** The title before publication: without its subtitle, or with another first word. */
const earlier = (title, i) =>
  i % 3 === 0
    ? title.replace(/:.*$/, '')
    : title.replace(/^(\S+)/, i % 3 === 1 ? 'On $1' : 'Towards $1')

/**
 * Each paper in five formats, most without a shared identifier: as in its list, in BibTeX, in CSL-JSON with initials, as in Crossref with a
 * shortened byline, and as a preprint of the year before, every fourth with another title. Returns texts of files by format.
 */
export function positives() {
  const papers = LISTS.flatMap(papersOf)
  const at = new Map(papers.map(({ list, entry }, i) => [`${list}/${entry.id}`, i]))
  const bib = papers.map(
    ({ entry, list, year }, i) => `@inproceedings{p${i},
  title = {${texOf(entry.title)}},
  author = {${namesOf(entry)
    .map((name) => `${familyOf(name)}, ${givenOf(name)}`)
    .join(' and ')}},
  booktitle = {Proceedings of ${list.replace(/\d+/, '').toUpperCase()}}, year = {${year}}
}`,
  )
  const csl = papers.map(({ entry, list, year }, i) => ({
    ...{ id: `p${i}`, type: 'paper-conference', title: entry.title.toUpperCase() },
    author: namesOf(entry).map((name) => ({ family: familyOf(name), given: initialsOf(name) })),
    'container-title': `Proceedings of ${list.replace(/\d+/, '').toUpperCase()}`,
    issued: { 'date-parts': [[year]] },
  }))
  const crossref = papers.map(({ entry, year }, i) => ({
    ...{ DOI: `10.5555/p${i}`, type: 'proceedings-article', title: [entry.title] },
    author: namesOf(entry)
      .map((name) => ({ family: familyOf(name), given: givenOf(name) }))
      .reverse(),
    issued: { 'date-parts': [[year, 7, 1]] },
  }))
  const arxiv = papers.map(({ entry, year }, i) => ({
    id: `${String(year - 1).slice(2)}06.${String(10_000 + i)}`,
    title: i % 4 === 0 ? earlier(entry.title, i / 4) : entry.title,
    authors_parsed: namesOf(entry).map((name) => [familyOf(name), givenOf(name), '']),
    abstract: entry.abstract,
    categories: 'cs.LG',
    versions: [{ version: 'v1', created: `Mon, 2 Jul ${year - 1} 00:00:00 GMT` }],
  }))
  const lines = (all) => all.map((one) => JSON.stringify(one)).join('\n')
  const files = LISTS.map((list) => {
    const own = papers.filter((paper) => paper.list === list).map(({ entry }) => entry)
    return ['paperlists', `${list}.json`, JSON.stringify(own)]
  })
  return {
    count: papers.length,
    files: [
      ...files,
      ['bibtex', 'made.bib', bib.join('\n')],
      ['csl-json', 'made.json', JSON.stringify(csl)],
      ['crossref', 'made.crossref.jsonl', lines(crossref)],
      ['arxiv', 'made.arxiv.jsonl', lines(arxiv)],
    ],
    /** The number of the paper of a record; null for other records. */
    paperOf({ source, key }) {
      if (source === 'paperlists') return at.get(key) ?? null
      if (source === 'arxiv') return Number(key.split('.')[1]) - 10_000
      return Number(/(?:^|\/)p(\d+)(?:\/|$)/.exec(key)?.[1] ?? Number.NaN)
    },
  }
}

/** Pairs of records of two papers, made from the titles of a list: their kind, and how the second differs. */
const KINDS = {
  'part I, part II': (a) => [{ title: `${a.title}, Part I` }, { title: `${a.title}, Part II` }],
  'C, C++': (a) => [{ title: `${a.title} in C` }, { title: `${a.title} in C++` }],
  'plus, minus': (a) => [{ title: `${a.title} of $B^+$` }, { title: `${a.title} of $B^-$` }],
  'n<2, n>2': (a) => [{ title: `${a.title} for n<2` }, { title: `${a.title} for n>2` }],
  'A, A*': (a) => [{ title: `${a.title} with A` }, { title: `${a.title} with A*` }],
  reply: (a) => [{ title: a.title }, { title: `Reply to: ${a.title}` }],
  comment: (a) => [{ title: a.title }, { title: `Comment on "${a.title}"` }],
  erratum: (a) => [{ title: a.title }, { title: `Erratum: ${a.title}` }],
  yearly: (a) => [
    { title: `Findings of the 2019 ${a.title} Shared Task`, year: 2019 },
    { title: `Findings of the 2020 ${a.title} Shared Task`, year: 2020 },
  ],
  edition: (a) => [{ title: `${a.title}, 1st edition` }, { title: `${a.title}, 2nd edition` }],
  'other people': (a) => [
    { title: a.title, names: ['Wei Zhang', 'Yang Liu'] },
    { title: a.title, names: ['Xin Zhang', 'Li Chen'] },
  ],
  'other given name': (a) => [
    { title: a.title, names: ['Wei Zhang'] },
    { title: a.title, names: ['Xin Zhang'] },
  ],
  'DOI of the book': (a, b) => [
    { title: a.title, doi: `10.4324/${a.n}`, names: ['Ann Loom'] },
    { title: b.title, doi: `10.4324/${a.n}`, names: ['Bob Knot', 'Cy Silk'] },
  ],
  'typed wrong': (a, b) => [
    { title: a.title, arxiv: `1901.${10_000 + a.n}` },
    { title: b.title, arxiv: `1901.${10_000 + a.n}`, names: ['Bob Knot', 'Cy Silk'] },
  ],
  recurring: (a) => [
    { title: 'Introduction to the Special Issue', journal: `Journal of Looms ${a.word}` },
    {
      title: 'Introduction to the Special Issue',
      journal: `Annals of Knots ${a.word}`,
      year: 2021,
    },
  ],
  'one publisher': (a) => [
    { title: a.title, doi: `10.1000/${a.n}.1` },
    { title: a.title, doi: `10.1000/${a.n}.2` },
  ],
  'meeting, journal': (a) => [
    { title: a.title, year: 2019, meeting: 'Conference on Looms' },
    { title: a.title, year: 2020, journal: 'Journal of Knots' },
  ],
  'without and with': (a) => [
    { title: `${a.title} with Labels` },
    { title: `${a.title} without Labels` },
  ],
  'maternal, paternal': (a) => words(a, 'Maternal', 'Paternal'),
  'afferent, efferent': (a) => words(a, 'Afferent', 'Efferent'),
  'emigration, immigration': (a) => words(a, 'Emigration', 'Immigration'),
  'absorption, adsorption': (a) => words(a, 'Absorption', 'Adsorption'),
  'sulfate, sulfite': (a) => words(a, 'Sulfate', 'Sulfite'),
  'alkanes, alkenes': (a) => words(a, 'Alkane', 'Alkene'),
  'in vitro, in vivo': (a) => words(a, 'In Vitro', 'In Vivo'),
  'Part A, Part B': (a) => [{ title: `${a.title}, Part A` }, { title: `${a.title}, Part B` }],
  'first and second half': (a) => [
    { title: `${a.title}的研究（上）` },
    { title: `${a.title}的研究（下）` },
  ],
  'lens, aperture': (a) => [
    { title: `${a.title} by a Lens in the Presence of Defocusing` },
    { title: `${a.title} by an Apertured System in the Presence of Coma` },
  ],
  'data of a paper': (a) => [
    { title: a.title, names: TWO, journal: 'Journal of Looms' },
    { title: `Data from: ${a.title}`, names: TWO, type: 'dataset' },
  ],
  'expression of concern': (a) => [
    { title: a.title, journal: 'Journal of Looms' },
    { title: `Expression of Concern: ${a.title}`, journal: 'Journal of Looms' },
  ],
  'correction by the publisher': (a) => [
    { title: a.title, names: TWO, journal: 'Journal of Looms' },
    { title: `Publisher Correction: ${a.title}`, names: TWO, journal: 'Journal of Looms' },
  ],
  recommendation: (a) => [
    { title: a.title, names: TWO },
    { title: `Faculty Opinions recommendation of ${a.title}`, names: ['Cy Silk'] },
  ],
  'edition in a field': (a) => [
    { title: a.title, type: 'book', edition: '1' },
    { title: a.title, type: 'book', edition: '2nd' },
  ],
  'volumes of a book': (a) => [
    { title: a.title, type: 'book', volume: '1' },
    { title: a.title, type: 'book', volume: '2' },
  ],
  'chapters under the title of the book': (a) => [
    { title: a.title, type: 'chapter', page: '1-20' },
    { title: a.title, type: 'chapter', page: '21-40' },
  ],
  'column of a journal': (a) => [
    {
      title: 'Short Notices',
      names: [a.name],
      journal: 'Looms',
      volume: '3',
      issue: '1',
      page: '7',
    },
    {
      title: 'Short Notices',
      names: [a.name],
      journal: 'Looms',
      volume: '3',
      issue: '2',
      page: '67',
    },
  ],
  'one person on both': (a) => [
    { title: a.title, names: ['Ann Loom', 'Bob Knot', 'Cy Silk'], journal: 'Journal of Looms' },
    { title: a.title, names: ['Di Weft', 'Bob Knot', 'Ed Warp'], type: 'book', year: 2020 },
  ],
  'letters on one page': (a, b) => onePage(a.title, b.title),
  'reviews on one page': (a, b) =>
    onePage(`Review of a handbook of ${a.word}`, `Review of a handbook of ${b.word}`),
  'abstracts on one page': (a) =>
    onePage(`${a.title} by Estrogens in Weavers`, `${a.title} by Vitamins in Spinners`),
  'notes on the same two pages': (a, b) => onePage(a.title, b.title, '99-100'),
  'printed in two journals': (a) => [
    {
      title: a.title,
      names: TWO,
      journal: 'Journal of Looms',
      volume: '3',
      issue: '1',
      page: '7-9',
    },
    {
      title: a.title,
      names: TWO,
      journal: 'Annals of Knots',
      volume: '41',
      issue: '8',
      page: '207',
    },
  ],
}
/** Two pieces of one byline in one place in print. */
const onePage = (one, other, page = 'A77-A77') =>
  [one, other].map((title) => ({
    ...{ title, names: [...TWO, 'Cy Silk'], journal: 'Journal of Looms', volume: '3' },
    ...{ issue: '1', page },
  }))
const TWO = ['Ann Loom', 'Bob Knot']
const words = (a, one, other) => [{ title: `${one} ${a.title}` }, { title: `${other} ${a.title}` }]
const OF_EACH = 20

/** CSL-JSON of pairs that must stay two papers, with the kind of each. */
export function negatives() {
  const titles = listOf('icml2015')
    .map(({ title = '' }) => title)
    .filter((title) => title.split(' ').length >= 5 && !/[:?$]/.test(title))
  const pairs = Object.entries(KINDS).flatMap(([kind, make], k) =>
    Array.from({ length: OF_EACH }, (_, i) => {
      const at = (n) => ({
        title: titles[n % titles.length],
        n,
        word: `${titles[n % titles.length]}`,
        name: `Ann ${'BCDFGHJKLM'[n % 10]}${'aeiou'[n % 5]}${'bcdfghjklmnpqrstvwxz'[n % 20]}o`,
      })
      const n = k * OF_EACH + i
      // Each pair has its own title, as far as there are enough.
      return { kind, two: make(at(n), at(n + 7)), n }
    }),
  )
  const itemOf = (
    { title, names, doi, arxiv, journal, meeting, year = 2019, ...over },
    n,
    which,
  ) => ({
    ...{ id: `n${n}${which}`, title, issued: { 'date-parts': [[year]] } },
    type: journal ? 'article-journal' : arxiv ? 'article' : 'paper-conference',
    author: (names ?? [`Ann${'abcdefghij'[n % 10]} Author${'klmnopqrstuvwxyz'[n % 16]}`]).map(
      (name) => ({
        ...{ family: familyOf(name), given: givenOf(name) },
      }),
    ),
    ...(doi ? { DOI: doi } : {}),
    ...(arxiv ? { URL: `https://arxiv.org/abs/${arxiv}` } : {}),
    ...(journal || meeting ? { 'container-title': journal ?? meeting } : {}),
    ...over,
  })
  return {
    kinds: pairs.map(({ kind }) => kind),
    items: pairs.flatMap(({ two: [a, b], n }) => [itemOf(a, n, 'a'), itemOf(b, n, 'b')]),
  }
}
