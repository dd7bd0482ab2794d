/** Entries of a page where a query does not say how many. */
export const DEFAULT_PAGE = 20

/** Entries of a list that is not paged, in the same case. */
export const DEFAULT_TOP = 10

/** Most entries of either. */
export const MOST_ROWS = 100
