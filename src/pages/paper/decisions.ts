import { venuePath } from '../../html/paths.ts'
import { type Content, type Html, html, joined } from '../../html/template.ts'
import { nameOf, sourceText } from '../parts/names.ts'
import type { Decision, Paper } from './document.ts'

/** Decisions of venues on the paper, each with what the sources state and which sources they are. */
export function decisionsCard({ decisions }: Paper): Content {
  if (decisions.length === 0) return null
  return html`<section aria-labelledby="decisions"><h2 id="decisions" class="section-head">Decisions</h2>
<ul class="rows small">${decisions.map((decision) => html`<li>${decisionRow(decision)}</li>`)}</ul></section>`
}

function decisionRow(decision: Decision): Html {
  const { award, track, session, area, sources } = decision
  const facts = [
    award && html`<strong><bdi>${award}</bdi></strong>`,
    ratingText(decision),
    track && html`track <bdi>${track}</bdi>`,
    session && html`session <bdi>${session}</bdi>`,
    area && html`area <bdi>${area}</bdi>`,
  ]
  const verdict = verdictOf(decision)
  const place = placeOf(decision)
  return html`${place}${place && verdict && ': '}${verdict}
${facts.some(Boolean) && html`<br>${joined(facts, ' · ')}`}<br><span class="quiet">${sources.map(sourceText).join(', ')}</span>`
}

function placeOf({ venue, year }: Decision): Content {
  const name =
    venue &&
    html`<a href="${venuePath(venue.slug)}" title="${venue.name}"><bdi>${venue.acronym ?? venue.name}</bdi></a>`
  return name || year !== null ? joined([name, year], ' ') : null
}

/** `Oral` for an accepted paper, with the printed status if it adds something. */
function verdictOf({ outcome, presentation, status }: Decision): Content {
  const shown = [outcome === 'ACCEPTED' && presentation ? null : outcome, presentation]
  const words = shown.flatMap((word) => word ?? []).map(nameOf)
  if (words.length === 0) return status && html`<bdi>${status}</bdi>`
  const known = words.join(', ')
  const isTold = status === null || known.toLowerCase().includes(status.toLowerCase())
  return isTold ? known : html`${known} (<bdi>${status}</bdi>)`
}

function ratingText({ rating }: Decision): string | null {
  if (rating === null) return null
  const mean = `rating ${rating.mean.toFixed(2).replace(/\.?0+$/, '')}`
  return rating.count === null
    ? mean
    : `${mean} in ${rating.count} review${rating.count === 1 ? '' : 's'}`
}

/** Awards and talks, shown beside the title. */
export function distinctions({ decisions }: Paper): Content {
  const shown = decisions.flatMap(({ venue, year, presentation, award, isAwarded }) => {
    const isTalk = presentation === 'ORAL' || presentation === 'SPOTLIGHT'
    const kinds = [isAwarded ? award : null, isTalk && presentation ? nameOf(presentation) : null]
    const place = [venue?.acronym ?? venue?.name, year].filter(Boolean).join(' ')
    return kinds.flatMap((kind) => (kind ? [{ kind, place }] : []))
  })
  if (shown.length === 0) return null
  return html`<ul class="chips">${shown.map(({ kind, place }) => html`<li><span class="chip is-on"><span><bdi>${kind}</bdi>${place && ` · ${place}`}</span></span></li>`)}</ul>`
}
