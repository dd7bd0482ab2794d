import { badInput, oneOf, quote } from '../../errors.ts'
import { type PageInfo, WINDOW } from '../../feeds/source.ts'
import { type Content, html } from '../../html/template.ts'
import type { RouteServices } from '../../server/routes.ts'

/** Variables that a document declares for a paged list. */
export const PAGE_VARIABLES = `${WINDOW}, $withVotes: Boolean! = false`
const PAGE_SIZE = 25

/** The variables for the page that a URL asks for; for signed-in users with their upvotes. */
export function pageVariables({ search, session }: Pick<RouteServices, 'search' | 'session'>) {
  const before = search.get('before')
  const votes = session !== null && { withVotes: true }
  if (before) return { last: PAGE_SIZE, before, ...votes }
  return { first: PAGE_SIZE, after: search.get('after') || null, ...votes }
}

/** Whether a URL asks for the start of a list. */
export const isFirstPage = (search: URLSearchParams): boolean =>
  !search.get('after') && !search.get('before')

/**
 * A path with the parameters of the request, some of them changed; null removes one. Another order or filter goes back to the first page.
 */
export function linkTo(
  path: string,
  search: URLSearchParams,
  changes: Record<string, string | null>,
): string {
  const changed = new URLSearchParams(search)
  for (const name of ['after', 'before']) changed.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name)
    if (value !== null) changed.set(name, value)
  }
  const query = changed.toString()
  return query ? `${path}?${query}` : path
}

interface Paged {
  /** Links to the previous and next page, for the end of the list. */
  links: Content
  /** The same links for the head, where browsers and search engines read them. */
  head: Content
}

/** Links to the previous and the next page of a list. */
export function pager(path: string, search: URLSearchParams, info: PageInfo): Paged {
  const previous = info.hasPreviousPage && linkTo(path, search, { before: info.startCursor })
  const next = info.hasNextPage && linkTo(path, search, { after: info.endCursor })
  return {
    links:
      (previous || next) &&
      html`<nav class="pager" aria-label="Pages">
${previous ? html`<a class="button is-plain" rel="prev" href="${previous}">← Previous</a>` : html`<span></span>`}
${next && html`<a class="button is-plain" rel="next" href="${next}">Next →</a>`}
</nav>`,
    head: [
      previous && html`<link rel="prev" href="${previous}">`,
      next && html`<link rel="next" href="${next}">`,
    ],
  }
}

/**
 * The value of a parameter with few choices; null if it is absent or empty. Throws for other values, so that a list never appears to honour
 * them.
 */
export function choiceIn<Choice extends string>(
  search: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const given = search.get(name)
  if (!given) return null
  const choice = choices.find((one) => one === given)
  if (choice !== undefined) return choice
  throw badInput(`${name}: ${quote(given)} is not known; expected ${oneOf(choices)}.`)
}

/** Whether a parameter is 1, as in `?code=1`. */
export const isOn = (search: URLSearchParams, name: string): boolean =>
  choiceIn(search, name, ['1']) !== null

/** The year in `?year=`; null if it is absent or empty. */
export function yearIn(search: URLSearchParams): number | null {
  const given = search.get('year')
  if (!given) return null
  if (!/^[1-9]\d{0,3}$/.test(given))
    throw badInput(`year: ${quote(given)} is not a year; expected a whole number from 1 to 9999.`)
  return Number(given)
}
