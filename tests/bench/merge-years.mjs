import { listNames, listOf } from './merge-sets.mjs'

/** Number of papers of each kind below. */
const OF_EACH = 20

/** Submissions that iclr2018 rejected, with several authors, an abstract and a unique title. */
const submissions = () =>
  listOf('iclr2018').filter(
    ({ title = '', author = '', abstract = '', status = '' }) =>
      /reject|withdraw/i.test(status) &&
      title.split(' ').length >= 5 &&
      author.includes(';') &&
      abstract.length > 400,
  )

const namesOf = ({ author }) => author.split(';').map((name) => name.trim())
const initialled = (name) => name.replace(/^(\p{L})[^\s-]*/u, '$1.')
const rewritten = (abstract) =>
  abstract
    .split('. ')
    .slice(0, -1)
    .concat('We extend the experiments of an earlier version')
    .join('. ')

/** Later appearances of a submission of 2018: the list, and its values there. */
const AGAIN = {
  'accepted elsewhere': (e) => ({ list: 'nips2018', title: e.title }),
  'accepted a year later': (e) => ({ list: 'iclr2019', title: e.title, id: `B${e.id}` }),
  'turned down again': (e) => ({
    list: 'iclr2019',
    title: e.title,
    id: `C${e.id}`,
    status: 'Reject',
  }),
  'one more author': (e) => ({
    list: 'icml2019',
    title: e.title,
    author: [...namesOf(e), 'Wanda Newcomer'].join('; '),
  }),
  'byline turned round': (e) => ({
    list: 'aaai2019',
    title: e.title,
    author: namesOf(e).reverse().join('; '),
  }),
  initials: (e) => ({
    list: 'uai2018',
    title: e.title,
    author: namesOf(e).map(initialled).join('; '),
  }),
  'another title, the abstract kept': (e) => ({
    list: 'icml2018',
    title: `Towards ${e.title.split(' ').slice(1).join(' ')}`,
    abstract: rewritten(e.abstract),
  }),
  'a subtitle more': (e) => ({
    list: 'icml2018',
    title: `${e.title}: A Closer Look`,
    abstract: rewritten(e.abstract),
  }),
  'a preprint meanwhile': (e) => ({ list: 'arxiv', title: e.title }),
}

/** Pairs of two papers on lists of one or two years: their lists and values. */
const APART = {
  'tutorial of each year': (e, o) => [
    { list: 'acl2019', title: 'Tutorials', author: namesOf(e).join('; ') },
    { list: 'acl2020', title: 'Tutorials', author: namesOf(o).join('; ') },
  ],
  'findings of each year': (e) =>
    [2019, 2020].map((year) => ({
      list: `emnlp${year}`,
      title: `Overview of the ${e.title.split(' ').slice(0, 3).join(' ')} Shared Task`,
      author: e.author,
    })),
  'number of the year': (e) =>
    [2019, 2020].map((year) => ({
      list: `emnlp${year}`,
      title: `${e.title} at Task ${year}`,
      author: e.author,
    })),
  'second part a year later': (e) =>
    ['', ' II'].map((part, i) => ({
      list: `icml${2018 + i}`,
      title: `${e.title}${part}`,
      author: e.author,
    })),
  'other people under one title': (e, o) =>
    [e, o].map(({ author }, i) => ({ list: `icml${2018 + i}`, title: e.title, author })),
  'other people at one meeting': (e, o) =>
    [e, o].map(({ author }) => ({ list: 'aaai2020', title: e.title, author })),
  'accepted twice, years apart': (e) =>
    [2014, 2019].map((year) => ({ list: `cvpr${year}`, title: e.title, author: e.author })),
  'the same people, another subject': (e, o) =>
    [e, o].map(({ title }, i) => ({ list: `icml${2018 + i}`, title, author: e.author })),
}

/** Lists of several years: papers that return, and papers that only seem to. */
export function years() {
  const all = submissions()
  const byList = new Map()
  const put = ({ list, ...entry }, number) => {
    const id = entry.id ?? `${list}x${number}`
    const site = list.startsWith('iclr') ? { site: `https://openreview.net/forum?id=${id}` } : {}
    byList.set(list, [...(byList.get(list) ?? []), { status: 'Poster', ...site, ...entry, id }])
    return `${list}/${id}`
  }
  const [pairs, apart] = [[], []]
  for (const [k, [kind, make]] of Object.entries(AGAIN).entries())
    for (let i = 0; i < OF_EACH; i++) {
      const entry = all[k * OF_EACH + i]
      const { id, title, author, abstract, status } = entry
      put({ list: 'iclr2018', id, title, author, abstract, status })
      const next = { author, abstract, ...make(entry) }
      pairs.push({ kind, ids: [`iclr2018/${id}`, put(next, k * OF_EACH + i)] })
    }
  const [own, other] = [all.slice(-2 * OF_EACH, -OF_EACH), all.slice(-OF_EACH)]
  for (const [k, [kind, make]] of Object.entries(APART).entries())
    for (let i = 0; i < OF_EACH; i++) {
      const [e, o] = k % 2 === 0 ? [own[i], other[i]] : [other[i], own[i]]
      const two = make({ ...e, title: `${e.title} ${WORDS[k]}` }, o)
      apart.push({ kind, ids: two.map((one, n) => put(one, `a${k * OF_EACH + i}${'ab'[n]}`)) })
    }
  for (const { kind, isOne, entries } of twiceInLists()) {
    const ids = entries.map((entry) => put(entry, 0))
    ;(isOne ? pairs : apart).push({ kind, ids })
  }
  const files = [...byList].map(([list, entries]) =>
    list === 'arxiv'
      ? ['arxiv', 'years.jsonl', entries.map(asArxiv).join('\n')]
      : ['paperlists', `${list}.json`, JSON.stringify(entries)],
  )
  return { files, pairs, apart }
}

/** Real entries of two lists with the same letters in their titles: one paper if they share two names, two papers if they share none. */
function twiceInLists() {
  const byTitle = new Map()
  for (const list of listNames())
    for (const entry of listOf(list)) {
      const letters = (entry.title ?? '')
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '')
      if (letters && entry.id)
        byTitle.set(letters, [...(byTitle.get(letters) ?? []), { ...entry, list }])
    }
  return [...byTitle.values()].flatMap(([a, b, ...more]) => {
    if (!b || more.length > 0 || a.list === b.list) return []
    const known = new Set(peopleOf(a))
    const shared = peopleOf(b).filter((name) => known.has(name)).length
    if (shared === 1 || known.size === 0 || peopleOf(b).length === 0) return []
    return [{ kind: 'real entries of two lists', isOne: shared > 1, entries: [a, b] }]
  })
}

const peopleOf = ({ author = '' }) =>
  author
    .split(';')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)

/** Each kind has its own titles. */
const WORDS = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot', 'Golf', 'Hotel']

const asArxiv = ({ title, author, abstract, id }) =>
  JSON.stringify({
    ...{ id: arxivId(id), title, abstract, categories: 'cs.LG' },
    authors_parsed: namesOf({ author }).map((name) => [
      name.split(' ').at(-1),
      name.split(' ').slice(0, -1).join(' '),
      '',
    ]),
    versions: [{ version: 'v1', created: 'Mon, 2 Jul 2018 00:00:00 GMT' }],
  })
const arxivId = (id) => `1807.${10_000 + Number(/\d+$/.exec(id)?.[0])}`

/** The id that `years` gave to an entry, from the key of its record. */
export const yearsId = ({ source, key }) =>
  source === 'arxiv'
    ? `arxiv/arxivx${Number(key.split('.')[1]) - 10_000}`
    : key.replace(/^neurips/, 'nips')
