import { AppError, isAppError, quote } from '../errors.ts'
import { count, numberText } from '../html/dates.ts'
import { institutionPath } from '../html/paths.ts'
import type { PageAnswer } from '../html/route.ts'
import { html } from '../html/template.ts'
import type { RouteServices } from '../server/routes.ts'
import { ask } from './parts/ask.ts'

const MEANT = /* GraphQL */ `
  query Meant($ref: String!) {
    institution(ref: $ref) { slug }
  }
`

/** The candidates as the error of `institution(ref:)` lists them. */
interface Meant {
  institutionCount: number
  candidates: { ref: string; name: string; country: string | null; paperCount: number }[]
}

/** The page of the institutions that a name or acronym may refer to; null if it does not refer to several. */
export async function institutionsCalled(
  services: RouteServices,
  ref: string,
): Promise<NonNullable<PageAnswer> | null> {
  const meant = await ask(services, MEANT, { ref }).then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError && 'candidates' in error.details)
        return error.details as unknown as Meant
      if (isAppError(error, 'BAD_USER_INPUT')) return null
      throw error
    },
  )
  if (meant === null) return null
  const { institutionCount, candidates } = meant
  const hidden = institutionCount - candidates.length
  return {
    status: 300,
    options: { title: `Institutions called ${quote(ref)}`, isPrivate: true },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Institutions</p><h1 dir="auto">${ref}</h1>
<p class="quiet">${count(institutionCount, 'institution')} may be meant.</p></div></div>
<ul class="rows small">${candidates.map(
      ({ ref: slug, name, country, paperCount }) =>
        html`<li><a href="${institutionPath(slug)}"><bdi>${name}</bdi></a> <span class="quiet">${country !== null && `${country} · `}${count(paperCount, 'paper')}</span></li>`,
    )}</ul>
${hidden > 0 && html`<p class="quiet small">${numberText(hidden)} more are not shown.</p>`}
</div>`,
  }
}
