/** The entries of these kinds, by their ids, which are there also where the kind is not selected; all where none are named. */
export const ofKinds = <Entry extends { id: string }>(
  entries: readonly Entry[],
  kinds: readonly string[] | null | undefined,
): readonly Entry[] =>
  kinds ? entries.filter(({ id }) => kinds.some((kind) => id.startsWith(`${kind}:`))) : entries
