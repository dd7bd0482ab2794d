import { mappedSlugs, paperParts, papersOfPart } from '../domain/papers/site-map.ts'
import { AppError } from '../errors.ts'
import { baseOf } from '../html/page.ts'
import { institutionPath, PATH_SCHEMES, paperPath, topicPath, venuePath } from '../html/paths.ts'
import { type Content, html } from '../html/template.ts'
import { type Exchange, send } from '../server/http/exchange.ts'
import type { Route } from '../server/routes.ts'
import { globalId } from '../sql/global-id.ts'

/** Routes for crawlers: which pages to visit, and the list of all pages. */
export const crawlerRoutes: Route[] = [
  {
    method: 'GET',
    path: '/robots.txt',
    handle(exchange, _, { publicUrl }) {
      send(exchange, 200, [...PLAIN, ...FOR_AN_HOUR], robots(publicUrl))
    },
  },
  {
    method: 'GET',
    path: '/sitemap.xml',
    async handle(exchange, _, { db, publicUrl }) {
      const parts = await paperParts(db)
      const files = ['lists', ...parts.map((part) => `papers-${part + 1}`)]
      const entries = files.map(
        (file) => html`<sitemap><loc>${publicUrl}/sitemaps/${file}.xml</loc></sitemap>\n`,
      )
      sendXml(exchange, html`<sitemapindex xmlns="${NAMESPACE}">\n${entries}</sitemapindex>\n`)
    },
  },
  {
    method: 'GET',
    path: '/sitemaps/:file',
    async handle(exchange, { file = '' }, { db, publicUrl }) {
      const [, part] = /^papers-([1-9]\d{0,8})\.xml$/.exec(file) ?? []
      if (part === undefined && file !== 'lists.xml')
        throw new AppError('NOT_FOUND', `There is no sitemap ${file}; /sitemap.xml lists them.`)
      const addresses =
        part === undefined ? await listAddresses(db) : await paperAddresses(db, Number(part) - 1)
      const entries = addresses.map(
        ({ path, day }) =>
          html`<url><loc>${publicUrl}/${path}</loc>${day && html`<lastmod>${day}</lastmod>`}</url>\n`,
      )
      sendXml(exchange, html`<urlset xmlns="${NAMESPACE}">\n${entries}</urlset>\n`)
    },
  },
]

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const PLAIN = ['content-type', 'text/plain; charset=utf-8']
const FOR_AN_HOUR = ['cache-control', 'public, max-age=3600']

/** Searches and styled citations are slower than pages and lead to nothing that pages do not. */
function robots(publicUrl: string): string {
  const base = baseOf({ publicUrl })
  const closed = ['search', 'graphql', 'subscriptions/', 'digests/', '*?*cite=', '*?*order=']
  return `User-agent: *\n${closed.map((path) => `Disallow: ${base}${path}\n`).join('')}\nSitemap: ${publicUrl}/sitemap.xml\n`
}

function sendXml(exchange: Exchange, content: Content): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${content}`
  send(exchange, 200, ['content-type', 'application/xml; charset=utf-8', ...FOR_AN_HOUR], text)
}

interface Address {
  path: string
  day?: string
}

type Database = Parameters<typeof paperParts>[0]

async function paperAddresses(db: Database, part: number): Promise<Address[]> {
  const schemes = PATH_SCHEMES.map((scheme) => scheme.toLowerCase())
  const rows = await papersOfPart(db, part, schemes)
  return rows.map(({ id, identifiers, updatedAt }) => ({
    path: paperPath({ id: globalId('Paper', id), identifiers }),
    day: updatedAt,
  }))
}

async function listAddresses(db: Database): Promise<Address[]> {
  const { topics, venues, institutions } = await mappedSlugs(db)
  const paths = ['', 'daily', 'weekly', 'monthly']
  return [
    ...paths,
    ...topics.map(topicPath),
    ...venues.map(venuePath),
    ...institutions.map(institutionPath),
  ].map((path) => ({ path }))
}
