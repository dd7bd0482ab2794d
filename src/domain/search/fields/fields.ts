import { author } from './author.ts'
import { published, updated } from './days.ts'
import { area, award, decidedAt, rating, session } from './decisions.ts'
import type { Meaning, SearchField, SearchTerm } from './field.ts'
import { language } from './language.ts'
import { has, is } from './marks.ts'
import { affiliation, keyword, TERM, topic, venue } from './names.ts'
import { access } from './statements.ts'
import { cites, lang, stars, year } from './values.ts'

/** Fields that search for words in one of a paper's texts. */
const TEXT_FIELDS = ['title', 'abstract'] as const
export type TextFieldName = (typeof TEXT_FIELDS)[number]

/**
 * The other fields, by their names in a query. Add a new field here and nowhere else: parsing, printing, hints, descriptions and statements
 * take it from here.
 */
const OTHERS = {
  ...{ author, affiliation, topic, keyword, venue, year, has, is, stars, cites, lang },
  ...{ award, session, area, rating, published, updated, language, access },
}
export type FieldName = keyof typeof OTHERS

/** A field by its name. Its values have a type that only the field itself knows. */
export const fieldOf = (name: FieldName): SearchField<unknown> =>
  OTHERS[name] as SearchField<unknown>

export const isTextField = (name: string): name is TextFieldName =>
  TEXT_FIELDS.includes(name as TextFieldName)
export const isField = (name: string): name is FieldName => Object.hasOwn(OTHERS, name)

/** The names of all fields, in the order of messages. */
export const FIELD_NAMES: readonly (FieldName | TextFieldName)[] = [
  ...TEXT_FIELDS,
  ...(Object.keys(OTHERS) as FieldName[]),
]

/** The expected value of a field, for messages. */
export const expectedOf = (name: FieldName | TextFieldName): string =>
  isTextField(name) ? TERM : fieldOf(name).expected

/** Examples of all fields, with the papers that they find, for documentation. */
export const FIELD_EXAMPLES: readonly [query: string, papers: string][] = [
  ['title:graph', 'with the word in the title'],
  ['abstract:"random walk"', 'with the phrase in the abstract'],
  ...Object.values(OTHERS).flatMap(({ examples }) => examples),
]

/** The papers that a value of a field finds. */
export function meaningOf({ field, value, venue }: Asked): Meaning {
  const meaning = fieldOf(field).meaning(value)
  return venue ? decidedAt(meaning, venue) : meaning
}

interface Asked {
  field: FieldName
  value: unknown
  /** The venue that made a decision. */
  venue?: SearchTerm
}
