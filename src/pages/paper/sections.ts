import { CONTEST_RULE } from '../../domain/entity/contested-identifier.ts'
import { SURE } from '../../domain/identity/reasons/identity.ts'
import { count, dayText, numberText } from '../../html/dates.ts'
import { paragraphs, richText } from '../../html/math.ts'
import { authorPath } from '../../html/paths.ts'
import { type Content, type Html, html, joined, safeUrl } from '../../html/template.ts'
import { languageName, nameOf, repositoryName, sourceText } from '../parts/names.ts'
import { paperRow, paperRows } from '../parts/row.ts'
import { sparkline } from '../parts/sparkline.ts'
import {
  type Authorship,
  type Conflict,
  MOST_NAMES,
  type Paper,
  type RelationReason,
  type Repository,
} from './document.ts'

/** The authors in order, with affiliations as tooltips. Long bylines are folded, and thousands of names are split into pages. */
export function fullByline(paper: Paper, path: string): Content {
  const { nodes, pageInfo } = paper.authorships
  if (nodes.length === 0) return html`<p class="names">Authors not stated</p>`
  const unverified = new Set(
    paper.checked.nodes.flatMap(({ position, confidence }) =>
      confidence !== null && confidence < SURE ? position : [],
    ),
  )
  const names = nodes.map((one) => authorLink(one, unverified.has(one.position)))
  const from = nodes[0]?.position ?? 1
  const rest = names.slice(MOST_NAMES)
  const others = paper.hasMoreAuthors && !pageInfo.hasNextPage && ', et al.'
  const next =
    pageInfo.hasNextPage && `${path}?authorsAfter=${encodeURIComponent(pageInfo.endCursor ?? '')}`
  return html`<div class="names">
${from > 1 && html`<p><a href="${path}">First authors</a> · authors from number ${numberText(from)}:</p>`}
<p>${joined(names.slice(0, MOST_NAMES), ', ')}${rest.length === 0 && others}</p>
${unverified.size > 0 && html`<p class="small">Unverified: the name may be of another person than the author whom it links to, whose page says why.</p>`}
${rest.length > 0 && html`<details><summary>${numberText(rest.length)} more of ${count(paper.authorCount, paper.hasMoreAuthors ? 'listed author' : 'author')}</summary><p>${joined(rest, ', ')}${others}</p><p class="small">Whether these are unverified is on the pages of the authors.</p></details>`}
${next && html`<p><a rel="next" href="${next}">Authors from number ${numberText(from + nodes.length)}</a></p>`}
</div>`
}

const authorLink = ({ name, affiliation, author }: Authorship, isUnverified: boolean): Html =>
  html`<a rel="author" href="${authorPath(author)}"${affiliation && html` title="${affiliation}"`}><bdi>${name}</bdi></a>${isUnverified && html` <span class="small">(unverified)</span>`}`

export function abstractSection({ abstract, tldr, authorSummary }: Paper): Html {
  return html`<section aria-labelledby="abstract"><h2 id="abstract" class="section-head">Abstract</h2>
${tldr && html`<p class="lead" dir="auto"><strong>In short:</strong> ${richText(tldr)}</p>`}
${authorSummary && html`<p class="lead" dir="auto"><strong>The authors in short:</strong> ${richText(authorSummary)}</p>`}
${abstract ? html`<div class="abstract">${paragraphs(abstract)}</div>` : html`<p class="quiet">No source states an abstract.</p>`}
</section>`
}

export function codeSection({ repositories: { edges, totalCount } }: Paper): Content {
  if (edges.length === 0) return null
  const more = totalCount - edges.length
  return html`<section aria-labelledby="code"><h2 id="code" class="section-head">Code</h2>
<ul class="rows">${edges.map(({ isOfficial, node }) => html`<li>${repositoryRow(node, isOfficial)}</li>`)}</ul>
${more > 0 && html`<p class="quiet small">and ${count(more, 'other repository', 'other repositories')}</p>`}
</section>`
}

function repositoryRow(repository: Repository, isOfficial: boolean): Html {
  const { url, description, isGone, isArchived, language, licence, pushedAt } = repository
  const name = repositoryName(url)
  const link = isGone
    ? html`<bdi>${name}</bdi>`
    : html`<a href="${safeUrl(url)}" rel="noopener"><bdi>${name}</bdi></a>`
  const facts = [
    repository.stars !== null &&
      html`<span class="fact-star"><span aria-hidden="true">★</span> ${count(repository.stars, 'star')}</span>`,
    repository.forks !== null && count(repository.forks, 'fork'),
    language,
    licence,
    pushedAt && html`pushed <span class="when">${dayText(pushedAt.slice(0, 10))}</span>`,
  ]
  return html`<div class="repository"><div>
<h3 class="mono">${link}${isOfficial && html` <span class="chip is-on">by the authors</span>`}${isArchived && html` <span class="chip">archived</span>`}${isGone && html` <span class="chip is-bad">gone</span>`}</h3>
${description && html`<p class="small" dir="auto">${description}</p>`}
${facts.some(Boolean) && html`<p class="quiet small">${joined(facts, ' · ')}</p>`}
</div>${sparkline(name, repository.starHistory)}</div>`
}

export function citationSections(paper: Paper, path: string): Content {
  const { citations, references, citationCount, citationCounts, referenceCount } = paper
  const sources = citationCounts
    .filter(({ count: cited }) => cited > 0)
    .map(({ source, count: cited }) => `${numberText(cited)} in ${sourceText(source)}`)
  return [
    citationCount > 0 &&
      html`<section aria-labelledby="citations"><h2 id="citations" class="section-head">${count(citationCount, 'citation')}</h2>
${sources.length > 0 && html`<p class="quiet small">${sources.join(' · ')}</p>`}
${paperRows(citations.nodes.map((row) => paperRow(row)))}
${allLink(citations, path, 'citations', 'citing papers of this catalogue')}</section>`,
    referenceCount > 0 &&
      html`<section aria-labelledby="references"><h2 id="references" class="section-head">${count(referenceCount, 'reference')}</h2>
${paperRows(references.nodes.map((row) => paperRow(row)))}
${allLink(references, path, 'references', 'cited papers of this catalogue')}</section>`,
  ]
}

function allLink(
  { totalCount, nodes }: { totalCount: number; nodes: unknown[] },
  path: string,
  list: string,
  noun: string,
): Content {
  if (totalCount === 0) return html`<p class="quiet small">None of them is in this catalogue.</p>`
  if (totalCount <= nodes.length) return null
  return html`<p><a href="${path}?show=${list}">All ${numberText(totalCount)} ${noun}</a></p>`
}

export function relatedSection({ related }: Paper): Content {
  if (related.length === 0) return null
  return html`<section aria-labelledby="related"><h2 id="related" class="section-head">Related papers</h2>
${paperRows(related.map(({ paper, reasons }) => paperRow(paper, reasonsText(reasons))))}</section>`
}

/** Maximum reasons shown, strongest first. */
const MOST_REASONS = 3

const reasonsText = (reasons: readonly RelationReason[]): Content =>
  joined(reasons.slice(0, MOST_REASONS).map(reasonText), ' · ')

function reasonText({ kind, detail, count: shared }: RelationReason): Content {
  const named = html`<bdi>${detail}</bdi>`
  switch (kind) {
    case 'AUTHOR':
      return ['also by ', named]
    case 'CITED_BY':
      return 'cites this paper'
    case 'CITES':
      return 'cited by this paper'
    case 'CO_CITED':
      return `cited together by ${count(shared ?? 0, 'paper')}`
    case 'SHARED_REFERENCES':
      return count(shared ?? 0, 'shared reference')
    case 'TEXT':
      return ['mentions “', named, '”']
    case 'TOPIC':
      return ['topic ', named]
  }
}

export function conflictSection({ conflicts }: Paper): Content {
  if (conflicts.length === 0) return null
  return html`<section aria-labelledby="conflicts"><h2 id="conflicts" class="section-head">Where sources disagree</h2>
<div class="table-frame" tabindex="0" role="group" aria-label="Values of the sources"><table>
<thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Stated by</th></tr></thead>
<tbody>${conflicts.map(conflictRows)}</tbody></table></div></section>`
}

/** Maximum length of a shown conflict value, such as an abstract. */
const LONGEST_VALUE = 300

function conflictRows({ field, values, contested }: Conflict): Content {
  if (contested)
    return html`<tr><th scope="row">${nameOf(field)}</th><td class="value"><code>${contested.identifier}</code> is also claimed by ${count(contested.papers.length, 'other paper')}: ${contested.papers.map((paper) => paperRow(paper))}</td><td title="${CONTEST_RULE}">${nameOf(contested.reason)}</td></tr>`
  return values.map(
    ({ value, isShown, sources }, at) =>
      html`<tr>${at === 0 && html`<th scope="rowgroup" rowspan="${values.length}">${nameOf(field)}</th>`}<td class="value" dir="auto">${valueText(field, value)}${isShown && html` <span class="chip is-on">shown</span>`}</td><td>${sources.map(sourceText).join(', ')}</td></tr>`,
  )
}

/** A value in the form in which the rest of the page shows it. */
function valueText(field: string, value: string): string {
  if (field === 'KIND') return nameOf(value)
  if (field === 'LANGUAGE') return languageName(value)
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value
}
