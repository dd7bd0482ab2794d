import { quote } from '../../errors.ts'
import { PAGE_INFO, WINDOW_ARGUMENTS } from '../../feeds/source.ts'
import { count } from '../../html/dates.ts'
import { PATH_SCHEMES, paperPath } from '../../html/paths.ts'
import type { PageAnswer, PageRequest } from '../../html/route.ts'
import { html } from '../../html/template.ts'
import { ask } from '../parts/ask.ts'
import { titleText } from '../parts/card.ts'
import { CARD, LIST_VARIABLES, listing, listVariables, type Papers } from '../parts/listing.ts'
import { movedTo } from '../parts/moved.ts'
import { notFound } from '../parts/not-found.ts'
import { choiceIn } from '../parts/paging.ts'

const LISTS = { citations: 'Papers that cite', references: 'Papers cited by' } as const
type PaperList = keyof typeof LISTS

/** The list that `?show=` asks for; null for the page of the paper itself. */
export const paperListIn = (search: URLSearchParams): PaperList | null =>
  choiceIn(search, 'show', Object.keys(LISTS) as PaperList[])

const documentOf = (list: PaperList): string => /* GraphQL */ `
  query PaperList($ref: String!, ${LIST_VARIABLES}) {
    paper(ref: $ref) {
      id
      title
      identifiers(schemes: [${PATH_SCHEMES.join(', ')}]) { scheme value }
      list: ${list}(${WINDOW_ARGUMENTS}, order: $order, filter: $filter) {
        totalCount nodes { ...Card } ${PAGE_INFO}
      }
    }
  }
  ${CARD}
`

interface Paper {
  id: string
  title: string
  identifiers: { scheme: string; value: string }[]
  list: Papers
}

/** All papers of the catalogue that cite a paper or are cited by it. */
export async function paperListPage(
  request: PageRequest,
  ref: string,
  list: PaperList,
): Promise<PageAnswer> {
  const { services } = request
  const variables = { ref, ...listVariables(services) }
  const { data, operation } = await ask<{ paper: Paper | null }>(
    services,
    documentOf(list),
    variables,
  )
  const { paper } = data
  if (!paper)
    return notFound(services, `No paper here has the reference ${quote(ref)}.`, {
      text: ref,
      kinds: ['PAPER'],
    })
  const path = paperPath(paper)
  const { main, head } = listing(path, request, paper.list)
  const page: PageAnswer = {
    options: { title: `${LISTS[list]} ${paper.title}`, head, operation },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">${LISTS[list]}</p><h1 dir="auto"><a class="quiet" href="${path}">${titleText(paper.title)}</a></h1>
<p class="quiet">${count(paper.list.totalCount, 'paper')} in this catalogue</p></div></div>
${main}</div>`,
  }
  return movedTo(request, ref, path) ?? page
}
