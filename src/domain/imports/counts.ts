/** What became of entries that were read; `read` is the sum of the others up to `rejected` but for `createdPapers`. */
export interface ImportCounts {
  read: number
  /** Entries that are new: records that made a paper, profiles, decisions, states of repositories and citations. */
  created: number
  /** Of these, the records that made a paper. */
  createdPapers: number
  updated: number
  /** Records that joined the paper of another record. */
  merged: number
  unchanged: number
  /** Records without a title that no paper of the catalogue shares an identifier with: kept until one does. */
  waiting: number
  rejected: number
  /** Of those that were not rejected: how many had to be mended, as with characters that are none. */
  repaired: number
}

export const NO_COUNTS: Readonly<ImportCounts> = {
  read: 0,
  created: 0,
  createdPapers: 0,
  updated: 0,
  merged: 0,
  unchanged: 0,
  waiting: 0,
  rejected: 0,
  repaired: 0,
}

/** Adds to `counts` what `more` has of each. */
export function addCounts(counts: ImportCounts, more: Partial<ImportCounts>): void {
  for (const name of Object.keys(NO_COUNTS) as (keyof ImportCounts)[])
    counts[name] += more[name] ?? 0
}
