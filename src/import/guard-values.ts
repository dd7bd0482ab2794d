import { hasAddress, withoutAddresses } from './fields/addresses.ts'

/** Limits of a record in characters, entries of a list, or as a count: far above those of real papers, and low enough to do no harm. */
export const MOST = {
  key: 500,
  title: 2000,
  abstract: 100_000,
  tldr: 2000,
  name: 300,
  affiliation: 2000,
  acronym: 40,
  /** A BCP 47 tag. */
  language: 35,
  url: 2000,
  identifier: 500,
  authors: 10_000,
  /** Per author of a paper. */
  institutions: 20,
  topics: 200,
  repositories: 200,
  identifiers: 50,
  references: 10_000,
  contexts: 50,
  context: 2000,
  links: 200,
  events: 500,
  decisions: 100,
  reason: 2000,
  count: 2 ** 31 - 1,
}

/** Removes e-mail addresses and NUL characters, replaces lone surrogates, and trims. */
export function clean(text: string): string {
  return withoutAddresses(text.replaceAll('\0', '').toWellFormed()).trim()
}

/** Cleans a text and truncates it to a length, without a lone surrogate at the cut; null when nothing is left. */
export const cut = (text: string | null | undefined, most: number): string | null =>
  clean(text ?? '')
    .slice(0, most)
    .toWellFormed() || null

/** The URL if it is a web address, otherwise null. */
export function urlOf(url: string | null): string | null {
  const isUrl =
    url !== null &&
    url.length <= MOST.url &&
    /^https?:\/\/[^\s\0]+$/.test(url) &&
    URL.canParse(url) &&
    !hasAddress(url)
  return isUrl ? url.toWellFormed() : null
}

/** The first web address in a field, since Mendeley writes several into one. Reports further addresses and other text. */
export function addressOf(url: string | null, what: string, repairs: string[]): string | null {
  const parts = (url?.split(/\s+/) ?? []).map((part) => part.replace(/[;,|]+$/, '')).filter(Boolean)
  const areSeveral = parts.length > 1 && parts.every((part) => /^https?:\/\//.test(part))
  const address = urlOf(areSeveral ? (parts[0] ?? null) : url)
  if (address !== null && areSeveral)
    repairs.push(`of several addresses of ${what} only the first was kept`)
  if (address === null && url?.trim())
    repairs.push(`the address of ${what} is not a web address; left out`)
  return address
}

/** Whether the catalogue can store a count. */
export const isCount = (count: number) =>
  Number.isInteger(count) && count >= 0 && count <= MOST.count

/** The count if the catalogue can store it, otherwise null. */
export function countOf(
  count: number | null,
  repairs: string[],
  what = 'citations',
): number | null {
  if (count === null || isCount(count)) return count
  repairs.push(`${count} is not a count of ${what}; left out`)
  return null
}

/** Truncates a list that is too long, and reports it. */
export function atMost<T>(items: T[], most: number, what: string, repairs: string[]): T[] {
  if (items.length <= most) return items
  repairs.push(`of ${items.length} ${what} the first ${most} were kept`)
  return items.slice(0, most)
}
