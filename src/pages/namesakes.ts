import { quote } from '../errors.ts'
import { count, numberText } from '../html/dates.ts'
import { authorPath } from '../html/paths.ts'
import type { PageAnswer } from '../html/route.ts'
import { type Content, type Html, html } from '../html/template.ts'
import type { RouteServices } from '../server/routes.ts'
import { ask } from './parts/ask.ts'

const PERSON = 'id name paperCount summary { text }'

/** What is shown of an author with the same name. */
export const NAMESAKE = `author { ${PERSON} }`

interface Person {
  id: string
  name: string
  paperCount: number
  summary: { text: string | null }
}

export interface Namesake {
  author: Person | null
  /** Probability that it is the same person; absent if not requested. */
  confidence?: number
}

/** The part of `Author.identity` that an author's page shows. */
export interface Identity {
  isCatchAll: boolean
  unverified: {
    confidence: number
    doubt: 'EVIDENCE' | 'NAME' | 'PROFILE'
    paper: { id: string } | null
  }[]
}

/** Authors with the same name, and what distinguishes them. */
export function namesakeList(heading: string, namesakes: readonly Namesake[]): Content {
  const people = namesakes.flatMap(({ author, confidence }) =>
    author === null ? [] : { ...author, ...(confidence !== undefined && { confidence }) },
  )
  return (
    people.length > 0 &&
    html`<section><h2 class="section-head">${heading}</h2>${personList(people)}</section>`
  )
}

const percent = (confidence: number) => `${Math.floor(100 * confidence)}%`

const personList = (people: readonly (Person & Pick<Namesake, 'confidence'>)[]): Html =>
  html`<ul class="rows small">${people.map(
    ({ id, name, paperCount, confidence, summary: { text } }) =>
      html`<li><a href="${authorPath({ id })}"><bdi>${name}</bdi></a> <span class="quiet">${confidence !== undefined && `${percent(confidence)} likely · `}${count(paperCount, 'paper')}${text !== null && html` · <bdi>${text}</bdi>`}</span></li>`,
  )}</ul>`

/** Sentences about each paper that is not certainly the author's. */
export function doubtsOf(identity: Identity | null): (paper: { id: string }) => string[] {
  const unverified = identity?.unverified ?? []
  const byPaper = new Map(unverified.map((one) => [one.paper?.id, sentenceOf(one)]))
  return ({ id }) => {
    const sentence = byPaper.get(id)
    return sentence === undefined ? [] : [sentence]
  }
}

function sentenceOf({ confidence, doubt }: Identity['unverified'][number]): string {
  if (doubt === 'NAME') return 'Unverified: the name printed on it differs from that of this author'
  if (doubt === 'PROFILE')
    return 'Unverified: only a profile that a program keeps links it to this author'
  return `Unverified: ${percent(confidence)} likely to be by this author`
}

/** A notice that some papers are in doubt. */
export function doubtNotice(identity: Identity | null): Content {
  if (identity?.isCatchAll)
    return html`<p class="notice">This profile seems to collect papers of several people: ${numberText(identity.unverified.length)} of the newest papers are unverified.</p>`
  const doubtful = identity?.unverified.length ?? 0
  return (
    doubtful > 0 &&
    html`<p class="quiet small">${doubtful === 1 ? 'One of the newest papers is unverified: it' : `${numberText(doubtful)} of the newest papers are unverified: they`} may be of another person.</p>`
  )
}

const RESOLUTION = /* GraphQL */ `
  query Namesakes($refs: [String!]!) {
    resolveAuthors(refs: $refs) { ... on AuthorAmbiguous { authorCount candidates { ${PERSON} } } }
  }
`

/** The page of the authors that a name may refer to; null if it does not refer to several. */
export async function namesakesPage(
  services: RouteServices,
  ref: string,
): Promise<NonNullable<PageAnswer> | null> {
  const { data, operation } = await ask<{
    resolveAuthors: { authorCount?: number; candidates?: Person[] }[]
  }>(services, RESOLUTION, { refs: [ref] })
  const { authorCount = 0, candidates = [] } = data.resolveAuthors[0] ?? {}
  if (candidates.length === 0) return null
  const hidden = authorCount - candidates.length
  return {
    status: 300,
    options: { title: `Authors called ${quote(ref)}`, isPrivate: true, operation },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Authors</p><h1 dir="auto">${ref}</h1>
<p class="quiet">${count(authorCount, 'author')} may be meant.</p></div></div>
${personList(candidates)}
${hidden > 0 && html`<p class="quiet small">${numberText(hidden)} more are not shown; add a first name.</p>`}
</div>`,
  }
}
