import { aboutOf } from '../../digest/message.ts'
import {
  type Subscription,
  type SubscriptionSettings,
  updateSubscription,
} from '../../domain/digest/subscription.ts'
import { isAppError } from '../../errors.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../../html/route.ts'
import { type Content, html } from '../../html/template.ts'
import { readForm } from '../../server/http/form.ts'
import { settingFields, settingsOf } from './fields.ts'
import { holderOf, pathTo } from './token.ts'
import { faultText, momentText } from './words.ts'

const PATH = '/subscriptions/:token'

const show = pageRoute('GET', PATH, async (request): Promise<PageAnswer> => {
  const { subscription } = await holderOf(request)
  return page(request, subscription, null)
})

const change = pageRoute('POST', PATH, async (request): Promise<PageAnswer> => {
  const { subscription } = await holderOf(request)
  const { exchange, params, services } = request
  const form = await readForm(exchange)
  if (!form) return undefined
  const settings = settingsOf(form)
  try {
    const { db } = services
    const updated = await updateSubscription(db, params.token ?? '', settings, new Date())
    return page(request, updated, html`<p class="notice" role="status">Saved.</p>`)
  } catch (error) {
    if (!isAppError(error, 'BAD_USER_INPUT')) throw error
    const fault = html`<p class="notice is-bad" role="alert">${faultText(error.message)}</p>`
    const answer = await page(request, subscription, fault, settings)
    return answer && 'options' in answer ? { ...answer, status: 400 } : answer
  }
})

async function page(
  request: PageRequest,
  subscription: Subscription,
  notice: Content,
  /** The settings in the form. */
  settings: SubscriptionSettings = subscription,
): Promise<PageAnswer> {
  const options = { title: 'Your subscription', isPrivate: true }
  const { state } = subscription
  if (state !== 'active') {
    const isPending = state === 'pending'
    return {
      options,
      main: html`<div class="stack">
<h1>Your subscription</h1>
<p class="notice">${isPending ? 'It is not confirmed yet.' : 'It has ended: no more mails come.'}</p>
<div class="buttons">${isPending && html`<a class="button" href="${pathTo(request, 'confirm')}">Confirm it</a>`}<a class="button is-plain" href="subscribe">Subscribe again</a></div>
</div>`,
    }
  }
  const about = await aboutOf(request.services.db, subscription)
  return {
    options,
    main: html`<div class="stack">
<h1>Your subscription</h1>
${notice}
<p>You get ${about}. The next mail comes on ${momentText(subscription)}.</p>
<form class="form" method="post" action="${pathTo(request)}">
${settingFields(settings)}
<button class="button">Save</button></form>
<p><a href="${pathTo(request, 'unsubscribe')}">Unsubscribe</a></p>
</div>`,
  }
}

export const PREFERENCE_ROUTES = [show, change]
