import { AppError, quote } from '../../errors.ts'
import { html } from '../../html/template.ts'
import type { RouteServices } from '../../server/routes.ts'
import { ask } from '../parts/ask.ts'
import { type FollowName, followFields } from '../parts/follow.ts'

/** What a form subscribes to, if not trending papers. */
interface Wanted {
  /** Part of a sentence: `new papers on Question Answering`. */
  label: string
  /** The mutation that saves the query to subscribe to. */
  save: { document: string; variables: Record<string, unknown> }
}

interface Named {
  label: string | null
}

interface Kind {
  document: string
  save: string
  /** `label` is the name of the followed item. */
  variables: (ref: string, label: string) => Record<string, unknown>
  words: (label: string) => string
}

const saveInput = (filter: object, name: string) => ({ input: { filter, name } })

const SAVE_QUERY = /* GraphQL */ `mutation Save($input: SaveQueryInput!) { saved: saveQuery(input: $input) { id } }`

const KINDS: Record<FollowName, Kind> = {
  topic: {
    document: /* GraphQL */ `query Topic($ref: String!) { found: topic(slug: $ref) { label: name } }`,
    save: SAVE_QUERY,
    variables: (ref, label) => saveInput({ topics: [ref] }, `new papers on ${label}`),
    words: (label) => `new papers on ${label}`,
  },
  venue: {
    document: /* GraphQL */ `query Venue($ref: String!) { found: venue(slug: $ref) { label: name } }`,
    save: SAVE_QUERY,
    variables: (ref, label) => saveInput({ venues: [ref] }, `new papers of ${label}`),
    words: (label) => `new papers of ${label}`,
  },
  author: {
    document: /* GraphQL */ `query Author($ref: String!) { found: author(ref: $ref) { label: name } }`,
    save: /* GraphQL */ `mutation Follow($ref: String!, $name: String) { saved: followAuthor(ref: $ref, name: $name) { id } }`,
    variables: (ref, label) => ({ ref, name: `papers by ${label}` }),
    words: (label) => `new papers by ${label}, and what happens to older ones`,
  },
  paper: {
    document: /* GraphQL */ `query Paper($ref: String!) { found: paper(ref: $ref) { label: title } }`,
    save: /* GraphQL */ `mutation Follow($ref: String!, $name: String) { saved: followPaper(ref: $ref, name: $name) { id } }`,
    variables: (ref, label) => ({ ref, name: `news of “${label.slice(0, 150)}”` }),
    words: (label) =>
      `news of “${label}”: code, publication, new versions, retraction, 10, 100 or 1,000 citations`,
  },
  q: {
    document: '',
    save: SAVE_QUERY,
    variables: (query) => ({
      input: { query, name: `new papers on ${quote(query)}`.slice(0, 200) },
    }),
    words: (query) => `new papers that match ${quote(query)}`,
  },
}

const SAVED = /* GraphQL */ `query Saved($id: ID!) { savedQuery(id: $id) { id name kind query } }`

/** What the parameters of a form subscribe to; null for trending papers. Throws NOT_FOUND for items that are not in the catalogue. */
export async function wantedOf(
  services: RouteServices,
  given: URLSearchParams,
): Promise<Wanted | null> {
  const id = given.get('savedQuery')
  if (id) return savedQuery(services, id)
  for (const name of followFields) {
    const ref = given.get(name)
    if (!ref) continue
    const { document, save, variables, words } = KINDS[name]
    const label = document === '' ? ref : await labelOf(services, document, name, ref)
    return { label: words(label), save: { document: save, variables: variables(ref, label) } }
  }
  return null
}

async function savedQuery(services: RouteServices, id: string): Promise<Wanted> {
  const { data } = await ask<{ savedQuery: { name: string | null; query: string | null } | null }>(
    services,
    SAVED,
    { id },
  )
  const found = data.savedQuery
  if (!found)
    throw new AppError(
      'NOT_FOUND',
      `There is no saved query ${quote(id)}; expected an id that saveQuery returned.`,
    )
  const label =
    found.name ??
    (found.query ? `new papers that match ${quote(found.query)}` : 'the papers of a saved query')
  return { label, save: { document: '', variables: { id } } }
}

async function labelOf(services: RouteServices, document: string, name: string, ref: string) {
  const { data } = await ask<{ found: Named | null }>(services, document, { ref })
  if (!data.found)
    throw new AppError('NOT_FOUND', `There is no ${name} ${quote(ref)} in this catalogue.`)
  return data.found.label ?? ref
}

/** The id of the saved query to subscribe to, which is created if necessary. */
export async function saveWanted(services: RouteServices, wanted: Wanted): Promise<string> {
  const { document, variables } = wanted.save
  if (document === '') return String(variables.id)
  const { data } = await ask<{ saved: { id: string } }>(services, document, variables)
  return data.saved.id
}

/** Hidden fields that pass on what a form subscribes to. */
export const wantedFields = (given: URLSearchParams) =>
  ['savedQuery', ...followFields].map((name) => {
    const value = given.get(name)
    return value && html`<input type="hidden" name="${name}" value="${value}">`
  })
