import { prefixOf } from '../server/http/origin.ts'
import type { AssetPaths } from './assets.ts'
import { type Content, type Html, html } from './template.ts'

/** What all pages of a server have in common. */
export interface Site {
  /** Base of all URLs, without a trailing slash. */
  publicUrl: string
  assets: AssetPaths
  /** Whether GraphiQL is served; every page links to it. */
  hasGraphiql: boolean
  /** Whether the browser sent a session, valid or not. */
  isSignedIn: boolean
}

export interface PageOptions {
  /** Precedes the site's name in the window title; if empty, the name stands alone. */
  title: string
  /** Path and query of the request, without the leading slash. */
  path: string
  /** For search engines and link previews. */
  description?: string | undefined
  /** The canonical path for search engines, such as `papers/x`. Personal pages, such as those of a token, have none. */
  canonical?: string | undefined
  /** Further elements for the head. */
  head?: Content
  /** Whether search engines are asked not to index it. */
  isPrivate?: boolean
  /** The current entry of the navigation. */
  current?: Section
  /** Text in the search box. */
  search?: string
  /** The GraphQL document that the page was made from. */
  operation?: { document: string; variables: Record<string, unknown> } | undefined
}

type Section = 'trending' | 'daily' | 'search'

/** Sent with every page: scripts, styles, fonts and requests only from this server, and nothing inline. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The base of relative paths, so that a proxy may serve the pages below a prefix: write `href="papers/x"`, without a leading slash. */
export const baseOf = ({ publicUrl }: Pick<Site, 'publicUrl'>): string => `${prefixOf(publicUrl)}/`

/** A complete page: metadata for browsers, search engines and previews, and the common frame around `main`. */
export function renderPage(site: Site, options: PageOptions, main: Content): Html {
  const { title, path, description, canonical, head, isPrivate = false } = options
  const { style, script, icon, fonts } = site.assets
  const url = canonical === undefined ? undefined : `${site.publicUrl}/${canonical}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title ? `${title} · paperql` : 'paperql'}</title>
<base href="${baseOf(site)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${description && html`<meta name="description" content="${description}">`}
${isPrivate && html`<meta name="robots" content="noindex">`}
${url !== undefined && html`<link rel="canonical" href="${url}">`}
<link rel="icon" type="image/svg+xml" href="${icon}">
${fonts.map((font) => html`<link rel="preload" as="font" type="font/woff2" href="${font}" crossorigin>`)}
<link rel="stylesheet" href="${style}">
<script src="${script}" defer></script>
${head}
</head>
<body>
<a class="skip" href="${path || './'}#main">Skip to content</a>
${siteHeader(options, icon)}
<main id="main" tabindex="-1"><div class="wrap">
${main}
${options.operation && asQuery(site, options.operation)}
</div></main>
${siteFooter(site)}
</body>
</html>
`
}

const SECTIONS: { name: Section; path: string; label: string }[] = [
  { name: 'trending', path: './', label: 'Trending' },
  { name: 'daily', path: 'daily', label: 'Daily' },
]

function siteHeader({ current, search = '' }: PageOptions, icon: string): Html {
  return html`<header class="site-header"><div class="wrap">
<a class="wordmark" href="./"><img src="${icon}" alt="" width="28" height="28">paperql</a>
<form class="search" role="search" action="search">
<label class="visually-hidden" for="q">Search papers, authors and topics</label>
<div class="search-row"><input id="q" type="search" name="q" value="${search}" maxlength="5000" dir="auto" autocomplete="off" placeholder="Search papers"><button>Search</button></div>
</form>
<nav class="site-nav" aria-label="Main">
${SECTIONS.map(
  ({ name, path, label }) =>
    html`<a href="${path}"${name === current && html` aria-current="page"`}>${label}</a>`,
)}
<a href="graphql">API</a>
</nav>
</div></header>`
}

function siteFooter({ hasGraphiql, isSignedIn }: Site): Html {
  return html`<footer class="site-footer"><div class="wrap">
<p>Paper metadata merged from public sources. Every page is one GraphQL query.</p>
<ul>
${hasGraphiql && html`<li><a href="graphql">GraphiQL</a></li>`}
<li><a href="search">All papers</a></li>
<li><a href="sign-in">${isSignedIn ? 'Sign out' : 'Sign in'}</a></li>
</ul>
</div></footer>`
}

/** Maximum length of a link that every browser and proxy accepts. */
const LONGEST_LINK = 8000

function asQuery(site: Site, { document, variables }: NonNullable<PageOptions['operation']>): Html {
  const values = JSON.stringify(variables, null, 2)
  const parameters = new URLSearchParams({ query: document, variables: values })
  const link = `graphql?${parameters}`
  return html`<details class="as-query">
<summary>This page as a query</summary>
<div class="stack">
<p class="quiet small">Everything above comes from this GraphQL operation. Send it to <code>/graphql</code> to get the same data as JSON.</p>
<div class="buttons">
${site.hasGraphiql && link.length <= LONGEST_LINK && html`<a class="button is-plain" href="${link}">Open in GraphiQL</a>`}
<button type="button" class="is-plain" data-copy="page-query" hidden>Copy query</button>
</div>
<pre id="page-query" tabindex="0"><code>${document.trim()}</code></pre>
<p class="field-label">Variables</p>
<pre tabindex="0"><code>${values}</code></pre>
</div>
</details>`
}
