import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowedHosts, guardedLookup, mayReach } from '../../src/webhooks/address.ts'
import { parseWebhookUrl } from '../../src/webhooks/url.ts'

const NOTHING = allowedHosts([])

/** Destinations that other services were tricked into reaching, in the spellings of their bug reports. */
const REFUSED = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://localhost/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://192.0.0.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[0:0:0:0:0:ffff:a9fe:a9fe]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:0:7f00:1]/',
  'https://[64:ff9b::169.254.169.254]/',
  'https://[64:ff9b:1::a9fe:a9fe]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[fec0::1]/',
  'https://[ff02::1]/',
  'https://[2001:db8::1]/',
  'https://①②⑦.⓪.⓪.①/',
]

test.each(REFUSED)(
  '%s is refused, because it does not lead to the public internet',
  async (url) => {
    await expect(parseWebhookUrl(url, NOTHING)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(
        /is not a public address\. Webhooks are sent to .* WEBHOOK_ALLOW/,
      ),
    })
  },
)

test.each([
  ['http://example.org/', /https, or http to a host that WEBHOOK_ALLOW names/],
  ['ftp://example.org/', /is not an https URL/],
  ['example.org', /is not a URL/],
  ['', /is not a URL/],
  ['https://user:secret@example.org/', /user and password are not sent/],
  ['https://nothing.invalid/', /there is no host named "nothing.invalid"/],
])('%s is not a URL for a webhook', async (url, message) => {
  await expect(parseWebhookUrl(url, NOTHING)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  })
})

test('the length of a URL is limited', async () => {
  const url = `https://example.org/${'x'.repeat(2000)}`
  await expect(parseWebhookUrl(url, NOTHING)).rejects.toThrow(/is not a URL of at most 2000/)
})

test('public addresses are accepted, and others that are allowed by name, address or network', async () => {
  expect(await parseWebhookUrl('https://8.8.8.8/hook#part', NOTHING)).toBe('https://8.8.8.8/hook')
  expect(await parseWebhookUrl('https://[2606:4700::1111]/', NOTHING)).toContain(
    '[2606:4700::1111]',
  )
  const allowed = allowedHosts(['localhost', '10.0.0.0/8', 'fd00::/8'])
  expect(await parseWebhookUrl('http://localhost:8080/', allowed)).toBe('http://localhost:8080/')
  expect(await parseWebhookUrl('http://10.1.2.3/', allowed)).toBe('http://10.1.2.3/')
  expect(await parseWebhookUrl('http://[fd00::1]/', allowed)).toBe('http://[fd00::1]/')
  await expect(parseWebhookUrl('http://8.8.8.8/', allowed)).rejects.toThrow(/https/)
  await expect(parseWebhookUrl('https://127.0.0.1/', allowed)).rejects.toThrow(
    /not a public address/,
  )
  await expect(parseWebhookUrl('https://[::ffff:192.168.0.1]/', allowed)).rejects.toThrow(
    /not a public/,
  )
})

test('no form of IPv6 hides a refused IPv4 address', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const hidden = fc.oneof(
    fc.tuple(fc.constant(10), octet, octet, octet),
    fc.tuple(fc.constant(127), octet, octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  )
  fc.assert(
    fc.property(hidden, (octets) => {
      const v4 = octets.join('.')
      const hex = octets.map((octet) => octet.toString(16).padStart(2, '0'))
      const [a, b] = [hex.slice(0, 2).join(''), hex.slice(2).join('')]
      const forms = [v4, `::ffff:${v4}`, `::${v4}`, `::ffff:0:${v4}`, `64:ff9b::${v4}`]
      for (const form of [...forms, `2002:${a}:${b}::1`, `64:ff9b:1::${a}:${b}`])
        expect([form, mayReach(form, NOTHING)]).toEqual([form, false])
    }),
  )
})

test('a name is refused if any of its addresses is, at the time of the connection', async () => {
  const lookup = promisify(guardedLookup(NOTHING) as never) as (
    host: string,
    options: object,
  ) => Promise<unknown>
  await expect(lookup('localhost', { all: true })).rejects.toThrow(
    /localhost has the address (127\.0\.0\.1|::1), which is not a public address/,
  )
  const named = promisify(guardedLookup(allowedHosts(['LocalHost'])) as never) as typeof lookup
  expect(await named('localhost', { all: true })).not.toEqual([])
})
