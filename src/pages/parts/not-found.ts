import { nearInstitutions } from '../../domain/institutions/reference.ts'
import { authorPath, institutionPath, topicPath, venuePath } from '../../html/paths.ts'
import type { PageAnswer } from '../../html/route.ts'
import { type Content, html } from '../../html/template.ts'
import type { RouteServices } from '../../server/routes.ts'
import { ask } from './ask.ts'

const SIMILAR = /* GraphQL */ `
  query Similar($prefix: String!, $kinds: [SuggestionKind!]) {
    suggest(prefix: $prefix, first: 8, kinds: $kinds) { kind label value detail }
  }
`

export interface Suggestion {
  kind: string
  label: string
  value: string
  detail: string | null
}

/** Maximum length of a text for which suggestions are requested. */
const LONGEST_TEXT = 200

/** Maximum similar names shown. */
const MOST_SIMILAR = 8

/** Items with similar names. If no institution has all of the words, those that have some. */
async function similarTo(
  services: RouteServices,
  prefix: string,
  kinds: readonly SimilarKind[],
): Promise<Suggestion[]> {
  const { data } = await ask<{ suggest: Suggestion[] }>(services, SIMILAR, { prefix, kinds })
  if (data.suggest.length > 0 || !kinds.includes('INSTITUTION')) return data.suggest
  const near = await nearInstitutions(services.db, prefix, MOST_SIMILAR)
  return near.map(({ slug, name }) => ({
    ...{ kind: 'INSTITUTION', label: name, value: slug, detail: null },
  }))
}

export type SimilarKind = 'AUTHOR' | 'INSTITUTION' | 'PAPER' | 'TOPIC' | 'VENUE'

/** A page that states what was not found and lists items with similar names. */
export async function notFound(
  services: RouteServices,
  message: string,
  similar: { text: string; kinds: readonly SimilarKind[] },
): Promise<PageAnswer> {
  const prefix = similar.text.replace(/[-\0]/g, ' ').slice(0, LONGEST_TEXT).toWellFormed()
  const named = await similarTo(services, prefix, similar.kinds)
  return {
    status: 404,
    options: { title: 'Not found', isPrivate: true },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Error 404</p><h1>Not found</h1></div></div>
<p class="notice is-bad" dir="auto">${message}</p>
${named.length > 0 && html`<section><h2 class="section-head">Did you mean</h2>${suggestionChips(named)}</section>`}
<div class="buttons"><a class="button" href="./">Trending papers</a><a class="button is-plain" href="search?q=${encodeURIComponent(prefix)}">Search for it</a></div>
</div>`,
  }
}

export const suggestionChips = (suggestions: readonly Suggestion[]): Content =>
  html`<ul class="chips">${suggestions.map(
    (suggestion) =>
      html`<li><a class="chip" href="${pathOf(suggestion)}"><bdi>${suggestion.label}</bdi> <span class="quiet note">${noteOf(suggestion)}</span></a></li>`,
  )}</ul>`

/** Kinds whose detail adds something to the name. */
const DETAILED = ['AUTHOR', 'INSTITUTION']

/** The kind and, for authors and institutions, what distinguishes those of the same name. */
const noteOf = ({ kind, detail }: Suggestion): Content =>
  DETAILED.includes(kind) && detail !== null
    ? html`${kind.toLowerCase()} · <bdi>${detail}</bdi>`
    : kind.toLowerCase()

function pathOf({ kind, value }: Suggestion): string {
  if (kind === 'AUTHOR') return authorPath({ id: value })
  if (kind === 'TOPIC') return topicPath(value)
  if (kind === 'VENUE') return venuePath(value)
  if (kind === 'INSTITUTION') return institutionPath(value)
  return `papers/${encodeURIComponent(value)}`
}
