import { renderMail } from '../../digest/message.ts'
import type { DigestItem } from '../../domain/digest/content.ts'
import { getTokenHolder } from '../../domain/digest/subscription.ts'
import { send } from '../../server/http/exchange.ts'
import type { Route } from '../../server/routes.ts'

/** Mails have their styles within, and need nothing else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const HEADERS = [
  ...['content-type', 'text/html; charset=utf-8', 'content-security-policy', POLICY],
  ...['referrer-policy', 'no-referrer', 'cache-control', 'no-store', 'x-robots-tag', 'noindex'],
]

/** A mail as a page: with the papers as they are now, and without those that are gone. */
export const webVersion: Route = {
  method: 'GET',
  path: '/digests/:token',
  async handle(exchange, { token = '' }, { db, publicUrl }) {
    const { mail, subscription } = await getTokenHolder(db, token)
    const items = (mail.items ?? []) as DigestItem[]
    const { moreCount } = mail
    const of = { mail, subscription }
    const { html } = await renderMail({ db, publicUrl }, of, { items, moreCount, token })
    send(exchange, 200, HEADERS, html)
  },
}
