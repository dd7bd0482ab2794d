import { count } from '../../html/dates.ts'
import { PATH_SCHEMES, paperPath } from '../../html/paths.ts'
import { type Content, type Html, html, joined } from '../../html/template.ts'
import { type Dated, publishedText, titleText, venueAndDate } from './card.ts'

/** The fields of an entry in a short list of papers, such as related papers. */
export const ROW = /* GraphQL */ `
  fragment Row on Paper {
    id
    title
    publishedOn
    publishedPrecision
    eventYear
    isRetracted
    authorCount
    hasMoreAuthors
    authorships(first: 2) { nodes { name } }
    venue { slug name acronym }
    citationCount
    identifiers(schemes: [${PATH_SCHEMES.join(', ')}]) { scheme value }
  }
`

export interface Row extends Dated {
  id: string
  title: string
  eventYear: number | null
  isRetracted: boolean
  authorCount: number
  hasMoreAuthors: boolean
  authorships: { nodes: { name: string }[] }
  venue: { slug: string; name: string; acronym: string | null } | null
  citationCount: number
  identifiers: { scheme: string; value: string }[]
}

/** Title, authors, venue, date and citations of a paper in two or three lines. `note` explains why it is in the list. */
export function paperRow(paper: Row, note?: Content): Html {
  const cited = paper.citationCount > 0 && count(paper.citationCount, 'citation')
  const retracted = paper.isRetracted && html`<span class="is-retracted">Retracted</span>`
  const facts = [retracted, authorsOf(paper), ...venueAndDate(paper, publishedText), cited]
  return html`<h3 class="row-title" dir="auto"><a href="${paperPath(paper)}">${titleText(paper.title)}</a></h3>
<p class="names small">${joined(facts, ' · ')}</p>
${note && html`<p class="why">${note}</p>`}`
}

export const paperRows = (rows: readonly Html[]): Html =>
  html`<ul class="rows">${rows.map((row) => html`<li>${row}</li>`)}</ul>`

function authorsOf({ authorships: { nodes }, authorCount, hasMoreAuthors }: Row): Content {
  if (nodes.length === 0) return null
  const names = nodes.map(({ name }) => html`<bdi>${name}</bdi>`)
  const isMore = hasMoreAuthors || authorCount > nodes.length
  return [joined(names, isMore ? ', ' : ' and '), isMore && ' et al.']
}
