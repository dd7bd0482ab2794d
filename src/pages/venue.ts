import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { venuePath } from '../html/paths.ts'
import { html } from '../html/template.ts'
import { type AuthorCount, authorChips, type TopicCount, topicChips } from './parts/leading.ts'
import { nameOf } from './parts/names.ts'
import { type Subject, subjectRoute } from './subject.ts'

const FIELDS = /* GraphQL */ `
      slug
      name
      acronym
      kind
      paperCount
      leadingTopics(first: 12) { topic { slug name } paperCount }
      leadingAuthors(first: 10) { author { id name } paperCount }
`

interface Venue extends Subject {
  slug: string
  name: string
  acronym: string | null
  kind: string
  paperCount: number
  leadingTopics: TopicCount[]
  leadingAuthors: AuthorCount[]
}

export const venueRoute = subjectRoute<Venue>({
  name: 'venue',
  argument: 'slug',
  fields: FIELDS,
  missing: (slug) => `No venue has the slug ${quote(slug)}.`,
  similar: ['VENUE'],
  pathOf: ({ slug }) => venuePath(slug),
  follow: { name: 'venue', ref: ({ slug }) => slug },
  show({ name, acronym, kind, paperCount, leadingTopics, leadingAuthors }) {
    const title = acronym ?? name
    return {
      title,
      description: `${count(paperCount, 'paper')} of ${name}.`,
      heading: html`<p class="eyebrow">${nameOf(kind)}</p><h1 dir="auto">${title}</h1>
<p class="quiet">${acronym !== null && html`<bdi>${name}</bdi> · `}${count(paperCount, 'paper')}</p>`,
      beside: [topicChips('Topics', leadingTopics), authorChips('Authors', leadingAuthors)],
    }
  },
})
