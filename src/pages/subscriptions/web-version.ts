import { renderMail } from '../../digest/message.ts'
import type { DigestItem } from '../../domain/digest/content.ts'
import { getTokenHolder } from '../../domain/digest/subscription.ts'
import { pageRoute } from '../../html/route.ts'

/** Mails contain their styles and load nothing else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const HEADERS = [
  ...['content-security-policy', POLICY],
  ...['referrer-policy', 'no-referrer', 'cache-control', 'no-store', 'x-robots-tag', 'noindex'],
]

/** A mail as a page, with the current state of its papers and without deleted ones. */
export const webVersion = pageRoute('GET', '/digests/:token', async ({ params, services }) => {
  const { db, publicUrl } = services
  const token = params.token ?? ''
  const { mail, subscription } = await getTokenHolder(db, token)
  const items = (mail.items ?? []) as DigestItem[]
  const { moreCount } = mail
  const of = { mail, subscription }
  const { html } = await renderMail({ db, publicUrl }, of, { items, moreCount, token })
  return { document: html, headers: HEADERS }
})
