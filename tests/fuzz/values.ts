import {
  type GraphQLInputType,
  type GraphQLNonNull,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { Random } from './random.ts'

/** Values of earlier answers, for use in later queries. */
export interface Harvest {
  cursors: string[]
  /** Global ids, by the type in them. */
  ids: Record<string, string[]>
  texts: string[]
}

/** A value of an enum, which a literal writes without quotes. */
export class Word {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Maximum number of stored values of each kind; later values replace earlier ones. */
const MOST_KEPT = 400

export function createHarvest(): Harvest {
  return { cursors: [], ids: {}, texts: [] }
}

/** Stores cursors, ids and short texts of an answer. */
export function gather(random: Random, harvest: Harvest, value: unknown): void {
  if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) gather(random, harvest, one)
  else if (typeof value === 'string' && value.length <= 200)
    keep(random, placeOf(harvest, value), value)
}

const GLOBAL_ID = /^([A-Z][a-z]+):\d+$/
const TYPE_NAME = /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/

function placeOf(harvest: Harvest, value: string): string[] {
  const decoded = Buffer.from(value, 'base64').toString()
  const type = GLOBAL_ID.exec(decoded)?.[1]
  if (type) {
    harvest.ids[type] ??= []
    return harvest.ids[type]
  }
  if (decoded.startsWith('[1,"')) return harvest.cursors
  return TYPE_NAME.test(value) ? [] : harvest.texts
}

function keep(random: Random, kept: string[], value: string): void {
  if (kept.length < MOST_KEPT) kept.push(value)
  else kept[random.whole(MOST_KEPT)] = value
}

const STRANGE = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '"',
    '\\',
    "'",
    '%',
    '_',
    '\n\t',
    '\u2028',
    '\u{1f600}',
    'é',
    'e\u0301',
  ],
  ...[
    'null',
    '-1',
    '1e3',
    '{}',
    '[]',
    '__proto__',
    'constructor',
    '\ud800',
    '\u202e',
    'x'.repeat(300),
  ],
  ...[
    'AND',
    '"open',
    'a OR',
    '(a',
    'author:',
    'title:"',
    '-x',
    '*',
    'year:2015..',
    'topic:clustering',
  ],
  ...['0000-01-01', '2020-02-30', '9999-12-31', '10000-01-01', '2020-13', '2015-06-01', '2015-06'],
  ...[
    'WzEsInBhcGVycy5wdWJsaXNoZWQuZGVzYyIsIjIwMjAtMDItMDIiLDdd',
    'W10',
    'UGFwZXI6MQ==',
    'UGFwZXI6OTk5OTk5OTk5',
  ],
  ...['UGFwZXI6', 'QXV0aG9yOjE=', 'Tm9uZTox', 'UGFwZXI6MTg0NDY3NDQwNzM3MDk1NTE2MTU='],
]

const WORDS = [
  ...[
    'neural',
    'parser',
    'weather sparse',
    '"zonal case"',
    'author:Turing',
    'Ada Lovelace',
    'tru',
    'cl',
  ],
  ...[
    'An Introduction to Everything',
    'The neural case of 1',
    'topic:clustering',
    'year:2015..2018',
    'a',
  ],
]
const PAPERS = [
  'arXiv:2101.00001',
  '2101.00011',
  'https://arxiv.org/abs/2101.00007v2',
  'arXiv:2101.99999',
]
const AUTHORS = ['0000-0002-1825-0097', 'https://aclanthology.org/people/alan-turing/']
const REPOSITORIES = ['https://github.com/example/alpha', 'example/beta', 'example/none']
const TOPICS = ['clustering', 'machine-learning', 'calibration', 'time-series', 'chess-endgames']

/** Texts that an argument accepts, by the names of its field, itself and the input fields that lead to it. */
const TEXTS: [path: RegExp, known: readonly string[], ids?: string][] = [
  [/^repository |repositor/i, REPOSITORIES, 'Repository'],
  [/^author ref|\bauthors? |coAuthor/i, AUTHORS, 'Author'],
  [/\bref|\bfrom$|\bto$|\blike$|paper.*id/i, PAPERS, 'Paper'],
  [/venue/i, ['acl', 'icml', 'jmlr', 'weather']],
  [/topic|\bslug|\bwith$|\bany$|\ball$|\bnone$/i, TOPICS],
  [/languages/i, ['Python', 'Rust', 'C++']],
  [/style/i, ['apa', 'harvard1', 'vancouver']],
  [/source/i, ['test', 's2']],
  [/^import /i, ['SW1wb3J0OjE='], 'Import'],
]

const PAGES = [0, 1, 1, 2, 2, 2, 3, 3, 3, 5, 7, 20]
const WRONG_PAGES = [-1, 101, 1000, 2147483647, -2147483648]
const FLOATS = [0, 1, 0.5, -1, 1e-7, 1e21, 0.1, 3]

export interface ValueMaker {
  random: Random
  harvest: Harvest
}

/** A value for an argument or an input field at the given path; sometimes an invalid one. */
export function makeValue(
  maker: ValueMaker,
  type: GraphQLInputType,
  path: string,
  depth = 0,
): unknown {
  const { random } = maker
  if (random.chance(isNonNullType(type) ? 0.003 : 0.05)) return null
  return presentValue(maker, getNullableType(type) as NullableInputType, path, depth)
}

type NullableInputType = Exclude<GraphQLInputType, GraphQLNonNull<never>>

function presentValue(
  maker: ValueMaker,
  type: NullableInputType,
  path: string,
  depth: number,
): unknown {
  const { random } = maker
  if (random.chance(0.003)) return random.pick<unknown>(['wrong', 1.5, true, [], {}])
  if (isListType(type)) {
    if (random.chance(0.1)) return makeValue(maker, type.ofType, path, depth + 1)
    const length = random.pick([0, 1, 1, 2, 2, 3])
    return Array.from({ length }, () => makeValue(maker, type.ofType, path, depth + 1))
  }
  if (isEnumType(type)) return new Word(random.pick(type.getValues()).name)
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const chosen = random.some(fields, depth > 2 ? 0 : 1, depth > 2 ? 1 : 3)
    const needed = fields.filter((one) => isRequiredInputField(one) && !chosen.includes(one))
    return Object.fromEntries(
      [...chosen, ...needed].map((one) => [
        one.name,
        makeValue(maker, one.type, `${path} ${one.name}`, depth + 1),
      ]),
    )
  }
  return scalarValue(maker, type.name, path)
}

function scalarValue({ random, harvest }: ValueMaker, type: string, path: string): unknown {
  switch (type) {
    case 'Int':
      if (/ (?:first|last)$/.test(path))
        return random.pick(random.chance(0.04) ? WRONG_PAGES : PAGES)
      if (/year/i.test(path)) return random.pick(YEARS)
      return random.pick(random.chance(0.1) ? WRONG_PAGES : PAGES)
    case 'Float':
      return random.pick(FLOATS)
    case 'Boolean':
      return random.chance(0.5)
    case 'Date':
      return random.pick(random.chance(0.1) ? WRONG_DAYS : DAYS)
    case 'Month':
      return random.pick(random.chance(0.1) ? ['2020-13', '0000-01'] : ['2014-01', '2020-12'])
    case 'Week':
      return random.pick(random.chance(0.1) ? ['2025-W53', '0000-W01'] : ['2014-W01', '2020-W53'])
    case 'DateTime':
      return random.pick(['2020-01-01T00:00:00Z', '2026-01-01T00:00:00.123+02:00', 'today'])
    default:
      return textValue(random, harvest, path)
  }
}

const YEARS = [2014, 2015, 2016, 2020, 2022, 1900, 0, -1, 9999, 10_000, 2147483647]
const DAYS = ['2014-01-01', '2016-06-30', '2018-03-03', '2021-12-31', '0001-01-01', '9999-12-31']
const WRONG_DAYS = ['2020-02-30', '0000-01-01', '10000-01-01', 'x']

function textValue(random: Random, harvest: Harvest, path: string): string {
  if (random.chance(0.03)) return random.pick(STRANGE)
  const { cursors, ids, texts } = harvest
  if (/ (?:after|before)$/.test(path)) return cursorValue(random, cursors, path)
  if (/ ids?$/.test(path) && !path.startsWith('import')) {
    const all = Object.values(ids).flat()
    return random.pick(all.length > 0 ? all : STRANGE)
  }
  const [, known = WORDS, type = ''] = TEXTS.find(([form]) => form.test(path)) ?? []
  const own = ids[type] ?? []
  if (own.length > 0 && random.chance(0.5)) return random.pick(own)
  if (known === WORDS && texts.length > 0 && random.chance(0.5)) return random.pick(texts)
  return random.pick(known)
}

/** Usually a cursor of a list with the name of the field. */
function cursorValue(random: Random, cursors: string[], path: string): string {
  const field = path.slice(0, path.indexOf(' '))
  const own = cursors.filter((one) => Buffer.from(one, 'base64url').includes(field.slice(0, 5)))
  const known = own.length > 0 && random.chance(0.85) ? own : cursors
  return random.pick(known.length > 0 ? known : STRANGE)
}
