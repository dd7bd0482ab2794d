import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientOf } from '../../../src/server/http/client.ts'
import { isOfOtherSite } from '../../../src/server/http/origin.ts'

const request = (headers: Record<string, string>, remoteAddress = '192.0.2.9') =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage

test.each<[string, number, string]>([
  // Without a proxy, the header comes from the client.
  ['198.51.100.1', 0, '192.0.2.9'],
  ['198.51.100.1', 1, '198.51.100.1'],
  ['203.0.113.5, 198.51.100.1', 1, '198.51.100.1'],
  ['203.0.113.5, 198.51.100.1', 2, '203.0.113.5'],
  ['203.0.113.5', 5, '203.0.113.5'],
  ['', 1, '192.0.2.9'],
  ['::ffff:198.51.100.1', 1, '198.51.100.1'],
  // Some proxies add the port, which differs between connections.
  ['198.51.100.1:50123', 1, '198.51.100.1'],
  ['[2001:db8:1:2:3::4]:50123', 1, '2001:db8:1:2'],
  ['[2001:db8:1:2:3::4]', 1, '2001:db8:1:2'],
  // A subscriber has a whole /64.
  ['2001:db8:1:2:ffff::9', 1, '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', 1, '2001:db8:1:2'],
  ['::1', 1, '0:0:0:0'],
])('the client of "%s" behind %i proxies is %s', (forwarded, proxies, client) => {
  expect(clientOf(request({ 'x-forwarded-for': forwarded }), proxies)).toBe(client)
})

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ 'sec-fetch-site': 'same-origin' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, true],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://papers.example.org' }, true],
  [{ origin: 'https://papers.example.org' }, false],
  [{ origin: 'http://127.0.0.1:4000', host: '127.0.0.1:4000' }, false],
  [{ origin: 'https://evil.example', host: 'papers.example.org' }, true],
  [{ origin: 'http://papers.example.org:8080' }, true],
  [{ origin: 'null' }, false],
])('whether %j is of another site: %s', (headers, expected) => {
  expect(isOfOtherSite(request(headers), 'https://papers.example.org/api')).toBe(expected)
})
