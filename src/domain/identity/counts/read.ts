/** Lines of a count and the words that occur so often. */
export function readCounts(lines: string, separator = ' '): Map<string, number> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [count = '', words = ''] = line.split(': ')
        return words.split(separator).map((word): [string, number] => [word, Number(count)])
      }),
  )
}

/** The words of a list. */
export const readWords = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
