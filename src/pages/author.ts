import { isAuthorName } from '../domain/identity/resolution.ts'
import { quote } from '../errors.ts'
import { count, numberText } from '../html/dates.ts'
import { authorPath, institutionPath } from '../html/paths.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../html/route.ts'
import { type Content, html, joined, jsonIn } from '../html/template.ts'
import {
  doubtNotice,
  doubtsOf,
  type Identity,
  NAMESAKE,
  type Namesake,
  namesakeList,
  namesakesPage,
} from './namesakes.ts'
import { type Answer, ask, isBadInput } from './parts/ask.ts'
import { type YearCount, yearBars } from './parts/bars.ts'
import { feedLinks } from './parts/feed-links.ts'
import { followCard } from './parts/follow.ts'
import { authorChips, type TopicCount, topicChips } from './parts/leading.ts'
import {
  CARD,
  LIST_VARIABLES,
  listing,
  listVariables,
  PAPERS,
  type Papers,
} from './parts/listing.ts'
import { movedTo } from './parts/moved.ts'
import { nameOf } from './parts/names.ts'
import { notFound } from './parts/not-found.ts'
import { isFirstPage, linkTo } from './parts/paging.ts'

const DOCUMENT = /* GraphQL */ `
  query Author($ref: String!, ${LIST_VARIABLES}) {
    author(ref: $ref) {
      id
      name
      paperCount
      identifiers { scheme value }
      affiliations(first: 3) { name firstYear lastYear }
      institutions(first: 3) { nodes { slug name } }
      metrics { citationCount hIndex firstYear lastYear }
      leadingTopics(first: 12) { topic { slug name } paperCount }
      coAuthors(first: 12) { edges { paperCount node { id name } } }
      papersPerYear { year count }
      identity { isCatchAll unverified { confidence doubt paper { id } } }
      namesakes(first: 6) { ${NAMESAKE} }
      possiblySame(first: 3) { ${NAMESAKE} }
      ${PAPERS}
    }
  }
  ${CARD}
`

interface Author {
  id: string
  name: string
  paperCount: number
  identifiers: { scheme: string; value: string }[]
  institutions: { nodes: { slug: string; name: string }[] }
  affiliations: { name: string; firstYear: number | null; lastYear: number | null }[]
  metrics: {
    citationCount: number
    hIndex: number
    firstYear: number | null
    lastYear: number | null
  }
  leadingTopics: TopicCount[]
  coAuthors: { edges: { paperCount: number; node: { id: string; name: string } }[] }
  papersPerYear: YearCount[]
  identity: Identity | null
  namesakes: Namesake[]
  possiblySame: Namesake[]
  papers: Papers
}

type Found = Answer<{ author: Author | null }>

export const authorRoute = pageRoute('GET', '/authors/:ref(.*)', async (request) => {
  const { params, services } = request
  const { ref = '' } = params
  const found = await ask<{ author: Author | null }>(services, DOCUMENT, {
    ref,
    ...listVariables(services),
  }).catch((error: unknown): Found => {
    // A reference that cannot be read is a page that is not there; a cursor that cannot is an error.
    if (!isBadInput(error) || !isFirstPage(services.search)) throw error
    return { data: { author: null }, operation: { document: '', variables: {} } }
  })
  const { author } = found.data
  if (!author)
    return (
      (await namesakesPage(services, ref)) ??
      notFound(services, `No author here has the reference ${quote(ref)}.`, {
        text: ref,
        kinds: ['AUTHOR'],
      })
    )
  const path = authorPath(author)
  return (
    movedTo(request, ref, path, isAuthorName(ref) ? 302 : 301) ??
    authorPage(request, author, found.operation)
  )
})

function authorPage(
  request: PageRequest,
  author: Author,
  operation: Found['operation'],
): PageAnswer {
  const { services, site } = request
  const { search } = services
  const path = authorPath(author)
  const feeds = feedLinks(services, 'authors', author.id)
  const { main, head, isFirst } = listing(path, request, author.papers, {
    reasonsOf: doubtsOf(author.identity),
  })
  const coAuthors = author.coAuthors.edges.map(({ node, paperCount }) => ({
    author: node,
    paperCount,
  }))
  return {
    options: {
      title: author.name,
      description: `${count(author.paperCount, 'paper')} by ${author.name}.`,
      canonical: isFirst ? path : undefined,
      head: [head, feeds.head, jsonLd(author, `${site.publicUrl}/${path}`)],
      operation,
    },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Author</p><h1 dir="auto">${author.name}</h1>
${affiliations(author)}<p class="quiet">${joined(metrics(author), ' · ')}</p></div></div>
${identifierChips(author)}${doubtNotice(author.identity)}
<div class="columns">${main}
<aside class="stack" aria-label="About this author">
${yearBars(author.papersPerYear, (year) => linkTo(path, search, { year: String(year) }))}
${topicChips('Topics', author.leadingTopics)}
${authorChips('Co-authors', coAuthors)}
${namesakeList('Possibly the same person', author.possiblySame)}
${namesakeList('Others of this name', author.namesakes)}
${followCard('author', author.id, 'New papers')}
${feeds.line}
</aside></div></div>`,
  }
}

function metrics({ paperCount, metrics: { citationCount, hIndex, firstYear, lastYear } }: Author) {
  return [
    count(paperCount, 'paper'),
    citationCount > 0 && count(citationCount, 'citation'),
    hIndex > 0 && `h-index ${numberText(hIndex)} in this catalogue`,
    firstYear !== null && (firstYear === lastYear ? firstYear : `${firstYear}–${lastYear}`),
  ]
}

/** Institutions with pages of their own, else what the papers print. */
const affiliations = ({ affiliations: all, institutions: { nodes } }: Author): Content =>
  nodes.length > 0
    ? html`<p>${joined(
        nodes.map(
          ({ slug, name }) => html`<a href="${institutionPath(slug)}"><bdi>${name}</bdi></a>`,
        ),
        ' · ',
      )}</p>`
    : all.length > 0 &&
      html`<p>${joined(
        all.map(({ name }) => html`<bdi>${name}</bdi>`),
        ' · ',
      )}</p>`

/** Pages of a person at registries, by scheme. */
const PAGES: Record<string, string> = {
  orcid: 'https://orcid.org/',
  acl: 'https://aclanthology.org/people/',
  openreview: 'https://openreview.net/profile?id=',
  dblp: 'https://dblp.org/pid/',
  google_scholar: 'https://scholar.google.com/citations?user=',
  openalex: 'https://openalex.org/',
  s2: 'https://www.semanticscholar.org/author/',
}

const pageOf = ({ scheme, value }: Author['identifiers'][number]): string | null => {
  const base = PAGES[scheme]
  return base === undefined ? null : base + encodeURI(value).replaceAll('#', '%23')
}

function identifierChips({ identifiers }: Author): Content {
  const links = identifiers.flatMap((identifier) => {
    const url = pageOf(identifier)
    return url ? [{ label: nameOf(identifier.scheme), url }] : []
  })
  if (links.length === 0) return null
  return html`<ul class="chips">${links.map(({ label, url }) => html`<li><a class="chip" rel="me noopener" href="${url}">${label}</a></li>`)}</ul>`
}

function jsonLd({ name, identifiers, affiliations: places }: Author, address: string): Content {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Person',
    '@id': address,
    url: address,
    name,
    sameAs: identifiers.map(pageOf).filter((page) => page !== null),
    affiliation: places.slice(0, 1).map((place) => ({ '@type': 'Organization', name: place.name })),
  }
  return html`<script type="application/ld+json">${jsonIn(data)}</script>`
}
