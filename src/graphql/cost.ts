/**
 * Arguments of a field as the request states them, not yet validated. A cost may depend on numbers, booleans, enum values, the lengths of
 * texts and lists, whether an object is given, and the `field` of an order.
 */
export type GivenArguments = Readonly<Record<string, unknown>>

/** Points; a function if they depend on the arguments, or on the list that contains the field. */
export type Points = number | ((args: GivenArguments, list: ListCost | undefined) => number)

/**
 * The cost of a field, declared in its `extensions`. A point is about a millisecond on two cores with 300,000 papers, measured with the
 * generated catalogue of `npm run bench`. Undeclared fields cost little: see `server/cost/cost.ts`.
 */
export interface FieldCost {
  /** Cost of the field for each of its parents, without its selection. */
  each?: Points
  /** Cost of each entry of a list, without its selection. */
  entry?: Points
  /** Number of entries of a list: a number, the page size, the length of the named argument, or a function. */
  size?: number | 'page' | { lengthOf: string } | ((args: GivenArguments) => number)
  /** True if the parent counts once for each of its entries, but has this field only once. */
  isOnce?: boolean
  /** Maximum entries of most pages of a short list, however many are requested. */
  usualPage?: number
  /** Bytes of the value as JSON; for a field computed for a whole page, bytes per entry. */
  bytes?: number | ((args: GivenArguments) => number)
  /** True for a field of a connection that reads each entry of the page. */
  isPageWide?: boolean
  /** Cost of counting the list that the field returns, and of each of its facets. */
  list?: { count: Points; facet: Points }
}

/** The costs of a list, for the fields within it that count it. */
export interface ListCost {
  count: number
  facet: number
  args: GivenArguments
}

/** Field options that declare a cost. */
export const costs = (cost: FieldCost) => ({ extensions: { cost } })

/** Points of a list of papers: higher with a filter, and with an order that has no index. */
export const listPoints =
  (plain: number, filtered: number, ordered: number): Points =>
  ({ filter, order }) => {
    const { field = 'PUBLISHED' } = (order ?? {}) as { field?: unknown }
    return plain + (filter == null ? 0 : filtered) + (field === 'PUBLISHED' ? 0 : ordered)
  }

/** Points with and without an argument. */
export const whenGiven =
  (name: string, given: number, otherwise: number): Points =>
  (args) =>
    args[name] == null ? otherwise : given

/** Length of a text or list; 1 for other values, 0 for null. */
export const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : value == null ? 0 : 1
