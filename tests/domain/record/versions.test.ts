import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { FUNCTIONS_VERSION, functionFiles } from '../../../src/db/functions/index.ts'
import {
  type Authorship,
  CLUSTERING_VERSION,
  clusterAuthorships,
} from '../../../src/domain/identity/cluster.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { affiliationWords, titleWords } from '../../../src/domain/identity/words.ts'
import { CANDIDATES_VERSION, candidatesIn } from '../../../src/domain/record/affiliation.ts'
import { keywordUses } from '../../../src/domain/record/keywords/keyword-use.ts'
import { longName, topicKeyOf } from '../../../src/domain/record/keywords/topic-key.ts'
import {
  isTopic,
  longFormOf,
  TOPICS_VERSION,
} from '../../../src/domain/record/keywords/topic-rule.ts'
import { mergeRecords } from '../../../src/domain/record/merge/merge.ts'
import type { DecisionClaim, PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { PRECEDENCE, PRECEDENCE_VERSION } from '../../../src/domain/record/precedence.ts'
import { comparable } from '../../../src/domain/record/same/comparable.ts'
import { matchHashes } from '../../../src/domain/record/same/match-hashes.ts'
import { type Judgement, judge, MATCHING_VERSION } from '../../../src/domain/record/same/paper.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'
import { TOPIC_TERMS } from '../../../src/domain/record/topic-terms.ts'
import { findTopics } from '../../../src/domain/record/topic-vocabulary.ts'
import { groupRecords } from '../../../src/domain/write/match/group.ts'
import { paperRecord } from '../../helpers/catalogue.ts'

/**
 * The results of the rules for made-up records, by the version of the rules. If a result changes, the version must be raised, because only
 * then are existing catalogues remade: `vitest run tests/domain/record/versions.test.ts -u` writes the file of the new version; delete that
 * of the old one. The recipe is in src/domain/record/README.md.
 */
const FOLDER = fileURLToPath(new URL('./versions', import.meta.url))

const people = (...names: string[]) =>
  names.map((name) => ({ name, identifiers: [], affiliation: null }))
const year = (on: number) => ({ on: `${on}-01-01`, precision: 'year' as const })
const doi = (value: string) => ({ scheme: 'doi' as const, value })
const arxiv = (value: string) => ({ scheme: 'arxiv' as const, value })
const venue = (slug: string, kind: 'journal' | 'conference') => ({
  ...{ slug, name: `The ${slug} of weavers`, acronym: null, kind },
})

const decided = (claim: Partial<DecisionClaim>): DecisionClaim => ({
  ...{ venue: venue('meeting', 'conference'), year: 2021, ...claim },
})

const ABSTRACT =
  'We weave cloth of warp and weft on looms of oak, once by hand and once by machine.'

const BASES: Record<string, Partial<PaperRecord>> = {
  plain: {
    title: 'Weaving many threads on a small loom',
    authors: people('Ann Smith', 'Bob Jones'),
  },
  signs: { title: 'Learning to Weave in C++', authors: people('Ann Smith', 'Bob Jones') },
  bare: { title: 'Learning to Weave in C', authors: people('Ann Smith', 'Bob Jones') },
  recurring: { title: 'Editorial', authors: people('Ann Smith') },
  part: { title: 'Weaving theory, Part I', authors: people('Wei Zhang', 'Li Wang') },
  other: { title: 'Weaving theory, Part II', authors: people('Wei Zhang', 'Li Wang') },
  less: { title: 'Looms with k < 3 threads', authors: people('Ann Smith', 'Bob Jones') },
  signless: { title: 'Looms with k 3 threads', authors: people('Ann Smith', 'Bob Jones') },
  formula: { title: 'A search for $D^+ \\to \\mu\\nu$ decays', authors: people('Émile Żak') },
  cjk: { title: '中文标题测试论文研究方法', authors: people('李四', '王五') },
  short: { title: 'Looms', authors: people('Þór O‘Brien', 'Carl Dee') },
  anonymous: { title: 'Weaving by the light of the moon' },
  told: {
    title: 'Warp and weft of cloth',
    authors: people('Ann Smith', 'Bob Jones'),
    abstract: `${ABSTRACT} The second is stronger, as we show by washing both of them a hundred times.`,
  },
  retold: {
    title: 'Threads that cross each other',
    authors: people('Ann Smith', 'Bob Jones'),
    abstract: `${ABSTRACT} It lasts for years where nobody wears it, and else for a summer or so.`,
  },
  letter: {
    title: 'Zinc in the diet of trout',
    authors: people('Ann Smith', 'Bob Jones', 'Cy Young'),
  },
  review: {
    title: 'Nomenclature of orchids',
    authors: people('Ann Smith', 'Bob Jones', 'Cy Young'),
  },
  translated: {
    title: 'Zink in der Nahrung der Forelle',
    authors: people('Ann Smith', 'Bob Jones', 'Cy Young'),
  },
  brief: { title: 'Blind looms', authors: people('Ann Smith', 'Bob Jones') },
  subtitled: {
    title: 'Blind looms: a virtual eye for weaving in the dark',
    authors: people('Ann Smith', 'Bob Jones'),
  },
  wide: { title: 'Warp and weft of cloth on looms', authors: people('Ann Smith', 'Bob Jones') },
}

/** Equal to the one that `typo` states, except for rounding. */
const NEARLY_RATED = decided({ outcome: 'accepted', rating: { mean: 7.29, count: 4 } })

const VARIANTS: Record<string, (base: Partial<PaperRecord>) => Partial<PaperRecord>> = {
  preprint: (base) => ({
    ...{ ...base, source: 'arxiv', kind: 'preprint', published: year(2020) },
    identifiers: [arxiv('2001.00001')],
  }),
  conference: (base) => ({
    ...{ ...base, source: 'crossref', kind: 'conference_paper', published: year(2021) },
    ...{ identifiers: [doi('10.1000/conf.1')], venue: venue('meeting', 'conference') },
    hasMoreAuthors: true,
    decisions: [
      decided({ outcome: 'accepted', presentation: 'oral', award: 'Best Paper' }),
      NEARLY_RATED,
    ],
  }),
  journal: (base) => ({
    ...{ ...base, source: 'openalex', kind: 'journal_article', published: year(2022) },
    ...{ identifiers: [doi('10.2000/jour.1')], venue: venue('journal', 'journal') },
    publication: { container: 'The journal of weavers', volume: '3', number: '2', pages: '1–9' },
    isRetracted: true,
    events: [{ kind: 'retraction', on: '2023-05-01' }],
  }),
  shouted: (base) => ({
    ...{ ...base, source: 'tagged', kind: 'journal_article', published: year(2022) },
    venue: { ...venue('journal', 'journal'), name: 'JOURNAL' },
  }),
  volume: (base) => ({
    ...{ ...base, source: 'ris', kind: 'journal_article', published: year(2022) },
    venue: venue('journal', 'journal'),
    publication: { container: 'The journal of weavers', volume: '4', number: '1', pages: '20–29' },
    // On the day of the retraction that another source states.
    events: [{ kind: 'reinstatement', on: '2023-05-01' }],
  }),
  typo: (base) => ({
    ...{ ...base, source: 'bibtex', kind: 'conference_paper', published: year(2021) },
    title: base.title?.replace('e', 'ee') ?? '',
    // The first agrees with the others, and the second does not.
    decisions: [
      decided({ outcome: 'accepted', session: 'Looms', rating: { mean: 7.25, count: 4 } }),
      decided({ outcome: 'accepted', presentation: 'poster', status: 'Accept (Poster)' }),
    ],
    venue: venue('meeting', 'conference'),
  }),
  initials: (base) => ({
    ...{
      ...base,
      source: 'csv',
      kind: 'other',
      published: year(2021),
      title: base.title?.toUpperCase() ?? '',
    },
    authors: (base.authors ?? []).map((author) => ({
      ...author,
      name: author.name.replace('Þór O‘', 'Thor O').replace(/^(\p{L})\S* /u, '$1. '),
    })),
  }),
  others: (base) => ({
    ...{ ...base, source: 's2', kind: 'conference_paper', published: year(2021) },
    authors: people('Xin Smith', 'Eve Gee'),
  }),
  claimed: (base) => ({
    ...{ ...base, source: 'pwc', kind: 'conference_paper', published: year(2021) },
    ...{ title: 'Something else about spinning wheels', identifiers: [doi('10.1000/conf.1')] },
  }),
}

const RECORDS = Object.entries(BASES).flatMap(([name, base]) =>
  Object.entries(VARIANTS).map(([variant, vary]) => {
    const over = Object.fromEntries(
      Object.entries(vary(base)).filter(([, value]) => value !== undefined),
    )
    return {
      name: `${name} ${variant}`,
      record: paperRecord({ key: `${name}-${variant}`, ...over }),
    }
  }),
)

/** Papers shown at two events of a meeting, with an id for each event: only the rules for the same paper apply. */
const SHOWN = ['plain', 'short', 'recurring', 'signs'].flatMap((base, i) =>
  (['poster', 'oral', 'poster'] as const).map((presentation, j) => {
    const identifiers = [{ scheme: 'neurips' as const, value: `2021/${10 * i + j}` }]
    const over = { ...VARIANTS.conference?.(BASES[base] ?? {}), identifiers }
    return {
      name: `${base} ${presentation} ${j}`,
      record: paperRecord({
        ...{ key: `meeting2021/${10 * i + j}`, ...over, source: 'paperlists' },
        decisions: [decided({ outcome: 'accepted', presentation })],
      }),
    }
  }),
)

const WELL_USED = { papers: 90, said: 90, inTitle: 90, groups: 90, titleGroups: 90 }
const KEYWORDS = [
  ...['LLMs', 'llms large language models', 'Large Language Models (LLMs)', 'multi modal LLM'],
  ...['TTS', 'Low-Rank Adaptation (LoRA)', 'chain-of-thought', 'colour analyses', 'C++', 'C#'],
  ...[
    'Computer Vision: Tracking',
    'time-series',
    'RNNs',
    'benchmark',
    'imported',
    '机器翻译',
    'data',
  ],
]
const TEXTS = [
  [
    'Weaving with Large Language Models',
    'We study machine translation. Speech recognition is like that. We scale at test time (TTS).',
  ],
  ['Test-time scaling (TTS) of looms', 'A survey of RNNs and C++, such as robots and LLMs.'],
  ['Multi-modal LLMs in colour', null],
  ['Multi-Object Tracking', 'Diffusion models draw. Images are drawn by diffusion models.'],
] as const

/** A character for each verdict: 1 to 9 for the certainty of a match, and capitals for two different papers. */
function signOf({ strength, isApart, reason }: Judgement): string {
  if (strength > 0) return String(Math.min(9, Math.max(1, Math.round(strength * 9))))
  const sign = {
    contradiction: 'c',
    other_identifier: 'i',
    other_place: 'p',
    doubt: '.',
    decision: 'd',
  }[reason]
  return isApart ? sign.toUpperCase() : sign
}

/** The file of a version; files of other versions are deleted. */
async function expectVersion(rules: string, version: number, outcome: string): Promise<void> {
  await expect(
    outcome,
    `The ${rules} rules have another outcome than before: raise their version (see src/domain/record/README.md)`,
  ).toMatchFileSnapshot(`./versions/${rules}-${version}.txt`)
  const old = readdirSync(FOLDER).filter(
    (file) => file.startsWith(`${rules}-`) && file !== `${rules}-${version}.txt`,
  )
  expect(old, `Delete the files of other versions in ${FOLDER}`).toEqual([])
}

/** A new record. */
const UNPLACED = {
  ...{ paperId: null, mintedId: null, decided: null },
  ...{ isMoving: true, isSplitOff: false },
}

test('the rules for the same paper give the result of their version', async () => {
  const records = [...RECORDS, ...SHOWN]
  const compared = records.map(({ record }) => comparable(record))
  const rows = compared.map((one, i) =>
    compared
      .slice(0, i)
      .map((other) => signOf(judge(one, other)))
      .join(''),
  )
  const lines = records.map(({ name }, i) => `${name.padEnd(22)}${rows[i]}`.trimEnd())
  // Stored hashes are compared with those of later records, so they are part of the rules.
  const hashes = compared.map((one, i) => {
    const { title, byline, initials } = matchHashes(one)
    const brief = [title, byline, initials].map((hash) => hash?.slice(-6) ?? '-').join(' ')
    return `${records[i]?.name.padEnd(22)}${brief}`
  })
  const groups = [RECORDS, SHOWN].flatMap((all) =>
    groupRecords(all.map(({ name, record }) => ({ name, record, ...UNPLACED }))),
  )
  const papers = groups.map(({ members }) => members.map(({ name }) => name).join(' + '))
  const parts = [lines, hashes, papers.toSorted()].map((part) => part.join('\n'))
  await expectVersion('matching', MATCHING_VERSION, `${parts.join('\n\n')}\n`)
})

/** The day on which a preprint appeared, if a source dates it later than an index does. */
function dayBeside(source: string): string | null {
  const on = (day: string) => ({ on: `2020-03-${day}`, precision: 'day' as const })
  const preprints = [
    paperRecord({ source, published: on('05') }),
    paperRecord({ source: 'index', published: on('01') }),
  ]
  return mergeRecords(preprints).appearedOn
}

test('the rules of precedence give the result of their version', async () => {
  const lines = Object.keys(BASES).map((base) => {
    const records = RECORDS.flatMap(({ name, record }) =>
      name.startsWith(`${base} `) ? record : [],
    )
    return JSON.stringify(mergeRecords(records))
  })
  const sources = JSON.stringify(PRECEDENCE, null, 1)
  const days = PRECEDENCE.facts.map((source) => `${source} ${dayBeside(source)}`)
  const outcome = [...lines, ...days, sources].join('\n')
  await expectVersion('precedence', PRECEDENCE_VERSION, `${outcome}\n`)
})

test('the rules of topics give the result of their version', async () => {
  const keys = KEYWORDS.map((name) => JSON.stringify([name, topicKeyOf(name), longName(name)]))
  const texts = TEXTS.map(([title, abstract]) => {
    const found = findTopics(title, abstract).map(({ slug, score }) => `${slug} ${score}`)
    return JSON.stringify([title, found, keywordUses(KEYWORDS, title, abstract)])
  })
  const uses = [1, 2, 3, 10].flatMap((groups) =>
    [0, 1, 2, 3, 10].flatMap((titleGroups) =>
      [10, 40, 200].map((papers) => {
        const support = { papers, groups, titleGroups, said: groups, inTitle: titleGroups }
        return `${papers} ${groups} ${titleGroups} ${isTopic('loom', support)}`
      }),
    ),
  )
  const forms = [[2], [4, 1], [3, 1], [1]].map((counts) =>
    longFormOf(new Map(counts.map((count, i) => [`loom ${i}`, count]))),
  )
  const words = createHash('sha256').update(TOPIC_TERMS).digest('hex').slice(0, 16)
  const generic = KEYWORDS.map((name) => isTopic(topicKeyOf(name).key, WELL_USED))
  const lines = [`vocabulary ${words}`, ...keys, ...texts, ...uses, forms.join(), generic.join()]
  await expectVersion('topics', TOPICS_VERSION, `${lines.join('\n')}\n`)
})

test('the functions of the database match their version', async () => {
  const lines = functionFiles().map(({ name, hash }) => `${name} ${hash.slice(0, 16)}`)
  await expectVersion('functions', FUNCTIONS_VERSION, `${lines.join('\n')}\n`)
})

/** Names of one family name, from rare to frequent, with initials, other orders and forms that are not one person. */
const NAMES = [
  ['Zebulon Quirrell', 'Z. Quirrell', 'Zebulon R. Quirrell', 'Zachary Quirrell'],
  ['Wei Zhang', 'W. Zhang', 'Zhang Wei', 'Wei-Lin Zhang'],
  ['José García', 'Jose Garcia', 'J. M. García', 'García, José'],
  ['Anna Smith', 'Ann Smith', 'A. Smith', 'Anna Smith Jr.'],
  ['Mary Council', 'M. B. Council', 'Mary B. Council', 'Martha Council'],
]
const AFFILIATIONS = [
  ...['School of Software, Kleve University, Kleve, Germany', 'Kleve University', 'Loom Research'],
  ...['CNRS', 'Institut de Tissage, Université de Lyon', '清华大学', 'Univ. of Weaving 45431, USA'],
  'Dept. of Physics, Loom Hospital, University of Kleve',
]
/** Further data of a byline beside its name. */
const SAID: Partial<Authorship>[] = [
  {},
  { affiliation: affiliationWords(AFFILIATIONS[0] ?? null) },
  { affiliation: affiliationWords(AFFILIATIONS[1] ?? null), venue: 'looms' },
  { coAuthors: new Set([nameKey('Ann Ostermeier')]), titleWords: titleWords('Weaving of lakes') },
  { coAuthors: new Set(['Ann Ostermeier', 'Bo Quirrell', 'Jing Wang'].map(nameKey)), year: 1999 },
  { titleWords: titleWords('Turbid lakes under weaving'), topics: new Set(['weaving']) },
  { topics: new Set(['weaving', 'deep-learning']), venue: 'looms', owners: new Set(['loomers']) },
  { identifiers: ['orcid:1'], owners: new Set(['loomers']), year: 1900 },
]

function authorshipOf(printed: string, said: Partial<Authorship>, at: number): Authorship {
  const name = parsePersonName(printed)
  if (!name) throw new Error(`${printed} is not the name of a person.`)
  const nothing = { coAuthors: new Set<string>(), affiliation: new Set<string>() }
  return {
    ...{
      key: String(at).padStart(3, '0'),
      tie: '',
      unit: null,
      identifiers: [],
      isSplitOff: false,
    },
    ...{
      paperId: at,
      name,
      ...nothing,
      titleWords: new Set(),
      topics: new Set(),
      owners: new Set(),
    },
    ...{ year: 2020, venue: null, rank: null, ...said },
  }
}

const clustersOf = (block: readonly Authorship[]) =>
  clusterAuthorships(block)
    .map(
      ({ members, confidence }) =>
        `${members.length}${confidence === null ? '' : `:${confidence.toFixed(4)}`}`,
    )
    .join('+')

test('the rules for people give the result of their version', async () => {
  const lines = NAMES.flatMap((names) => {
    const block = names.flatMap((name, n) =>
      SAID.map((said, i) => authorshipOf(name, said, n * SAID.length + i)),
    )
    const pairs = block.map((one, i) =>
      block
        .slice(0, i)
        .map((other) => clustersOf([one, other]).replace('1+1', '.'))
        .join(' '),
    )
    return [`${names[0]}: ${clustersOf(block)}`, ...pairs.slice(1)]
  })
  await expectVersion('clustering', CLUSTERING_VERSION, `${lines.join('\n')}\n`)
})

test('the parts of affiliations that may name an institution match their version', async () => {
  const lines = AFFILIATIONS.map((text) =>
    JSON.stringify([text, candidatesIn(text).map((one) => one.text)]),
  )
  await expectVersion('candidates', CANDIDATES_VERSION, `${lines.join('\n')}\n`)
})

test('the guide names the version of every rule', () => {
  const root = fileURLToPath(new URL('../../../src', import.meta.url))
  const files = globSync('{domain,db}/**/*.ts', { cwd: root, absolute: true })
  const versions = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^export const (\w+_VERSION) = \d+$/gm)].map(
      ([, name = '']) => name,
    ),
  )
  const guide = readFileSync(`${root}/domain/record/README.md`, 'utf8')
  expect(versions.length).toBeGreaterThan(4)
  expect(versions.filter((name) => !guide.includes(`| \`${name}\``))).toEqual([])
})
