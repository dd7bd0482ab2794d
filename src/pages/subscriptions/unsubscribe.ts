import { aboutOf } from '../../digest/message.ts'
import { unsubscribe } from '../../domain/digest/subscription.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../../html/route.ts'
import { html } from '../../html/template.ts'
import { readForm } from '../../server/http/form.ts'
import { holderOf, pathTo } from './token.ts'

const PATH = '/subscriptions/:token/unsubscribe'

/** Opening the link changes nothing, because mail scanners open links; pressing the button does. */
const ask = pageRoute('GET', PATH, async (request): Promise<PageAnswer> => {
  const { subscription } = await holderOf(request)
  if (subscription.state === 'ended') return ended()
  const about = await aboutOf(request.services.db, subscription)
  return {
    options: { title: 'Unsubscribe', isPrivate: true },
    main: html`<div class="stack">
<h1>Stop these mails?</h1>
<p>You get ${about}.</p>
<form class="form" method="post" action="${pathTo(request, 'unsubscribe')}">
<p><label><input type="checkbox" name="all" value="true"> Also end all other subscriptions of this address</label></p>
<button class="button">Unsubscribe</button></form>
<p><a href="${pathTo(request)}">Change what you get instead</a></p>
</div>`,
  }
})

/** Handles the button, and one-click requests of mail programs (RFC 8058), which send `List-Unsubscribe=One-Click`. */
async function act(request: PageRequest): Promise<PageAnswer> {
  await holderOf(request)
  const { exchange, params, services } = request
  const form = await readForm(exchange)
  if (!form) return undefined
  const all = form.get('all') === 'true'
  await unsubscribe(services.db, params.token ?? '', { all }, new Date())
  return ended()
}

const ended = (): PageAnswer => ({
  options: { title: 'Unsubscribed', isPrivate: true },
  main: html`<div class="stack">
<h1>Unsubscribed</h1>
<p class="notice" role="status">No more mails of this subscription come to you. One that is on its way already may still arrive.</p>
<div class="buttons"><a class="button is-plain" href="subscribe">Subscribe again</a></div>
</div>`,
})

// Open to other sites, because webmail is one.
export const UNSUBSCRIBE_ROUTES = [ask, pageRoute('POST', PATH, act, { isOpen: true })]
