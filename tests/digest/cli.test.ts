import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { examine } from '../../src/digest/doctor.ts'
import { createLog } from '../../src/log.ts'
import { openMailer } from '../../src/mail/mailer.ts'
import { runCli, runProcess } from '../helpers/cli.ts'
import { createDigestWorld, type DigestWorld } from './fixture.ts'

let world: DigestWorld
beforeAll(async () => {
  world = await createDigestWorld()
})
afterAll(() => world?.close())

const run = (args: string[], input?: string, runner: typeof runCli = runCli) =>
  runner(args, {
    env: { DATABASE_URL: world.t.url, SMTP_URL: world.smtp.url, MAIL_FROM: 'papers@example.org' },
    ...(input !== undefined && { input }),
  })

/** A report in the form of Postfix, about the newest mail. */
const reportOf = (address: string, messageId: string, action = 'failed') =>
  `From: MAILER-DAEMON@mx.example.org
To: papers@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you …

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ${address}
Original-Recipient: rfc822;${address}
Action: ${action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <${address}>: Recipient address rejected

--b
Content-Type: text/rfc822-headers

From: papers@example.org
Message-ID: <${messageId}>

--b--
`.replaceAll('\n', '\r\n')

test('preview, send and bounce work as documented', async () => {
  world.at = new Date()
  await world.addPapers(['A Paper for the Command'])
  const preview = await run(['digest', 'preview', '--text'])
  expect(preview).toMatchObject({ code: 0, stderr: '' })
  expect(preview.stdout).toContain('1. A Paper for the Command')
  expect((await run(['digest', 'preview', '--size', '1000'])).code).toBe(2)
  await world.join('ada@example.org')
  const sent = await run(['digest', 'send'], undefined, runProcess)
  expect(sent).toMatchObject({ code: 0, stdout: 'Nothing is due.\n' })
  // The Message-ID identifies the recipient, even if the mail was forwarded to another address.
  const { messageId = '' } = world.smtp.taken.at(-1) ?? {}
  const report = reportOf('forwarded@example.net', messageId)
  for (let time = 0; time < 2; time++) {
    const counted = await run(['digest', 'bounce'], report)
    expect(counted).toMatchObject({ code: 0, stderr: '' })
    expect(counted.stdout).toContain('still gets digests')
  }
  expect((await run(['digest', 'bounce', 'ada@example.org'])).stdout).toContain(
    'still gets digests',
  )
  expect((await run(['digest', 'bounce', 'ADA@example.org'])).stdout).toContain(
    'gets no digests for now',
  )
  expect((await run(['digest', 'bounce', 'nobody@example.org'])).stdout).toContain('No subscriber')
  const delayed = await run(['digest', 'bounce'], reportOf('ada@example.org', messageId, 'delayed'))
  expect(delayed).toMatchObject({ code: 2, stdout: '' })
})

test('a mail to the address for unsubscribing ends the subscription', async () => {
  world.at = new Date()
  const token = await world.join('mail@example.org')
  const mail = `From: mail@example.org\r\nSubject: Re: unsubscribe ${token}\r\n\r\n`
  expect((await run(['digest', 'bounce'], mail)).stdout).toBe('Unsubscribed.\n')
  world.at = new Date(Date.now() + 2 * 86_400_000)
  await world.send()
  expect(world.digestsTo('mail@example.org')).toEqual([])
})

test('doctor finds missing and correct settings', async () => {
  const { code, stdout } = await run(['digest', 'doctor'])
  expect(code).toBe(1)
  expect(stdout).toContain('good  SMTP server')
  expect(stdout).toContain('FIX   Links: Set PUBLIC_URL')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyFile = join(await mkdtemp(join(tmpdir(), 'dkim-')), 'key.pem')
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const zone: Record<string, string[][]> = {
    'example.org': [['google-site-verification=x'], ['v=spf1 ip4:192.0.2.1', ' -all']],
    'paperql._domainkey.example.org': [['v=DKIM1; k=rsa; p=', p]],
    '_dmarc.example.org': [['v=DMARC1; p=reject']],
  }
  const config = loadConfig({
    ...{ SMTP_URL: world.smtp.url, MAIL_FROM: 'Papers <papers@example.org>' },
    ...{ PUBLIC_URL: 'https://papers.example.org', DKIM_KEY_FILE: keyFile },
  })
  const mailer = openMailer(config.mail, createLog('silent'))
  let answer = 'ENOTFOUND'
  const lookUp = async (name: string) =>
    zone[name] ?? Promise.reject(Object.assign(new Error(name), { code: answer }))
  const wrong = async () => (await examine({ config, mailer, lookUp })).filter((one) => !one.isGood)
  expect(await wrong()).toEqual([])
  zone['example.org'] = [['v=spf1 +all']]
  zone['paperql._domainkey.example.org'] = [['v=DKIM1; p=AAAA']]
  delete zone['_dmarc.example.org']
  expect((await wrong()).map(({ what }) => what)).toEqual(['SPF', 'DKIM', 'DMARC'])
  answer = 'ETIMEOUT'
  expect((await wrong()).at(-1)?.says).toBe(
    'The DNS did not answer for _dmarc.example.org (ETIMEOUT); try again.',
  )
  await mailer.close()
  zone['_dmarc.example.org'] = [['v=DMARC1; p=none']]
  answer = 'ENODATA'
  const says = async (env: Record<string, string>) => {
    const other = { ...config, ...loadConfig({ SMTP_URL: world.smtp.url, ...env }) }
    return (await examine({ config: other, mailer, lookUp })).map(({ says: text }) => text)
  }
  const MAIL_FROM = 'papers@mail.example.org'
  // The record of the organisation counts for domains below it, and that of SPF is of the envelope sender, which gets reports.
  const below = await says({
    MAIL_FROM,
    PUBLIC_URL: 'https://10.0.0.1',
    MAIL_BOUNCE_TO: 'b@example.net',
  })
  expect(below.at(-1)).toBe('v=DMARC1; p=none')
  expect(below[2]).toBe('Set PUBLIC_URL to an address that readers reach, not https://10.0.0.1.')
  expect(below[3]).toContain('Add a TXT record to example.net')
  const foreign = { MAIL_FROM, DKIM_KEY_FILE: keyFile, DKIM_DOMAIN: 'example.com' }
  expect((await says(foreign))[4]).toContain('Set DKIM_DOMAIN to mail.example.org')
})
