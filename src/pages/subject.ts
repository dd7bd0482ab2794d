import { isAppError } from '../errors.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../html/route.ts'
import { type Content, html } from '../html/template.ts'
import type { Route, RouteServices } from '../server/routes.ts'
import { type Answer, ask } from './parts/ask.ts'
import { type YearCount, yearBars } from './parts/bars.ts'
import { feedLinks } from './parts/feed-links.ts'
import { followCard } from './parts/follow.ts'
import {
  CARD,
  LIST_VARIABLES,
  listing,
  listVariables,
  PAPERS,
  type Papers,
} from './parts/listing.ts'
import { movedTo } from './parts/moved.ts'
import { notFound, type SimilarKind } from './parts/not-found.ts'
import { isFirstPage, linkTo } from './parts/paging.ts'

/** The selection on every author, topic, venue or institution with a page. */
export interface Subject {
  papersPerYear: YearCount[]
  papers: Papers
}

/** How the pages of authors, topics, venues and institutions differ. */
export interface SubjectKind<T extends Subject> {
  /** The field of `Query`; its plural is the path prefix of the pages. */
  name: 'author' | 'topic' | 'venue' | 'institution'
  /** The argument of the field. */
  argument: 'slug' | 'ref'
  /** Fields for the document, besides the papers. */
  fields: string
  /** The message of the page for an unknown reference. */
  missing: (ref: string) => string
  /** A page for an ambiguous reference; null if the reference matches nothing. */
  instead?: (services: RouteServices, ref: string) => Promise<PageAnswer | null>
  /** Kinds of suggestions offered for an unknown reference. */
  similar: SimilarKind[]
  /** Whether a reference is a name, whose target may change. */
  isName?: (ref: string) => boolean
  pathOf: (subject: T) => string
  /** How to subscribe to it by mail and in feeds; absent if that is not possible. */
  follow?: { name: 'author' | 'topic' | 'venue'; ref: (subject: T) => string }
  show: (subject: T, address: string) => SubjectPage
}

interface SubjectPage {
  title: string
  description: string
  /** Kind, name and facts. */
  heading: Content
  /** Shown between the heading and the papers. */
  intro?: Content
  /** Sentences shown with a paper. */
  reasonsOf?: (paper: { id: string }) => readonly string[]
  /** Shown beside the papers, below the years. */
  beside: Content[]
  /** For the head of the document. */
  head?: Content
}

/** The route for one kind of subject: its papers, and the column beside them. */
export function subjectRoute<T extends Subject>(kind: SubjectKind<T>): Route {
  const { name, argument, missing, instead, similar, isName, pathOf } = kind
  const document = documentOf(kind)
  // An id may contain a slash.
  return pageRoute('GET', `/${name}s/:ref(.*)`, async (request) => {
    const { params, services } = request
    const { ref = '' } = params
    const variables = listVariables(services)
    const find = (reference: string) =>
      ask<Record<string, T | null>>(services, document, {
        [argument]: reference,
        ...variables,
      }).catch((error: unknown) => {
        // An unparsable reference is a missing page; an unparsable cursor is an error.
        if (!isAppError(error, 'BAD_USER_INPUT') || !isFirstPage(services.search)) throw error
        return null
      })
    const found = await find(ref)
    const subject = found?.data[name]
    if (!found || !subject)
      return (
        (await instead?.(services, ref)) ??
        notFound(services, ref ? missing(ref) : `The address names no ${name}.`, {
          text: ref,
          kinds: similar,
        })
      )
    return (
      movedTo(request, ref, pathOf(subject), isName?.(ref) ? 302 : 301) ??
      pageOf(kind, request, subject, found.operation)
    )
  })
}

const documentOf = ({ name, argument, fields }: SubjectKind<never>): string => /* GraphQL */ `
  query ${name[0]?.toUpperCase()}${name.slice(1)}($${argument}: String!, ${LIST_VARIABLES}) {
    ${name}(${argument}: $${argument}) {
      ${fields.trim()}
      papersPerYear { year count }
      ${PAPERS}
    }
  }
  ${CARD}
`

function pageOf<T extends Subject>(
  { name, pathOf, follow, show }: SubjectKind<T>,
  request: PageRequest,
  subject: T,
  operation: Answer<unknown>['operation'],
): PageAnswer {
  const { services, site } = request
  const path = pathOf(subject)
  const { title, description, heading, intro, reasonsOf, beside, head } = show(
    subject,
    `${site.publicUrl}/${path}`,
  )
  const list = listing(path, request, subject.papers, { ...(reasonsOf && { reasonsOf }) })
  const ref = follow?.ref(subject) ?? ''
  const feeds = follow && feedLinks(services, `${follow.name}s` as const, ref)
  return {
    options: {
      ...{ title, description, operation },
      canonical: list.isFirst ? path : undefined,
      head: [list.head, feeds?.head, head],
    },
    main: html`<div class="stack">
<div class="page-head"><div>${heading}</div></div>
${intro}
<div class="columns">${list.main}
<aside class="stack" aria-label="About this ${name}">
${yearBars(subject.papersPerYear, (year) => linkTo(path, services.search, { year: String(year) }))}
${beside}
${follow && followCard(follow.name, ref, 'New papers')}
${feeds?.line}
</aside></div></div>`,
  }
}
