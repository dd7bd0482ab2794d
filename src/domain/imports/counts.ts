/** Outcomes of the entries read. `read` is the sum of the others up to `rejected`, without `createdPapers`. */
export interface ImportCounts {
  read: number
  /** New entries: records that created a paper, profiles, decisions, states of repositories and citations. */
  created: number
  /** Of these, the records that created a paper. */
  createdPapers: number
  updated: number
  /** Records merged into the paper of another record. */
  merged: number
  unchanged: number
  /** Records without a title that share no identifier with a paper: stored until one does. */
  waiting: number
  rejected: number
  /** Of those not rejected, the entries that had to be repaired, such as those with invalid characters. */
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

/** Adds the counts in `more` to `counts`. */
export function addCounts(counts: ImportCounts, more: Partial<ImportCounts>): void {
  for (const name of Object.keys(NO_COUNTS) as (keyof ImportCounts)[])
    counts[name] += more[name] ?? 0
}
