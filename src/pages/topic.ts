import { slugify } from '../domain/record/title-key.ts'
import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { topicPath } from '../html/paths.ts'
import { type Content, html, joined } from '../html/template.ts'
import {
  type AuthorCount,
  authorChips,
  ofAllPapers,
  type RepositoryCount,
  repositoryList,
  type TopicCount,
  topicChips,
} from './parts/leading.ts'
import { nameOf } from './parts/names.ts'
import { type Subject, subjectRoute } from './subject.ts'

const FIELDS = /* GraphQL */ `
      slug
      name
      kind
      description
      paperCount
      variants { name }
      ancestors { slug name }
      children(first: 20) { nodes { slug name paperCount } }
      coOccurring(first: 12) { topic { slug name } paperCount }
      leadingAuthors(first: 10) { author { id name } paperCount }
      leadingRepositories(first: 6) { repository { url stars isGone } paperCount }
`

interface Topic extends Subject {
  slug: string
  name: string
  kind: string
  description: string | null
  paperCount: number
  variants: { name: string }[]
  ancestors: { slug: string; name: string }[]
  children: { nodes: { slug: string; name: string; paperCount: number }[] }
  coOccurring: TopicCount[]
  leadingAuthors: AuthorCount[]
  leadingRepositories: RepositoryCount[]
}

export const topicRoute = subjectRoute<Topic>({
  name: 'topic',
  argument: 'slug',
  fields: FIELDS,
  missing: (slug) => `No topic has the slug ${quote(slug)}.`,
  similar: ['TOPIC'],
  pathOf: ({ slug }) => topicPath(slug),
  follow: { name: 'topic', ref: ({ slug }) => slug },
  show(topic) {
    const { name, description, paperCount } = topic
    return {
      title: name,
      description: description ?? `${count(paperCount, 'paper')} on ${name}.`,
      heading: html`${crumbs(topic)}<h1 dir="auto">${name}</h1><p class="quiet">${count(paperCount, 'paper')}</p>`,
      intro: [
        description && html`<p class="lead" dir="auto">${description}</p>`,
        otherNames(topic),
      ],
      beside: [
        topicChips('Narrower topics', ofAllPapers(topic.children.nodes)),
        topicChips('Often together with', topic.coOccurring),
        authorChips('Authors', topic.leadingAuthors),
        repositoryList(topic.leadingRepositories),
      ],
    }
  },
})

/** Maximum spellings shown. */
const MOST_NAMES = 6

/** Other names in papers. Of spellings that differ only in the plural, the first. */
function otherNames({ name, variants }: Topic): Content {
  const known = new Set([slugify(name)])
  const others = variants.filter((variant) => {
    const slug = slugify(variant.name).replace(/s$/, '')
    const isNew = !known.has(slug)
    known.add(slug)
    return isNew
  })
  if (others.length === 0) return null
  return html`<p class="quiet small">Also: ${joined(
    others.slice(0, MOST_NAMES).map((one) => html`<bdi>${one.name}</bdi>`),
    ', ',
  )}</p>`
}

const crumbs = ({ kind, ancestors }: Topic): Content =>
  html`<p class="eyebrow">${joined([nameOf(kind), ...ancestors.map(({ slug, name }) => html`<a href="${topicPath(slug)}"><bdi>${name}</bdi></a>`)], ' › ')}</p>`
