import { aboutOf } from '../../digest/message.ts'
import {
  assertConfirmable,
  confirmSubscription,
  type Subscription,
} from '../../domain/digest/subscription.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../../html/route.ts'
import { html } from '../../html/template.ts'
import { holderOf, pathTo } from './token.ts'
import { momentText } from './words.ts'

const PATH = '/subscriptions/:token/confirm'

/** Opening the link changes nothing, because mail scanners open links; pressing the button does. */
const ask = pageRoute('GET', PATH, async (request): Promise<PageAnswer> => {
  const holder = await holderOf(request)
  if (holder.subscription.state === 'active') return confirmed(request, holder.subscription)
  assertConfirmable(holder, new Date())
  const about = await aboutOf(request.services.db, holder.subscription)
  return {
    options: { title: 'Confirm your subscription', isPrivate: true },
    main: html`<div class="stack">
<h1>Confirm your subscription</h1>
<p>You will get ${about}, by mail.</p>
<form class="form" method="post" action="${pathTo(request, 'confirm')}"><button class="button">Confirm</button></form>
<p class="quiet">If you did not ask for this, close this page. Without the confirmation no mails come.</p>
</div>`,
  }
})

const act = pageRoute('POST', PATH, async (request): Promise<PageAnswer> => {
  await holderOf(request)
  const { params, services } = request
  return confirmed(request, await confirmSubscription(services.db, params.token ?? '', new Date()))
})

async function confirmed(request: PageRequest, subscription: Subscription): Promise<PageAnswer> {
  const about = await aboutOf(request.services.db, subscription)
  return {
    options: { title: 'You are subscribed', isPrivate: true },
    main: html`<div class="stack">
<h1>You are subscribed</h1>
<p class="notice" role="status">You get ${about}. The next mail comes on ${momentText(subscription)}.</p>
<div class="buttons"><a class="button is-plain" href="${pathTo(request)}">Change what you get</a> <a class="button is-plain" href="${pathTo(request, 'unsubscribe')}">Unsubscribe</a></div>
</div>`,
  }
}

export const CONFIRM_ROUTES = [ask, act]
