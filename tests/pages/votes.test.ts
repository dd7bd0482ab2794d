import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendSignIns } from '../../src/digest/send-sign-ins.ts'
import { claimSignIn, forgetSignIns, recordSignInMail } from '../../src/domain/access/sign-in.ts'
import { createLog } from '../../src/log.ts'
import { openMailer } from '../../src/mail/mailer.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { createDigestWorld, type DigestWorld } from '../digest/fixture.ts'
import { axeFaults, BROWSER, openBrowser, type TestBrowser } from '../helpers/browser.ts'
import { startPageServer } from '../helpers/page-server.ts'
import { patientConfig } from '../helpers/patient-config.ts'

let world: DigestWorld
let server: RunningServer
let id: string
beforeAll(async () => {
  world = await createDigestWorld()
  server = await startPageServer(world.t, { PAPERQL_ADMIN_KEY: 'the-key-of-the-admin' })
  await world.addPapers(['Votes of People', 'Another Paper'])
  ;({ id } = (
    await graphql(
      '{ paper: papers(first: 1, order: { field: TITLE, direction: DESC }) { nodes { id } } }',
    )
  ).data.paper.nodes[0])
})
afterAll(async () => {
  await server?.stop()
  await world?.close()
})
beforeEach(async () => {
  await world.t.db.query(sql`delete from rate_limits`)
})

const EMAIL = 'ada@example.org'

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes
async function graphql(query: string, headers: Record<string, string> = {}): Promise<any> {
  const answer = await fetch(`${server.url}/graphql`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
    body: JSON.stringify({ query }),
  })
  return answer.json()
}

/** Like a browser that keeps cookies and does not follow redirects. */
function createBrowser() {
  let cookie = ''
  const ask = async (path: string, form?: Record<string, string>) => {
    const answer = await fetch(new URL(path, server.url), {
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      ...{ redirect: 'manual', headers: { accept: 'text/html', cookie } },
    })
    const set = answer.headers.get('set-cookie')
    if (set) cookie = set.split(';')[0] ?? ''
    return { status: answer.status, headers: answer.headers, text: await answer.text(), set }
  }
  /** Presses the button of a paper on a page. */
  const press = async (path: string, paper: string) => {
    const page = await ask(path)
    const moved = page.status === 301 && page.headers.get('location')
    const { text } = moved ? await ask(moved) : page
    const form = text.split('<form class="vote"').find((part) => part.includes(`value="${paper}"`))
    const fields = [
      ...((form ?? '').split('</form>')[0]?.matchAll(/name="(\w+)" value="([^"]*)"/g) ?? []),
    ]
    return ask('upvote', Object.fromEntries(fields.map(([, name, value]) => [name, value])))
  }
  return { ask, press, cookie: () => cookie }
}

/** Sends the due mails; resolves to the token of the newest one to an address. */
async function newestLink(email = EMAIL): Promise<string> {
  const { mail } = patientConfig({ SMTP_URL: world.smtp.url, MAIL_FROM: 'papers@example.org' })
  const log = createLog('silent')
  const mailer = openMailer(mail, log)
  await sendSignIns({ db: world.t.db, mail, mailer, log, publicUrl: server.publicUrl })
  await mailer.close()
  const raw =
    world.smtp.taken.findLast(({ to }) => to.toLowerCase() === email.toLowerCase())?.raw ?? ''
  return /\/sign-in\/([\w-]{43})/.exec(raw.replace(/=\r?\n/g, ''))?.[1] ?? ''
}

async function linkFor(email = EMAIL, paper?: string): Promise<string> {
  const { ask } = createBrowser()
  expect((await ask('sign-in', { email, ...(paper && { paper }) })).text).toContain('mailbox')
  return newestLink(email)
}

async function signedIn(email = EMAIL) {
  const browser = createBrowser()
  expect((await browser.ask(`sign-in/${await linkFor(email)}`, {})).status).toBe(303)
  return browser
}

const votes = async () =>
  (await graphql(`{ node(id: "${id}") { ... on Paper { ownUpvoteCount } } }`)).data.node
    .ownUpvoteCount

test('a reader who presses a button is asked to sign in, by a link that scanners may open, and returns to the paper', async () => {
  const { ask, press } = createBrowser()
  const asked = await press('/', id)
  expect(asked.headers.get('location')).toBe(`/sign-in?paper=${encodeURIComponent(id)}`)
  expect((await ask(asked.headers.get('location') ?? '')).text).toContain(`value="${id}"`)
  const token = await linkFor(EMAIL, id)
  for (let scan = 0; scan < 3; scan++) {
    const page = await ask(`sign-in/${token}`)
    expect([page.status, page.set, page.headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ])
  }
  const done = await ask(`sign-in/${token}`, {})
  expect(done.set).toMatch(/^paperql_session=[\w-]{43}; .*Path=\/; .*HttpOnly; SameSite=Lax$/)
  const back = await ask(done.headers.get('location') ?? '')
  expect(
    back.status === 301 ? (await ask(back.headers.get('location') ?? '')).text : back.text,
  ).toContain('Votes of People')
  // A link works once.
  expect((await ask(`sign-in/${token}`, {})).text).toContain('This link has been used')
  expect((await ask(`sign-in/${token}`)).status).toBe(404)
})

test('a vote counts, is shown only to the voter, and is withdrawn by the same button', async () => {
  const { ask, press } = await signedIn()
  expect(await votes()).toBe(0)
  const voted = await press('/?window=month', id)
  expect(voted.headers.get('location')).toBe(`/?window=month#vote-${id.replace(/=+$/, '')}`)
  expect(await votes()).toBe(1)
  const shown = await ask('/')
  expect(shown.text).toContain('Take back your upvote of Votes of People (1 so far)')
  expect(shown.headers.get('cache-control')).toBe('private, no-cache')
  const stranger = await createBrowser().ask('/')
  expect(stranger.text).toContain('Upvote Votes of People (1 so far)')
  expect(stranger.text).not.toContain('Take back')
  // Another session of the same person, with another spelling of the address.
  expect((await (await signedIn('Ada@Example.ORG')).ask('/')).text).toContain('Take back')
  await press(`/papers/${id}`, id)
  expect(await votes()).toBe(0)
})

test('pages of other sites cannot vote, and cannot redirect', async () => {
  const { ask, cookie } = await signedIn()
  const key = /name="key" value="([^"]+)"/.exec((await ask('/')).text)?.[1] ?? ''
  for (const wrong of [{}, { key: 'x' }, { key: key.slice(1) }])
    expect((await ask('upvote', { paper: id, ...wrong })).status).toBe(403)
  // GraphQL ignores the cookie, because pages of all origins may send queries.
  const query = `mutation { upvotePaper(ref: "${id}") { id } }`
  const { errors } = await graphql(query, { cookie: cookie() })
  expect(errors[0].extensions.code).toBe('UNAUTHENTICATED')
  expect(await votes()).toBe(0)
  for (const page of [
    'https://evil.example/',
    '//evil.example',
    './/evil.example',
    '\\\\evil.example',
    'x:y',
  ])
    expect(
      (await ask('upvote', { paper: id, key, page, upvote: 'false' })).headers.get('location'),
    ).toMatch(/^\/#vote/)
})

test('a form of another site cannot sign in, which would be as its maker, nor request mails', async () => {
  const token = await linkFor()
  const send = (path: string, headers: Record<string, string>, form = {}) =>
    fetch(new URL(path, server.url), {
      ...{ method: 'POST', redirect: 'manual', headers: { accept: 'text/html', ...headers } },
      body: new URLSearchParams(form),
    })
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
    for (const path of [`sign-in/${token}`, 'sign-in', 'subscribe', 'sign-out', 'upvote']) {
      const answer = await send(path, headers, { email: EMAIL, paper: id })
      expect([path, answer.status, answer.headers.get('set-cookie')]).toEqual([path, 403, null])
    }
  expect((await send(`sign-in/${token}`, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
})

test('a reference that no header can hold is encoded in the redirect', async () => {
  const { ask } = await signedIn()
  const key = /name="key" value="([^"]+)"/.exec((await ask('/')).text)?.[1] ?? ''
  const answer = await ask('upvote', { paper: `${id}\r\n`, key, upvote: 'false' })
  expect(answer.status).toBeLessThan(500)
})

test('programs sign in with the same link, vote with a token, and sign out', async () => {
  const link = await linkFor()
  const { data } = await graphql(`mutation { signIn(token: "${link}") { token expiresAt } }`)
  const authorization = `Bearer ${data.signIn.token}`
  const voted = await graphql(
    `mutation { upvotePaper(ref: "${id}") { viewerHasUpvoted ownUpvoteCount } removeUpvote(ref: "${id}") { id } }`,
    { authorization },
  )
  expect(voted.data.upvotePaper).toEqual({ viewerHasUpvoted: true, ownUpvoteCount: 1 })
  // Twice, because programs repeat requests.
  expect((await graphql('mutation { signOut }', { authorization })).data).toEqual({ signOut: true })
  expect((await graphql('mutation { signOut }', { authorization })).data).toEqual({
    signOut: false,
  })
  const query = `mutation { upvotePaper(ref: "${id}") { id } }`
  expect((await graphql(query, { authorization })).errors[0].extensions.code).toBe(
    'UNAUTHENTICATED',
  )
})

test('signing out on a page ends the session, and an old button asks to sign in', async () => {
  const browser = await signedIn()
  const old = browser.cookie()
  const key = /name="key" value="([^"]+)"/.exec((await browser.ask('sign-in')).text)?.[1] ?? ''
  expect((await browser.ask('sign-out', {})).status).toBe(403)
  expect((await browser.ask('sign-out', { key })).set).toMatch(
    /^paperql_session=; .*Expires=Thu, 01 Jan 1970/,
  )
  const answer = await fetch(`${server.url}/upvote`, {
    ...{ method: 'POST', redirect: 'manual', headers: { cookie: old } },
    body: new URLSearchParams({ paper: id, key }),
  })
  expect(answer.headers.get('location')).toContain('/sign-in?')
})

test.each([
  ['', 400, 'is not an e-mail address'],
  ['äda@example.org', 400, 'characters other than ASCII'],
  ['ada@example.org\r\nBcc: x@example.org', 400, 'is not an e-mail address'],
])('an invalid address is refused: %j', async (email, status, message) => {
  const answer = await createBrowser().ask('sign-in', { email })
  expect(answer.status).toBe(status)
  expect(answer.text).toContain(message)
})

test('an international domain is accepted, links are limited, and no address is stored', async () => {
  const idn = await linkFor('ada@bücher.example').catch(() => '')
  expect(idn || (await newestLink('ada@xn--bcher-kva.example'))).toMatch(/^[\w-]{43}$/)
  const { ask } = createBrowser()
  const answers: number[] = []
  for (let i = 0; i < 6; i++) answers.push((await ask('sign-in', { email: EMAIL })).status)
  expect(answers.at(-1)).toBe(429)
  await newestLink()
  expect(await world.t.db.query(sql`select from sign_ins where email is not null`)).toEqual([])
  const text = JSON.stringify(await world.t.db.query(sql`select * from sign_ins, sessions`))
  expect(text).not.toMatch(/@|example/)
})

test('expired, foreign or truncated links are refused with a message', async () => {
  const { ask } = createBrowser()
  const token = await linkFor()
  await world.t.db.query(sql`update sign_ins set created_at = created_at - interval '121 minutes'`)
  expect((await ask(`sign-in/${token}`, {})).text).toContain('This link has expired')
  for (const wrong of [token.slice(1), 'a'.repeat(43), '%00'])
    for (const form of [undefined, {}]) {
      const page = await ask(`sign-in/${wrong}`, form)
      expect([
        page.status,
        page.text.includes('This link is not valid') || wrong === '%00',
      ]).toEqual([404, true])
    }
  await world.t.db.query(sql`update sign_ins set created_at = created_at - interval '1 day'`)
  await world.t.db.query(sql`update sessions set expires_at = now() - interval '1 second'`)
  await forgetSignIns(world.t.db, new Date())
  expect(
    await world.t.db.query(sql`select 1 from sign_ins union all select 1 from sessions`),
  ).toEqual([])
})

test('a deferred mail is tried again, and so is one of a lost server', async () => {
  const { ask } = createBrowser()
  const email = 'grey@example.org'
  await ask('sign-in', { email })
  const { db } = world.t
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
  const first = await claimSignIn(db, at(0))
  expect(first?.email).toBe(email)
  expect(await claimSignIn(db, at(1))).toBeNull()
  if (first) await recordSignInMail(db, first.signIn, 'deferred', at(0))
  expect(await claimSignIn(db, at(1))).toBeNull()
  // This server is lost.
  expect((await claimSignIn(db, at(3)))?.email).toBe(email)
  const last = await claimSignIn(db, at(9))
  if (last) await recordSignInMail(db, last.signIn, 'accepted', at(9))
  expect((await ask(`sign-in/${first?.token}`)).status).toBe(404)
  expect((await ask(`sign-in/${last?.token}`)).status).toBe(200)
})

describe.skipIf(!BROWSER)('in a browser', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
  })
  afterAll(() => browser?.close())

  test('a person signs in and upvotes without JavaScript, and axe finds nothing', async () => {
    const { page } = browser
    await page.goto(`${server.url}/`)
    const faults = await axeFaults(page)
    await page.getByRole('button', { name: /^Upvote Votes of People/ }).click()
    await page.getByLabel('E-mail address').fill('person@example.org')
    faults.push(...(await axeFaults(page)))
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('heading', { name: 'Almost done' }).waitFor()
    await page.goto(`${server.url}/sign-in/${await newestLink('person@example.org')}`)
    faults.push(...(await axeFaults(page)))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /^Upvote Votes of People/ }).click()
    await page.getByRole('button', { name: /^Take back your upvote of Votes/ }).waitFor()
    faults.push(...(await axeFaults(page)))
    expect(await votes()).toBe(1)
    expect([...faults, ...browser.faults]).toEqual([])
  })
})
