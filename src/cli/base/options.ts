import { InvalidArgumentError } from 'commander'

export const JSON_REPORT_HELP = 'print the report as one line of JSON, without progress'

/** Maximum rows that a command lists. */
export const MOST_SHOWN = 100_000

/** An argument parser for integers from 1 to `most`. */
export const countUpTo =
  (most: number) =>
  (text: string): number => {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (count >= 1 && count <= most) return count
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`)
  }

/** An argument parser for the numbers that `paperql <list>` shows. */
export const numberOf =
  (what: string, list: string) =>
  (text: string): number => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
    throw new InvalidArgumentError(`Expected the number of ${what}; "paperql ${list}" lists them.`)
  }

/** The section of a command's help with the formats it supports. */
export function formatsHelp(formats: readonly { name: string; description: string }[]): string {
  const width = Math.max(...formats.map(({ name }) => name.length))
  const lines = formats.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`)
  return `\nFormats:\n${lines.join('\n')}\n`
}
