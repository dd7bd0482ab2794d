import { dayText, numberText } from '../../html/dates.ts'
import { type Content, html } from '../../html/template.ts'

export interface StarCount {
  on: string
  stars: number
}

const WIDTH = 100
const HEIGHT = 30

/** Maximum points of a line; more would not be distinguishable at its width. */
const MOST_POINTS = 100

/** The stars of a repository over time as a line; empty with fewer than two days. */
export function sparkline(name: string, history: readonly StarCount[]): Content {
  const first = history[0]
  const last = history.at(-1)
  if (!first || !last || history.length < 2) return null
  const points = thinned(history)
  const most = Math.max(...points.map(({ stars }) => stars))
  const least = Math.min(...points.map(({ stars }) => stars))
  const from = Date.parse(first.on)
  const span = Date.parse(last.on) - from || 1
  const line = points
    .map(({ on, stars }) => {
      const x = ((Date.parse(on) - from) / span) * WIDTH
      const y = HEIGHT - ((stars - least) / (most - least || 1)) * HEIGHT
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')
  const label = `Stars of ${name}: ${numberText(first.stars)} on ${dayText(first.on)}, ${numberText(last.stars)} on ${dayText(last.on)}`
  return html`<figure class="stars">
<svg class="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
<polygon class="area" points="0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}"/><polyline class="line" points="${line}"/></svg>
<figcaption class="quiet">${numberText(first.stars)} → ${numberText(last.stars)} since ${dayText(first.on)}</figcaption>
</figure>`
}

function thinned(history: readonly StarCount[]): readonly StarCount[] {
  const step = Math.ceil(history.length / MOST_POINTS)
  return history.filter((_, at) => at % step === 0 || at === history.length - 1)
}
