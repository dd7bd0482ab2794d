/** The entries of these kinds, or all if none are named. Filters by id, which is present even if the kind is not selected. */
export const ofKinds = <Entry extends { id: string }>(
  entries: readonly Entry[],
  kinds: readonly string[] | null | undefined,
): readonly Entry[] =>
  kinds ? entries.filter(({ id }) => kinds.some((kind) => id.startsWith(`${kind}:`))) : entries
