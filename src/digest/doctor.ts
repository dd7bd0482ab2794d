import { createPublicKey } from 'node:crypto'
import { resolveTxt } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { readDkimKey } from '../mail/dkim-key.ts'
import type { Mailer } from '../mail/mailer.ts'
import { allowedHosts, hostOf, mayReach } from '../webhooks/address.ts'
import { domainOf } from './message.ts'

/** The result of a check, and what to do if it failed. */
export interface Finding {
  what: string
  isGood: boolean
  /** What was found, or what to do. */
  says: string
}

export interface DoctorOptions {
  config: Config
  mailer: Mailer
  /** Resolves TXT records; rejects if there are none. */
  lookUp?: (name: string) => Promise<string[][]>
}

/** Checks everything that digests need to be delivered. */
export async function examine({
  config,
  mailer,
  lookUp = resolveTxt,
}: DoctorOptions): Promise<Finding[]> {
  const { mail } = config
  const domain = domainOf(mail.from)
  const records = async (name: string) => {
    const found = await lookUp(name).catch((error: NodeJS.ErrnoException) => {
      if (NO_RECORDS.has(error.code)) return []
      throw new NoAnswer(`The DNS did not answer for ${name} (${error.code}); try again.`)
    })
    return found.map((parts) => parts.join(''))
  }
  // Mail servers look up the SPF record of the envelope's domain, to which bounces go.
  const envelopeDomain = domainOf(mail.bounceAddress)
  return [
    await checkServer(mailer),
    checkSender(mail.from, domain),
    checkLinks(config.publicUrl),
    await checkSpf(envelopeDomain, records).catch(unanswered('SPF')),
    await checkDkim(config, domain, records).catch(unanswered('DKIM')),
    await checkDmarc(domain, records).catch(unanswered('DMARC')),
  ]
}

/** DNS error codes for a missing record. */
const NO_RECORDS = new Set<string | undefined>(['ENOTFOUND', 'ENODATA'])

class NoAnswer extends Error {}

const unanswered = (what: string) => (error: unknown) => {
  if (error instanceof NoAnswer || error instanceof AppError) return bad(what, error.message)
  throw error
}

type Records = (name: string) => Promise<string[]>

const good = (what: string, says: string): Finding => ({ what, isGood: true, says })
const bad = (what: string, says: string): Finding => ({ what, isGood: false, says })

async function checkServer(mailer: Mailer): Promise<Finding> {
  const what = 'SMTP server'
  if (mailer.folder !== null)
    return bad(what, `Set SMTP_URL: without it mails are written to ${mailer.folder}.`)
  try {
    await mailer.check()
    return good(what, 'It answers, and accepts the user and password.')
  } catch (error) {
    return bad(what, `Check SMTP_URL: ${(error as Error).message}`)
  }
}

function checkSender(from: string, domain: string): Finding {
  const what = 'Sender'
  return domain.includes('.')
    ? good(what, from)
    : bad(
        what,
        `Set MAIL_FROM to an address of your domain, such as papers@example.org, not ${from}.`,
      )
}

function checkLinks(publicUrl: string | undefined): Finding {
  const what = 'Links'
  if (publicUrl === undefined)
    return bad(what, 'Set PUBLIC_URL: links in mails lead to this machine without it.')
  if (!publicUrl.startsWith('https://'))
    return bad(
      what,
      `Set PUBLIC_URL to an https URL, not ${publicUrl}: mail programs unsubscribe only over https.`,
    )
  const host = hostOf(new URL(publicUrl))
  const isPrivate = isIP(host)
    ? !mayReach(host, NOWHERE_ELSE)
    : !host.replace(/\.localhost$/, '').includes('.')
  return isPrivate
    ? bad(what, `Set PUBLIC_URL to an address that readers reach, not ${publicUrl}.`)
    : good(what, `They begin with ${publicUrl}`)
}

const NOWHERE_ELSE = allowedHosts([])

async function checkSpf(domain: string, records: Records): Promise<Finding> {
  const what = 'SPF'
  const found = (await records(domain)).filter((text) => /^v=spf1\b/i.test(text))
  if (found.length === 0)
    return bad(
      what,
      `Add a TXT record to ${domain} that names your mail server, such as "v=spf1 mx -all".`,
    )
  if (found.length > 1)
    return bad(
      what,
      `${domain} has ${found.length} SPF records, which counts as an error; leave one.`,
    )
  const [text = ''] = found
  return /(?:^|\s)[+?]?all\b/i.test(text)
    ? bad(what, `"${text}" allows every server to send as ${domain}; end it with -all or ~all.`)
    : good(what, text)
}

async function checkDkim(
  { mail: { dkim } }: Config,
  domain: string,
  records: Records,
): Promise<Finding> {
  const what = 'DKIM'
  if (!dkim)
    return bad(
      what,
      'Set DKIM_KEY_FILE, or check that your mail server signs: one-click unsubscribing needs a signature.',
    )
  if (!isWithin(domain, dkim.domain) && !isWithin(dkim.domain, domain))
    return bad(
      what,
      `Set DKIM_DOMAIN to ${domain}, the domain of MAIL_FROM: a signature of ${dkim.domain} does not count for it.`,
    )
  const name = `${dkim.selector}._domainkey.${dkim.domain}`
  const own = createPublicKey(await readDkimKey(dkim.keyFile))
    .export({ type: 'spki', format: 'der' })
    .toString('base64')
  const published = (await records(name)).map((text) =>
    /\bp=([^;]*)/.exec(text)?.[1]?.replaceAll(/\s/g, ''),
  )
  if (published.includes(own)) return good(what, `${name} has the key.`)
  return bad(
    what,
    published.length === 0
      ? `Add the TXT record ${name}: "v=DKIM1; k=rsa; p=${own}"`
      : `${name} has a different key from ${dkim.keyFile}; set it to "v=DKIM1; k=rsa; p=${own}"`,
  )
}

async function checkDmarc(domain: string, records: Records): Promise<Finding> {
  const what = 'DMARC'
  // A domain without its own record inherits that of its organisation, one of the domains above it.
  for (const name of upwards(domain)) {
    const found = (await records(`_dmarc.${name}`)).find((text) => /^v=DMARC1\b/i.test(text))
    if (found) return good(what, found)
  }
  return bad(
    what,
    `Add the TXT record _dmarc.${domain}: "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`,
  )
}

/** A domain and its parents, except the top level, which belongs to a registry. */
function upwards(domain: string): string[] {
  const labels = domain.split('.')
  const above = labels.slice(1, -1).map((_, i) => labels.slice(i + 1).join('.'))
  return [domain, ...above]
}

const isWithin = (domain: string, above: string) =>
  `.${domain}`.toLowerCase().endsWith(`.${above.toLowerCase()}`)
