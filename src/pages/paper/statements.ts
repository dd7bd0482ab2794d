import { dayText, knownDay } from '../../html/dates.ts'
import { type Content, type Html, html, joined, safeUrl } from '../../html/template.ts'
import { nameOf } from '../parts/names.ts'
import type { Paper, PaperEvent } from './document.ts'

/** Warnings about a paper that was retracted, withdrawn or questioned, with day, reason and notice. */
export function warnings({ isRetracted, events }: Paper): Content {
  const taken = events.find(({ kind }) => kind === 'RETRACTION' || kind === 'WITHDRAWAL')
  const concern = events.find(({ kind }) => kind === 'CONCERN')
  if (isRetracted || taken?.kind === 'WITHDRAWAL')
    return warning(isRetracted ? 'Retracted' : 'Withdrawn', taken)
  return concern && warning('Expression of concern', concern)
}

function warning(word: string, event: PaperEvent | undefined): Html {
  const parts = event
    ? [dayOf(event), event.reason && html`<bdi>${event.reason}</bdi>`, noticeLink(event, 'Notice')]
    : []
  const details = joined(parts, ' · ')
  return html`<p class="notice is-bad"><strong>${word}.</strong> ${parts.some(Boolean) ? details : 'A source states that this paper was retracted.'}</p>`
}

const dayOf = ({ on, precision }: PaperEvent): Content =>
  on &&
  html`<span class="when">${precision === 'DAY' ? dayText(on) : knownDay(on, precision ?? 'DAY')}</span>`

function noticeLink({ notice }: PaperEvent, label: Content): Content {
  const url = safeUrl(notice)
  return url && html`<a href="${url}" rel="noopener">${label}</a>`
}

/** Pages and files about the paper, without its code and its PDF, which has a button. */
export function linksCard({ links }: Paper): Content {
  const shown = links.filter(({ kind, url }) => kind !== 'PDF' && safeUrl(url))
  if (shown.length === 0) return null
  return html`<section aria-labelledby="links"><h2 id="links" class="section-head">Links</h2>
<ul class="rows small">${shown.map(
    ({ kind, url, label }) =>
      html`<li><a href="${safeUrl(url)}" rel="noopener">${label ? html`<bdi>${label}</bdi>` : nameOf(kind)}</a> <span class="quiet">${hostOf(url)}</span></li>`,
  )}</ul></section>`
}

const hostOf = (url: string) => new URL(url).hostname.replace(/^www\./, '')

/** Versions and notices, latest first. */
export function historyCard({ events }: Paper): Content {
  if (events.length === 0) return null
  return html`<section aria-labelledby="history"><h2 id="history" class="section-head">History</h2>
<ul class="rows small">${events.map((event) => {
    const name =
      event.kind === 'VERSION' && event.number ? `Version ${event.number}` : nameOf(event.kind)
    const facts = [dayOf(event), event.kind !== 'VERSION' && event.reason]
    return html`<li>${noticeLink(event, name) ?? name} <span class="quiet">${joined(facts, ' · ')}</span></li>`
  })}</ul></section>`
}

/** The kind of open access, with the best place to read the paper. */
export function accessText({ openAccess }: Paper): Content {
  if (!openAccess) return null
  const { status, licence, version } = openAccess
  const url = safeUrl(openAccess.url)
  const words = nameOf(status)
  const facts = [
    url ? html`<a href="${url}" rel="noopener">${words}</a>` : words,
    version && `${nameOf(version).toLowerCase()} version`,
    licence,
  ]
  return joined(facts, ', ')
}
