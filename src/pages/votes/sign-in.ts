import { getSignIn, SIGN_IN_HOURS, signIn, signOut } from '../../domain/access/sign-in.ts'
import { AppError } from '../../errors.ts'
import { baseOf } from '../../html/page.ts'
import { type PageAnswer, pageRoute } from '../../html/route.ts'
import { type Content, html } from '../../html/template.ts'
import { readForm } from '../../server/http/form.ts'
import { formTokenOf, isFormOf, sessionCookie } from '../../server/http/session.ts'
import { ask } from '../parts/ask.ts'
import { faultText } from '../subscriptions/words.ts'

const DOCUMENT = /* GraphQL */ `
  mutation SignIn($email: String!, $paper: String) { requestSignIn(email: $email, paper: $paper) { message } }
`

/** Asks for an address, or shows that the user is signed in. `?paper=` is the paper to return to. */
const form = pageRoute('GET', '/sign-in', ({ services }): PageAnswer => {
  const { session, search } = services
  return session === null || search.has('paper')
    ? askForAddress(search.get('paper') ?? '')
    : signedIn(session)
})

const send = pageRoute('POST', '/sign-in', async ({ exchange, services }): Promise<PageAnswer> => {
  const sent = await readForm(exchange)
  if (!sent) return undefined
  const email = sent.get('email') ?? ''
  const paper = sent.get('paper') ?? ''
  try {
    const variables = { email, paper: paper || null }
    const { data } = await ask<{ requestSignIn: { message: string } }>(
      services,
      DOCUMENT,
      variables,
    )
    return {
      options: { title: 'Almost done', isPrivate: true },
      main: html`<div class="stack"><h1>Almost done</h1><p class="notice" role="status">${data.requestSignIn.message}</p></div>`,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const fault = html`<p class="notice is-bad" role="alert">${faultText(error.message)}</p>`
    const status = error.code === 'RATE_LIMITED' ? 429 : 400
    return { ...askForAddress(paper, email, fault), status }
  }
})

function askForAddress(paper: string, email = '', notice: Content = null) {
  return {
    options: { title: 'Sign in', isPrivate: true },
    main: html`<div class="stack">
<h1>Sign in to upvote papers</h1>
${notice}
<p>A link comes to your mailbox: there is no password. Your address is not kept; your upvotes belong to a hash of it.</p>
<form class="form" method="post" action="sign-in">
<div class="field"><label for="email">E-mail address</label><input id="email" name="email" type="email" required autocomplete="email" value="${email}"></div>
${paper && html`<input type="hidden" name="paper" value="${paper}">`}
<button class="button">Send the link</button></form>
</div>`,
  }
}

function signedIn(session: string) {
  return {
    options: { title: 'You are signed in', isPrivate: true },
    main: html`<div class="stack">
<h1>You are signed in</h1>
<p>The buttons with an arrow upvote papers, or take an upvote back.</p>
<form class="form" method="post" action="sign-out"><input type="hidden" name="key" value="${formTokenOf(session)}"><button class="button">Sign out</button></form>
</div>`,
  }
}

const LINK = '/sign-in/:token'

/** Opening the link changes nothing, because mail scanners open links; pressing the button does. */
const open = pageRoute('GET', LINK, async ({ params, services }): Promise<PageAnswer> => {
  const { token = '' } = params
  await getSignIn(services.db, token, new Date())
  return {
    options: { title: 'Sign in', isPrivate: true },
    main: html`<div class="stack">
<h1>Sign in</h1>
<p>Your upvotes count from then on. The link works once, within ${SIGN_IN_HOURS} hours.</p>
<form class="form" method="post" action="sign-in/${encodeURIComponent(token)}"><button class="button">Sign in</button></form>
<p class="quiet">If you did not ask for this, close this page.</p>
</div>`,
  }
})

const act = pageRoute('POST', LINK, async (request): Promise<PageAnswer> => {
  const { params, services, site } = request
  const { token = '' } = params
  const session = await signIn(services.db, token, new Date())
  const { paper } = session
  return {
    redirectTo: `${baseOf(site)}${paper === null ? 'sign-in' : `papers/${encodeURIComponent(paper)}`}`,
    status: 303,
    headers: sessionCookie(services.publicUrl, session),
  }
})

const leave = pageRoute('POST', '/sign-out', async (request): Promise<PageAnswer> => {
  const { exchange, services, site } = request
  const sent = await readForm(exchange)
  if (!sent) return undefined
  const { session, db, publicUrl } = services
  if (session !== null) {
    if (!isFormOf(session, sent.get('key')))
      throw new AppError(
        'FORBIDDEN',
        'This form belongs to another session. Reload the page and try again.',
      )
    await signOut(db, session)
  }
  const headers = sessionCookie(publicUrl, null)
  return { redirectTo: baseOf(site), status: 303, headers }
})

export const SIGN_IN_ROUTES = [form, send, open, act, leave]
