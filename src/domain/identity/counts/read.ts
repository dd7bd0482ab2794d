/** Lines of a count and the words that occur so often. */
export function readCounts(lines: string): Map<string, number> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [count = '', ...words] = line.split(/:? /)
        return words.map((word): [string, number] => [word, Number(count)])
      }),
  )
}
