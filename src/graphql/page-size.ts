/** Entries of a page if a query does not state a number. */
export const DEFAULT_PAGE = 20

/** The same for a list without pages. */
export const DEFAULT_TOP = 10

/** Maximum entries of either. */
export const MOST_ROWS = 100
