import { count } from '../../html/dates.ts'
import { type Content, html } from '../../html/template.ts'

export interface YearCount {
  year: number
  count: number
}

/** Maximum years shown, the latest; and a minimum, so that bars stay narrow. */
const MOST_YEARS = 24
const LEAST_YEARS = 8
const HEIGHT = 48
const STEP = 12

/** Papers by year as bars. Each bar links to the papers of its year. */
export function yearBars(years: readonly YearCount[], linkOf: (year: number) => string): Content {
  const last = years.at(-1)?.year
  if (last === undefined) return null
  const first = Math.min(years[0]?.year ?? last, last - LEAST_YEARS + 1)
  const from = Math.max(first, last - MOST_YEARS + 1)
  const counts = new Map(years.map(({ year, count: papers }) => [year, papers]))
  const shown = Array.from({ length: last - from + 1 }, (_, at) => from + at)
  const most = Math.max(...shown.map((year) => counts.get(year) ?? 0))
  const drawn = shown.filter((year) => counts.has(year))
  return html`<section aria-labelledby="years"><h2 id="years" class="section-head">Papers by year</h2>
<svg class="bars" viewBox="0 0 ${shown.length * STEP} ${HEIGHT}" preserveAspectRatio="none">${drawn.map(
    (year) => {
      const papers = counts.get(year) ?? 0
      const label = `${year}: ${count(papers, 'paper')}`
      return html`<a href="${linkOf(year)}" aria-label="${label}"><title>${label}</title>${bar(year - from, papers / most)}</a>`
    },
  )}</svg>
<p class="quiet small ends"><span>${from}</span><span>${last}</span></p></section>`
}

function bar(at: number, share: number): Content {
  const height = Math.max(2, share * HEIGHT)
  return html`<rect x="${at * STEP + 1}" y="${(HEIGHT - height).toFixed(1)}" width="${STEP - 2}" height="${height.toFixed(1)}" rx="1"/>`
}
