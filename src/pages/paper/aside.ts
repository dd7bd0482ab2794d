import { topicKeyOf } from '../../domain/record/keywords/topic-key.ts'
import { dayText, numberText } from '../../html/dates.ts'
import { dailyPath, institutionPath, topicPath } from '../../html/paths.ts'
import { type Content, type Html, html, joined, safeUrl } from '../../html/template.ts'
import { published, venueLink } from '../parts/card.ts'
import { languageName, nameOf } from '../parts/names.ts'
import { paperRow, paperRows } from '../parts/row.ts'
import { decisionsCard } from './decisions.ts'
import type { Paper } from './document.ts'
import { accessText, historyCard, linksCard } from './statements.ts'

/** Maximum keywords shown: some sources have hundreds. */
const MOST_KEYWORDS = 40

/** The column beside the abstract: citations, topics, facts and sources. */
export function paperAside(paper: Paper, path: string): Html {
  return html`<aside class="stack" aria-label="About this paper">
${citeCard(paper, path)}
${linksCard(paper)}
${topicsCard(paper)}
${keywordsCard(paper)}
${decisionsCard(paper)}
${factsCard(paper)}
${historyCard(paper)}
${versionsCard(paper)}
${sourcesCard(paper)}
</aside>`
}

function citeCard({ bibtex, ris, cslJson, apa, harvard, vancouver }: Paper, path: string): Html {
  const formats: [id: string, label: string, text: string | undefined][] = [
    ['bibtex', 'BibTeX', bibtex],
    ['ris', 'RIS', ris],
    ['csl', 'CSL-JSON', cslJson],
    ['apa', 'APA', apa],
    ['harvard', 'Harvard', harvard],
    ['vancouver', 'Vancouver', vancouver],
  ]
  const opened = apa === undefined ? 'bibtex' : 'apa'
  return html`<section class="card cite" aria-labelledby="cite"><h2 id="cite">Cite</h2>
${formats.map(
  ([id, label, text]) =>
    text !== undefined &&
    html`<details name="cite"${id === opened && html` open`}><summary>${label}</summary>
<pre id="cite-${id}" tabindex="0" aria-label="${label}">${text.trim()}</pre>
<button type="button" class="is-plain" data-copy="cite-${id}" hidden>Copy ${label}</button></details>`,
)}
${apa === undefined && html`<p class="small"><a rel="nofollow" href="${path}?cite=text#cite">APA, Harvard and Vancouver</a></p>`}
</section>`
}

function topicsCard({ topics: { nodes } }: Paper): Content {
  if (nodes.length === 0) return null
  return html`<section aria-labelledby="topics"><h2 id="topics" class="section-head">Topics</h2>
<ul class="chips">${nodes.map(({ slug, name }) => html`<li><a class="chip" href="${topicPath(slug)}"><bdi>${name}</bdi></a></li>`)}</ul></section>`
}

/** Keywords that are not topics of the paper, as links to searches. */
function keywordsCard({ keywords, topics }: Paper): Content {
  const known = new Set(topics.nodes.map(({ slug }) => topicKeyOf(slug).key))
  const others = keywords.filter((keyword) => !known.has(topicKeyOf(keyword).key))
  if (others.length === 0) return null
  return html`<section aria-labelledby="keywords"><h2 id="keywords" class="section-head">Keywords</h2>
<p class="small">${joined(
    others
      .slice(0, MOST_KEYWORDS)
      .map(
        (keyword) =>
          html`<a rel="nofollow" href="search?q=${encodeURIComponent(`keyword:"${keyword.replaceAll('"', ' ')}"`)}"><bdi>${keyword}</bdi></a>`,
      ),
    ' · ',
  )}</p></section>`
}

function factsCard(paper: Paper): Html {
  const { publication, language, kind, venue } = paper
  const container = publication?.container
  const place = publication && [
    publication.volume && `vol. ${publication.volume}`,
    publication.number && `no. ${publication.number}`,
    publication.pages && `pp. ${publication.pages.replaceAll('--', '–')}`,
    publication.articleNumber,
  ]
  const pairs: [string, Content][] = [
    ['Kind', nameOf(kind)],
    ['Published', published(paper)],
    ['Venue', venueLink(paper)],
    ['Institutions', institutionLinks(paper)],
    ['In', container !== venue?.name && container && html`<bdi>${container}</bdi>`],
    ['Volume and pages', place && joined(place, ', ')],
    ['Publisher', publication?.publisher],
    ['Reference', publication?.journalRef],
    ['Language', language && languageName(language)],
    ['Open access', accessText(paper)],
    ...paper.identifiers.map(({ scheme, value, url }): [string, Content] => [
      nameOf(scheme),
      safeUrl(url) ? html`<a href="${safeUrl(url)}" rel="noopener">${value}</a>` : value,
    ]),
    ['Listed', listings(paper)],
  ]
  return html`<section aria-labelledby="facts"><h2 id="facts" class="section-head">Details</h2>
<dl class="pairs">${pairs.filter(([, value]) => value && String(value) !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`
}

const institutionLinks = ({ institutions: { nodes } }: Paper): Content =>
  nodes.length > 0 &&
  joined(
    nodes.map(({ slug, name }) => html`<a href="${institutionPath(slug)}"><bdi>${name}</bdi></a>`),
    ', ',
  )

function listings({ listings: all }: Paper): Content {
  const days = all.filter(({ day }) => day !== null)
  if (days.length === 0) return null
  return joined(
    days.map(
      ({ day, upvotes }) =>
        html`<a href="${dailyPath(day ?? '')}">${dayText(day ?? '')}</a>${upvotes !== null && ` (${numberText(upvotes)} upvotes)`}`,
    ),
    ', ',
  )
}

function versionsCard({ otherVersions }: Paper): Content {
  const shown = otherVersions.flatMap(({ kind, paper }) => (paper ? [{ kind, paper }] : []))
  if (shown.length === 0) return null
  return html`<section aria-labelledby="versions"><h2 id="versions" class="section-head">Other versions</h2>
${paperRows(shown.map(({ kind, paper }) => paperRow(paper, nameOf(kind))))}</section>`
}

function sourcesCard({ sources }: Paper): Html {
  return html`<section aria-labelledby="sources"><h2 id="sources" class="section-head">Sources</h2>
<ul class="rows small">${sources.map(({ name, key, url, licence, fetchedAt }) => {
    const label = html`<bdi>${name}</bdi>`
    const link = safeUrl(url)
    const facts = [licence, html`read <span class="when">${dayText(fetchedAt.slice(0, 10))}</span>`]
    return html`<li>${link ? html`<a href="${link}" rel="noopener">${label}</a>` : label} <span class="quiet mono">${key}</span><br><span class="quiet">${joined(facts, ' · ')}</span></li>`
  })}</ul></section>`
}
