import { DEFAULT_SIZE } from '../../domain/digest/subscription.ts'
import { AppError } from '../../errors.ts'
import { type PageAnswer, pageRoute } from '../../html/route.ts'
import { type Content, html } from '../../html/template.ts'
import { readForm } from '../../server/http/form.ts'
import { ask } from '../parts/ask.ts'
import { settingFields, settingsOf } from './fields.ts'
import { saveWanted, wantedFields, wantedOf } from './wanted.ts'
import { faultText } from './words.ts'

const PATH = '/subscribe'

const DOCUMENT = /* GraphQL */ `
  mutation Subscribe($input: SubscribeInput!) { subscribe(input: $input) { message } }
`
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

const DEFAULTS = {
  ...{ frequency: 'daily', weekday: '1', hour: '8', timeZone: 'UTC' },
  ...{ size: String(DEFAULT_SIZE), emptyDays: 'skip' },
}

/** The form. URL parameters fill it in, such as `?savedQuery=…` or `?topic=…`. */
const form = pageRoute('GET', PATH, async ({ services }): Promise<PageAnswer> => {
  const { search } = services
  return page(search, await wantedOf(services, search), null)
})

/** Handles this form and the shorter ones on other pages, whose missing fields get defaults. */
const act = pageRoute('POST', PATH, async ({ exchange, services }): Promise<PageAnswer> => {
  const sent = await readForm(exchange)
  if (!sent) return undefined
  const wanted = await wantedOf(services, sent)
  const { weekday, ...settings } = settingsOf(withDefaults(sent))
  const input = {
    ...settings,
    email: sent.get('email') ?? '',
    frequency: settings.frequency.toUpperCase(),
    emptyDays: settings.emptyDays.toUpperCase(),
    weekday: WEEKDAYS[weekday - 1],
  }
  try {
    const savedQuery = wanted && (await saveWanted(services, wanted))
    const { data } = await ask<{ subscribe: { message: string } }>(services, DOCUMENT, {
      input: { ...input, savedQuery },
    })
    return {
      options: { title: 'Almost done', isPrivate: true },
      main: html`<div class="stack"><h1>Almost done</h1><p class="notice" role="status">${data.subscribe.message}</p></div>`,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const answer = page(
      sent,
      wanted,
      html`<p class="notice is-bad" role="alert">${faultText(error.message)}</p>`,
    )
    return { ...answer, status: error.code === 'RATE_LIMITED' ? 429 : 400 }
  }
})

function withDefaults(given: URLSearchParams): URLSearchParams {
  const all = new URLSearchParams(DEFAULTS)
  for (const [name, value] of given) if (value !== '') all.set(name, value)
  return all
}

function page(given: URLSearchParams, wanted: { label: string } | null, notice: Content) {
  const values = withDefaults(given)
  return {
    options: { title: 'Papers by mail', isPrivate: true },
    main: html`<div class="stack">
<h1>Papers by mail</h1>
${notice}
<p>In your mailbox, every day or once a week: <bdi>${wanted?.label ?? 'trending papers'}</bdi>. No paper comes twice, and nothing tracks what you read.</p>
<form class="form" method="post" action="subscribe">
<div class="field"><label for="email">E-mail address</label><input id="email" name="email" type="email" required autocomplete="email" value="${values.get('email')}"></div>
${wantedFields(given)}
${settingFields(settingsOf(values))}
<button class="button">Subscribe</button></form>
</div>`,
  }
}

export const SUBSCRIBE_ROUTES = [form, act]
