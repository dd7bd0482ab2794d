import { renderPage, type Site } from './page.ts'
import { type Html, html } from './template.ts'

interface Fault {
  status: number
  message: string
}

/** A page that describes an error and what to do next. */
export function renderError(site: Site, path: string, { status, message }: Fault): Html {
  const { title, advice } = textOf(status)
  const link = isGone(status) ? LINKS.find(({ pattern }) => pattern.test(path)) : undefined
  const main = html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Error ${status}</p><h1>${title}</h1></div></div>
<p class="notice is-bad" dir="auto">${message}</p>
${link === undefined && html`<p>${advice}</p>`}
<div class="buttons">${link && html`<a class="button" href="${link.href}">${link.label}</a>`}<a class="button${link && ' is-plain'}" href="./">Trending papers</a><a class="button is-plain" href="search">Search</a></div>
</div>`
  return renderPage(site, { title, path, isPrivate: true }, main)
}

/** Where to replace expired links of mails, whose URLs nobody types. */
const LINKS = [
  { pattern: /^sign-in\//, href: 'sign-in', label: 'Ask for a new link' },
  { pattern: /^(?:subscriptions|digests)\//, href: 'subscribe', label: 'Subscribe' },
]

const isGone = (status: number) => status === 404 || status === 410

function textOf(status: number): { title: string; advice: string } {
  if (isGone(status))
    return {
      title: 'Not found',
      advice:
        'Check the address for a missing or an extra character, or search by title, author, DOI or arXiv id.',
    }
  if (status === 503 || status === 429)
    return { title: 'Busy', advice: 'Wait a few seconds and reload this page.' }
  if (status >= 500)
    return {
      title: 'Something went wrong',
      advice: 'Reload this page. If it fails again, report it with the request id above.',
    }
  return { title: 'This does not work', advice: 'Change the address or the form and try again.' }
}
