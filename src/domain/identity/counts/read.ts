/** Reads lines that consist of a count and the words with that count. */
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

/** Reads lines that consist of areas and the names that are common in each of them. */
export function readAreas(lines: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [areas = '', names = ''] = line.split(': ')
        return names.split(' ').map((name): [string, string[]] => [name, areas.split(' ')])
      }),
  )
}

/** The words of a list. */
export const readWords = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
