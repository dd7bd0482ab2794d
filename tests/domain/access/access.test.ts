import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseEmailAddress, shownAddress } from '../../../src/domain/access/email-address.ts'
import { clearRateLimits, createRateLimiter } from '../../../src/domain/access/rate-limit.ts'
import { createToken, tokenHash } from '../../../src/domain/access/token.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

describe('addresses', () => {
  test.each([
    ['ada@example.org', 'ada@example.org', 'ada@example.org'],
    [
      '  Ada.Lovelace+papers@Example.ORG ',
      'Ada.Lovelace+papers@example.org',
      'ada.lovelace+papers@example.org',
    ],
    ['ada@müller.example', 'ada@xn--mller-kva.example', 'ada@xn--mller-kva.example'],
    ['ada@почта.рф', 'ada@xn--80a1acny.xn--p1ai', 'ada@xn--80a1acny.xn--p1ai'],
    ['ada@例え。テスト', 'ada@xn--r8jz45g.xn--zckzah', 'ada@xn--r8jz45g.xn--zckzah'],
    ["o'neil@example.org", "o'neil@example.org", "o'neil@example.org"],
  ])('%s', (typed, address, key) => {
    expect(parseEmailAddress(typed)).toEqual({ address, key })
  })

  test.each([
    '',
    'ada',
    'ada@',
    '@example.org',
    'ada@localhost',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@@example.org',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    '"ada"@example.org',
    'ada (x)@example.org',
    '.ada@example.org',
    'ada.@example.org',
    'a..b@example.org',
    'ada@example..org',
    'ada@-example.org',
    'ada@exam ple.org',
    'ada@example.org/path',
    'ada@example.org:25',
    'ada@example.org?x=y',
    'ada@exa%6dple.org',
    'ada@example.org\r\nBcc: eve@example.org',
    'ada\n@example.org',
    'ada\0@example.org',
    'ada@example\u202eorg',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(64)}.org`,
    `a@${'b.'.repeat(130)}org`,
  ])('%j is refused', (typed) => {
    expect(() => parseEmailAddress(typed)).toThrow(/^email: .* is not an e-mail address; expected/)
  })

  test('non-ASCII characters before the @ are refused with the reason', () => {
    expect(() => parseEmailAddress('ädä@example.org')).toThrow(/other than ASCII before the @/)
  })

  test('the domain is shown in its own script', () => {
    expect(shownAddress('ada@xn--mller-kva.example')).toBe('ada@müller.example')
  })
})

describe('tokens', () => {
  test('have 32 random bytes, and are identified by their hash', () => {
    const { token, hash } = createToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(tokenHash(token)).toBe(hash)
    expect(createToken().token).not.toBe(token)
  })

  test.each(['', 'x', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)}\n`])(
    '%j is not a token',
    (text) => expect(tokenHash(text)).toBeNull(),
  )
})

describe('rate limits', () => {
  let test1: TestDatabase
  beforeAll(async () => {
    test1 = await createTestDatabase()
  })
  afterAll(() => test1?.close())

  const limit = { name: 'try', what: 'tries', points: 3, seconds: 3600 }

  test('all servers count together, each client is limited separately', async () => {
    const servers = [createRateLimiter(test1.db, limit), createRateLimiter(test1.db, limit)]
    const tries = Array.from({ length: 8 }, (_, i) => servers[i % 2]?.consume('ada@example.org'))
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const [refused] = outcomes.filter((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(
        /^Too many tries: at most 3 in 60 minutes\. Try again in 60 minutes\.$/,
      ),
    })
    await expect(servers[0]?.consume('eve@example.org')).resolves.toBeUndefined()
  })

  test('no address is stored, and expired rows are deleted', async () => {
    const rows = await test1.db.query<{ key: string }>(sql`select key from rate_limits`)
    expect(rows.length).toBe(2)
    expect(JSON.stringify(rows)).not.toContain('example')
    await clearRateLimits(test1.db)
    expect(await test1.db.query(sql`select key from rate_limits`)).toHaveLength(2)
    await test1.db.query(sql`update rate_limits set expire = 1`)
    await clearRateLimits(test1.db)
    expect(await test1.db.query(sql`select key from rate_limits`)).toEqual([])
  })
})
