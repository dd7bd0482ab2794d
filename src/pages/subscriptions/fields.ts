import type { SubscriptionSettings } from '../../domain/digest/subscription.ts'
import { badInput, quote } from '../../errors.ts'
import { type Html, html } from '../../html/template.ts'

const FREQUENCIES = { daily: 'Every day', weekly: 'Once a week' }
const EMPTY_DAYS = { skip: 'Send nothing', tell: 'Send a mail that says so' }
const WEEKDAYS = Object.fromEntries(
  ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day, at) => [
    at + 1,
    day,
  ]),
)
const HOURS = Object.fromEntries(
  Array.from({ length: 24 }, (_, hour) => [hour, `${String(hour).padStart(2, '0')}:00`]),
)
const SIZES = Object.fromEntries([3, 5, 10, 15, 20, 30, 50].map((size) => [size, `${size} papers`]))

/** The form fields with the settings of a subscription. */
export function settingFields(settings: SubscriptionSettings): Html {
  const { frequency, weekday, hour, timeZone, size, emptyDays } = settings
  return html`${select('frequency', 'How often', FREQUENCIES, frequency)}
${select('weekday', 'Day of a weekly mail', WEEKDAYS, weekday)}
${select('hour', 'Hour', HOURS, hour)}
<div class="field"><label for="timeZone">Time zone</label><input id="timeZone" name="timeZone" list="zones" value="${timeZone}" required autocomplete="off" aria-describedby="zone-hint"><p class="field-hint" id="zone-hint">A name such as Europe/Berlin or UTC.</p>
<datalist id="zones">${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value="${zone}">`)}</datalist></div>
${select('size', 'Most papers in a mail', { [size]: `${size} papers`, ...SIZES }, size)}
${select('emptyDays', 'When there are no papers', EMPTY_DAYS, emptyDays)}`
}

function select(
  name: string,
  label: string,
  options: Readonly<Record<string, string>>,
  chosen: string | number,
): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">
${Object.entries(options).map(
  ([value, text]) =>
    html`<option value="${value}"${value === String(chosen) && html` selected`}>${text}</option>`,
)}
</select></div>`
}

/** Parses the settings in a form. Throws for an unknown choice; `checkSettings` refuses other invalid values and names the field. */
export function settingsOf(form: URLSearchParams): SubscriptionSettings {
  const number = (name: string) => Number(form.get(name) || Number.NaN)
  return {
    frequency: choiceOf(form, 'frequency', FREQUENCIES),
    weekday: number('weekday'),
    hour: number('hour'),
    timeZone: form.get('timeZone') ?? '',
    size: number('size'),
    emptyDays: choiceOf(form, 'emptyDays', EMPTY_DAYS),
  }
}

/** The choice in the form; by default, the first. */
function choiceOf<Choice extends string>(
  form: URLSearchParams,
  name: string,
  choices: Readonly<Record<Choice, string>>,
): Choice {
  const known = Object.keys(choices) as Choice[]
  const given = form.get(name)
  const choice = given === null ? known[0] : known.find((one) => one === given)
  if (choice === undefined)
    throw badInput(`${name}: ${quote(given ?? '')} is not known; expected ${known.join(' or ')}.`)
  return choice
}
