import { isAuthorName } from '../domain/identity/lookup/resolution.ts'
import { quote } from '../errors.ts'
import { count, numberText } from '../html/dates.ts'
import { authorPath, institutionPath } from '../html/paths.ts'
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
import {
  type AuthorEdges,
  authorChips,
  countsOf,
  type TopicCount,
  topicChips,
} from './parts/leading.ts'
import { nameOf } from './parts/names.ts'
import { type Subject, subjectRoute } from './subject.ts'

const FIELDS = /* GraphQL */ `
      id
      name
      paperCount
      identifiers { scheme value }
      affiliations(first: 3) { name firstYear lastYear }
      institutions(first: 3) { nodes { slug name } }
      metrics { citationCount hIndex firstYear lastYear }
      leadingTopics(first: 12) { topic { slug name } paperCount }
      coAuthors(first: 12) { edges { paperCount node { id name } } }
      identity { isCatchAll unverified { confidence doubt paper { id } } }
      namesakes(first: 6) { ${NAMESAKE} }
      possiblySame(first: 3) { confidence ${NAMESAKE} }
`

interface Author extends Subject {
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
  coAuthors: AuthorEdges
  identity: Identity | null
  namesakes: Namesake[]
  possiblySame: Namesake[]
}

export const authorRoute = subjectRoute<Author>({
  name: 'author',
  argument: 'ref',
  fields: FIELDS,
  missing: (ref) => `No author here has the reference ${quote(ref)}.`,
  similar: ['AUTHOR'],
  instead: namesakesPage,
  isName: isAuthorName,
  pathOf: authorPath,
  follow: { name: 'author', ref: ({ id }) => id },
  show: (author, address) => ({
    title: author.name,
    description: `${count(author.paperCount, 'paper')} by ${author.name}.`,
    heading: html`<p class="eyebrow">Author</p><h1 dir="auto">${author.name}</h1>
${affiliations(author)}<p class="quiet">${joined(metrics(author), ' · ')}</p>`,
    intro: [identifierChips(author), doubtNotice(author.identity)],
    reasonsOf: doubtsOf(author.identity),
    beside: [
      topicChips('Topics', author.leadingTopics),
      authorChips('Co-authors', countsOf(author.coAuthors)),
      namesakeList('Possibly the same person', author.possiblySame),
      namesakeList('Others of this name', author.namesakes),
    ],
    head: jsonLd(author, address),
  }),
})

function metrics({ paperCount, metrics: { citationCount, hIndex, firstYear, lastYear } }: Author) {
  return [
    count(paperCount, 'paper'),
    citationCount > 0 && count(citationCount, 'citation'),
    hIndex > 0 && `h-index ${numberText(hIndex)} in this catalogue`,
    firstYear !== null && (firstYear === lastYear ? firstYear : `${firstYear}–${lastYear}`),
  ]
}

/** Institutions with their own pages if there are any, otherwise the affiliations printed in papers. */
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

/** URLs of a person's profiles at registries, by scheme. */
const PAGES: Record<string, string> = {
  orcid: 'https://orcid.org/',
  acl: 'https://aclanthology.org/people/',
  openreview: 'https://openreview.net/profile?id=',
  dblp: 'https://dblp.org/pid/',
  dblp_name: 'https://dblp.org/search?q=author:',
  google_scholar: 'https://scholar.google.com/citations?user=',
  openalex: 'https://openalex.org/',
  s2: 'https://www.semanticscholar.org/author/',
}

const pageOf = ({ scheme, value }: Author['identifiers'][number]): string | null => {
  const base = PAGES[scheme]
  if (base === undefined) return null
  return `${base}${encodeURI(value).replaceAll('#', '%23')}${scheme === 'dblp_name' ? ':' : ''}`
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
