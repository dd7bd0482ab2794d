import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { institutionPath } from '../html/paths.ts'
import { html, joined, safeUrl } from '../html/template.ts'
import {
  type AuthorEdges,
  authorChips,
  countsOf,
  type TopicCount,
  topicChips,
} from './parts/leading.ts'
import { institutionsCalled } from './same-name.ts'
import { type Subject, subjectRoute } from './subject.ts'

const FIELDS = /* GraphQL */ `
      slug
      name
      acronyms
      ror
      country
      paperCount
      leadingTopics(first: 12) { topic { slug name } paperCount }
      authors(first: 12) { edges { paperCount node { id name } } }
`

interface Institution extends Subject {
  slug: string
  name: string
  acronyms: string[]
  ror: string | null
  country: string | null
  paperCount: number
  leadingTopics: TopicCount[]
  authors: AuthorEdges
}

export const institutionRoute = subjectRoute<Institution>({
  name: 'institution',
  argument: 'ref',
  fields: FIELDS,
  missing: (ref) => `There is no institution ${quote(ref)}.`,
  instead: institutionsCalled,
  similar: ['INSTITUTION'],
  pathOf: ({ slug }) => institutionPath(slug),
  show: (institution) => ({
    title: institution.name,
    description: `${count(institution.paperCount, 'paper')} by authors at ${institution.name}.`,
    heading: html`<p class="eyebrow">Institution</p><h1 dir="auto">${institution.name}</h1>
<p class="quiet">${joined(factsOf(institution), ' · ')}</p>`,
    beside: [
      topicChips('Topics', institution.leadingTopics),
      authorChips('Authors', countsOf(institution.authors)),
    ],
  }),
})

const factsOf = ({ acronyms, ror, country, paperCount }: Institution) => [
  acronyms.length > 0 && acronyms.join(', '),
  country,
  count(paperCount, 'paper'),
  ror !== null && html`<a href="${safeUrl(ror)}" rel="noopener">ROR</a>`,
]
