import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { AppError } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import { checkMail } from '../../src/mail/check-mail.ts'
import { withoutAddresses } from '../../src/mail/delivery.ts'
import { type MailConfig, type Mailer, openMailer } from '../../src/mail/mailer.ts'
import type { MailMessage } from '../../src/mail/message.ts'
import { type SmtpBehaviour, startSmtpServer, type TestSmtpServer } from '../helpers/smtp.ts'

const log = createLog('silent')
const message = (over: Partial<MailMessage> = {}): MailMessage => ({
  to: 'ada@example.org',
  subject: 'Fünf neue Arbeiten',
  html: '<p>Hëllo</p>',
  text: 'Hëllo\n',
  messageId: 'one@example.org',
  date: new Date('2026-03-01T08:00:00Z'),
  ...over,
})

const send = async (mailer: Mailer, one: MailMessage) => mailer.send(await mailer.prepare(one))

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Long timeouts for a busy machine; short ones for a silent server, where waiting costs no work. */
const [PATIENT, IMPATIENT] = ['?socketTimeout=60000', '?socketTimeout=3000']

async function setUp(
  behave?: (address: string, attempt: number) => SmtpBehaviour,
  over: Partial<MailConfig> = {},
  query = PATIENT,
) {
  const server: TestSmtpServer = await startSmtpServer(behave)
  closers.push(server.close)
  const { mail } = loadConfig({ MAIL_FROM: 'Papers <papers@example.org>' })
  const mailer = openMailer({ ...mail, smtpUrl: `${server.url}${query}`, ...over }, log)
  closers.push(mailer.close)
  return { server, mailer }
}

describe('by SMTP', () => {
  test('a mail arrives with its headers, both bodies and the unsubscribe headers of RFC 8058', async () => {
    const { server, mailer } = await setUp(undefined, { replyTo: 'me@example.org' })
    const unsubscribe = {
      url: `https://example.org/subscriptions/${'t'.repeat(43)}/unsubscribe`,
      mailto: `mailto:papers@example.org?subject=unsubscribe%20${'t'.repeat(43)}`,
    }
    const sent = await send(mailer, message({ unsubscribe, listId: 'daily.example.org' }))
    expect(sent).toMatchObject({ outcome: 'accepted' })
    const [taken] = server.taken
    expect(taken).toMatchObject({ to: 'ada@example.org', from: 'papers@example.org' })
    const parsed = await PostalMime.parse(taken?.raw ?? '')
    expect(parsed).toMatchObject({
      from: { address: 'papers@example.org', name: 'Papers' },
      to: [{ address: 'ada@example.org' }],
      replyTo: [{ address: 'me@example.org' }],
      subject: 'Fünf neue Arbeiten',
      messageId: '<one@example.org>',
      date: '2026-03-01T08:00:00.000Z',
    })
    expect(parsed.html).toContain('Hëllo')
    expect(parsed.text).toContain('Hëllo')
    // One line each, because folded ones break the signatures of some servers.
    expect(taken?.raw).toContain(
      `List-Unsubscribe: <${unsubscribe.url}>, <${unsubscribe.mailto}>\r\n`,
    )
    expect(taken?.raw).toContain('\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
    expect(taken?.raw).toContain('\nList-ID: <daily.example.org>\r\n')
  })

  test('the signature covers the headers that RFC 8058 requires', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keyFile = join(await mkdtemp(join(tmpdir(), 'dkim-')), 'key.pem')
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const dkim = { domain: 'example.org', selector: 'paperql', keyFile }
    const { server, mailer } = await setUp(undefined, { dkim })
    const unsubscribe = { url: 'https://example.org/u', mailto: 'mailto:u@example.org' }
    await send(mailer, message({ unsubscribe }))
    const header = /^DKIM-Signature:.*(?:\r\n[ \t].*)*/m.exec(server.taken[0]?.raw ?? '')?.[0] ?? ''
    const signature = header.replaceAll(/\s+/g, '')
    expect(signature).toContain('d=example.org')
    expect(signature).toContain('s=paperql')
    const signed = /;h=([^;]*)/.exec(signature)?.[1]?.toLowerCase().split(':')
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'to', 'list-unsubscribe', 'list-unsubscribe-post']),
    )
  })

  const pem = { type: 'pkcs8', format: 'pem' } as const
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const WRONG_KEYS: [what: string, text: string | Buffer, fault: RegExp][] = [
    ['nothing', '', /no private key that can be read/],
    ['other text', 'v=DKIM1; k=rsa; p=AAAA', /no private key that can be read/],
    [
      'the public key',
      rsa.publicKey.export({ type: 'spki', format: 'pem' }),
      /no private key that can be read/,
    ],
    ['half of a key', rsa.privateKey.export(pem).slice(0, 400), /no private key that can be read/],
    [
      'a key with a passphrase',
      rsa.privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'secret' }),
      /no private key that can be read/,
    ],
    [
      'a key of another type',
      generateKeyPairSync('ed25519').privateKey.export(pem),
      /a private key of the type ed25519/,
    ],
  ]

  test.each(WRONG_KEYS)(
    'a key file with %s is refused before the first mail',
    async (_, text, fault) => {
      const keyFile = join(await mkdtemp(join(tmpdir(), 'dkim-')), 'key.pem')
      await writeFile(keyFile, text)
      const { mail } = loadConfig({
        MAIL_FROM: 'papers@example.org',
        ...{ DKIM_KEY_FILE: keyFile, DKIM_SELECTOR: 'paperql' },
      })
      const error = await checkMail(mail).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringMatching(fault) })
      expect((error as Error).message).toContain(`DKIM_KEY_FILE: ${keyFile} `)
      expect((error as Error).message).toContain('expected a private RSA key in PEM')
    },
  )

  test('a missing key is named', async () => {
    const dkim = { domain: 'example.org', selector: 'paperql', keyFile: '/nowhere/key.pem' }
    const { mailer } = await setUp(undefined, { dkim })
    await expect(send(mailer, message())).rejects.toThrow(
      'DKIM_KEY_FILE: There is no file /nowhere/key.pem.',
    )
  })

  test.each<[string, SmtpBehaviour, object]>([
    ['refused', { reject: '550 5.1.1 No such user' }, { outcome: 'refused', fault: 'recipient' }],
    [
      'refused for the sender',
      { reject: '550 5.7.1 Relaying denied' },
      { outcome: 'refused', fault: 'server' },
    ],
    ['greylisted', { reject: '451 4.7.1 Later' }, { outcome: 'deferred', fault: 'recipient' }],
    [
      'refused as a message',
      { rejectMessage: '554 5.6.0 No' },
      { outcome: 'refused', fault: 'recipient' },
    ],
    [
      'not taken now',
      { rejectMessage: '452 4.3.1 Full' },
      { outcome: 'deferred', fault: 'recipient' },
    ],
    ['silent before the message', 'hang', { outcome: 'deferred', fault: 'server' }],
    ['cut off before the message', 'drop', { outcome: 'deferred', fault: 'server' }],
    ['cut off after the message', 'dropAfterData', { outcome: 'unknown' }],
    ['silent after the message', 'hangAfterData', { outcome: 'unknown' }],
    ['slow', { slow: 100 }, { outcome: 'accepted' }],
  ])('%s', async (_, behaviour, expected) => {
    const isSilent = behaviour === 'hang' || behaviour === 'hangAfterData'
    const { server, mailer } = await setUp(
      (to) => (to === 'ada@example.org' ? behaviour : 'accept'),
      {},
      isSilent ? IMPATIENT : PATIENT,
    )
    // Over a reused connection, and over a new one.
    expect(await send(mailer, message({ to: 'b@example.org' }))).toMatchObject({
      outcome: 'accepted',
    })
    expect(await send(mailer, message())).toMatchObject(expected)
    expect(await send(mailer, message({ to: 'c@example.org' }))).toMatchObject({
      outcome: 'accepted',
    })
    const toAda = server.taken.filter(({ to }) => to === 'ada@example.org')
    expect(toAda.length).toBeLessThanOrEqual(1)
  })

  test.each<[string, SmtpBehaviour, object]>([
    ['before the message is given up', 'hang', { outcome: 'deferred', fault: 'stop' }],
    ['after the message is waited for', { slow: 300 }, { outcome: 'accepted' }],
  ])('at a stop, a silent server %s', async (_, behaviour, expected) => {
    const { server, mailer } = await setUp(() => behaviour, {}, '')
    const stopping = new AbortController()
    const sending = mailer.send(await mailer.prepare(message()), stopping.signal)
    const isUnderWay = () => (behaviour === 'hang' ? server.attempts.size : server.taken.length)
    await expect.poll(isUnderWay).toBe(1)
    stopping.abort()
    expect(await sending).toMatchObject(expected)
    // No more mails are started.
    const later = await mailer.send(await mailer.prepare(message()), stopping.signal)
    expect(later).toMatchObject({ outcome: 'deferred', fault: 'stop' })
    expect(server.attempts.get('ada@example.org')).toBe(1)
  })

  test('at a stop, a server without a greeting is given up', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    closers.push(async () => void silent.close())
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const { mailer } = await setUp(undefined, { smtpUrl: `smtp://127.0.0.1:${port}` })
    const stopping = new AbortController()
    const sending = mailer.send(await mailer.prepare(message()), stopping.signal)
    await once(silent, 'connection')
    stopping.abort()
    expect(await sending).toMatchObject({ outcome: 'deferred', fault: 'stop' })
  })

  test('an absent server, or one that refuses the password, is not a fault of the recipient', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as { port: number }
    closed.close()
    const { mailer } = await setUp(undefined, { smtpUrl: `smtp://127.0.0.1:${port}` })
    expect(await send(mailer, message())).toMatchObject({ outcome: 'deferred', fault: 'server' })
    await expect(mailer.check()).rejects.toThrow(/ECONNREFUSED/)
    const { server, mailer: other } = await setUp()
    expect(server.taken).toEqual([])
    await expect(other.check()).resolves.toBeUndefined()
  })
})

test('without a server, mails are written to a folder, readable only by their owner and without the address in file names', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'mails-')), 'new')
  const { mail } = loadConfig({ MAIL_DIR: folder })
  const mailer = openMailer(mail, log)
  expect(mailer.folder).toBe(folder)
  for (let i = 0; i < 2; i++) {
    const { outcome, reason } = await send(mailer, message())
    expect({ outcome, reason }).toMatchObject({ outcome: 'accepted' })
  }
  // The second attempt of a mail replaces the first.
  const files = await readdir(folder)
  expect(files).toEqual([expect.stringMatching(/^2026-03-01T08-00-00-000Z-[0-9a-f]{12}\.eml$/)])
  const parsed = await PostalMime.parse(await readFile(join(folder, files[0] ?? '')))
  expect(parsed.to).toEqual([{ address: 'ada@example.org', name: '' }])
})

test('a folder for mails is created at the start, and an impossible one is refused', async () => {
  const base = await mkdtemp(join(tmpdir(), 'mails-'))
  const file = join(base, 'file')
  await writeFile(file, '')
  const { mail: good } = loadConfig({ MAIL_DIR: join(base, 'a', 'b') })
  await checkMail(good)
  expect(await readdir(join(base, 'a'))).toEqual(['b'])
  for (const folder of [file, join(file, 'below')]) {
    const { mail } = loadConfig({ MAIL_DIR: folder })
    await expect(checkMail(mail)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `MAIL_DIR: ${folder} cannot be used: a part of its path is a file and not a folder (ENOTDIR).`,
    })
    await expect(checkMail({ ...mail, smtpUrl: 'smtp://localhost' })).resolves.toBeUndefined()
  }
  // A server that sends no mails needs no folder; a command that sends them does.
  const usual = { ...loadConfig({ PAPERQL_DATA_DIR: file }).mail }
  await expect(checkMail(usual)).resolves.toBeUndefined()
  await expect(checkMail(usual, { isSending: true })).rejects.toThrow(/^MAIL_DIR: .*ENOTDIR/)
})

test.each([
  ['subject', { subject: 'New\r\nBcc: eve@example.org' }],
  ['to', { to: 'ada@example.org\nBcc: eve@example.org' }],
  ['messageId', { messageId: 'a@b>\r\nX: y' }],
  ['listId', { listId: 'x\u2028y' }],
  ['url', { unsubscribe: { url: 'https://a\r\nX: y', mailto: 'mailto:a@b' } }],
])('a line end in %s is refused', async (name, over) => {
  const { server, mailer } = await setUp()
  const refusal = await send(mailer, message(over)).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(AppError)
  expect((refusal as AppError).message).toMatch(new RegExp(`^${name}: [^]* line end`))
  expect(server.attempts.size).toBe(0)
})

test('responses of servers are reported without addresses', () => {
  expect(withoutAddresses('550 <ada@example.org>: no\r\nsuch user ada@x')).toBe(
    '550 <…@…>: no such user …@…',
  )
})

test.each([
  ['MAIL_FROM', 'Papers', /^MAIL_FROM: "Papers" .* Papers <papers@example.org>/],
  ['MAIL_FROM', 'a\nBcc: b <c@d.example>', /^MAIL_FROM: /],
  ['MAIL_BOUNCE_TO', 'nobody', /^MAIL_BOUNCE_TO: "nobody"/],
  ['SMTP_URL', 'https://user:hunter2@host', /^SMTP_URL: its value .* smtp:\/\//],
])('%s=%s is refused', (name, value, expected) => {
  expect(() => loadConfig({ [name]: value })).toThrow(expected)
})
