/**
 * Values of a field's arguments as a request gives them: not yet read, so that anything may be in them. A cost depends on
 * numbers, booleans, enum values, the lengths of texts and lists, whether an object is given, and the `field` of an order.
 */
export type GivenArguments = Readonly<Record<string, unknown>>

/** Points; a function where they depend on the arguments, or on the list that the field belongs to. */
export type Points = number | ((args: GivenArguments, list: ListCost | undefined) => number)

/**
 * What a field costs, declared in its `extensions`. A point is about a millisecond of two cores with 300,000 papers,
 * as measured with the generated catalogue of `npm run bench`. What is not declared costs little: see `server/cost/cost.ts`.
 */
export interface FieldCost {
  /** Of the field for each of its parents, without what is selected in it. */
  each?: Points
  /** Of each entry of a list, without what is selected of it. */
  entry?: Points
  /** How many entries a list has: a number, those that its page may have, or those of the argument that is named. */
  size?: number | 'page' | { lengthOf: string } | ((args: GivenArguments) => number)
  /** True where the parent is counted as often as it has entries, and has this field once. */
  isOnce?: boolean
  /** How many entries most pages of a short list have at most, however many are asked for. */
  usualPage?: number
  /** Bytes of its value as JSON; of a field that is written for a whole page, of each entry. */
  bytes?: number | ((args: GivenArguments) => number)
  /** True for a field of a connection that reads each entry of the page. */
  isPageWide?: boolean
  /** Of counting the list that the field returns, and of each of its facets. */
  list?: { count: Points; facet: Points }
}

/** The costs of a list for the fields within it that count it: those of its field, for the arguments it has. */
export interface ListCost {
  count: number
  facet: number
  args: GivenArguments
}

/** Declares for a field's options what it costs, where it `needs` nothing. */
export const costs = (cost: FieldCost) => ({ extensions: { cost } })

/** Points of a list of papers: more with a filter, and in an order that its index does not have. */
export const listPoints =
  (plain: number, filtered: number, ordered: number): Points =>
  ({ filter, order }) => {
    const { field = 'PUBLISHED' } = (order ?? {}) as { field?: unknown }
    return plain + (filter == null ? 0 : filtered) + (field === 'PUBLISHED' ? 0 : ordered)
  }

/** Points where an argument is given, and where it is not. */
export const whenGiven =
  (name: string, given: number, otherwise: number): Points =>
  (args) =>
    args[name] == null ? otherwise : given

/** How long a text or list is, as far as that can be seen. */
export const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : value == null ? 0 : 1
