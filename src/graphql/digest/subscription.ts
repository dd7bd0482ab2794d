import { setTimeout as delay } from 'node:timers/promises'
import { aboutOf } from '../../digest/message.ts'
import { parseEmailAddress } from '../../domain/access/email-address.ts'
import { createRateLimiter } from '../../domain/access/rate-limit.ts'
import { sourceOf } from '../../domain/digest/source.ts'
import {
  checkSettings,
  confirmSubscription,
  DEFAULT_SIZE,
  type Subscription,
  subscribe,
  unsubscribe,
  updateSubscription,
} from '../../domain/digest/subscription.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { PaperFilterInput } from '../papers/filter.ts'

export const DigestFrequencyEnum = enumOf(
  'DigestFrequency',
  'How often a digest comes.',
  ['daily', 'weekly'],
  { daily: 'Every day.', weekly: 'Once a week, on a weekday.' },
)

const EmptyDaysEnum = enumOf(
  'DigestEmptyDays',
  'What to do when there are no papers for a digest.',
  ['skip', 'tell'],
  { skip: 'Send nothing.', tell: 'Send a mail that says so.' },
)

const WEEKDAYS = {
  MONDAY: { value: 1, description: 'Monday.' },
  TUESDAY: { value: 2, description: 'Tuesday.' },
  WEDNESDAY: { value: 3, description: 'Wednesday.' },
  THURSDAY: { value: 4, description: 'Thursday.' },
  FRIDAY: { value: 5, description: 'Friday.' },
  SATURDAY: { value: 6, description: 'Saturday.' },
  SUNDAY: { value: 7, description: 'Sunday.' },
}
const WeekdayEnum = builder.enumType('Weekday', {
  description: 'A day of the week.',
  values: WEEKDAYS,
})

const StateEnum = enumOf(
  'DigestSubscriptionState',
  'State of a subscription.',
  ['pending', 'active', 'ended'],
  {
    pending: 'Waits to be confirmed.',
    active: 'Confirmed: digests are sent.',
    ended: 'Ended: nothing is sent any more.',
  },
)

const SubscriptionRef = builder.objectRef<Subscription>('DigestSubscription')
SubscriptionRef.implement({
  description:
    'A subscription to digests by mail. It is found only by the token of one of its mails; its address is never returned.',
  fields: (t) => ({
    state: t.expose('state', { type: StateEnum, description: 'Its state.' }),
    about: t.string({
      description: 'Description for people: which papers, how often and when.',
      ...costs({ each: 1 }),
      resolve: (subscription, _, { db }) => aboutOf(db, subscription),
    }),
    frequency: t.expose('frequency', { type: DigestFrequencyEnum, description: 'How often.' }),
    weekday: t.expose('weekday', {
      type: WeekdayEnum,
      description: 'The day of the week; used when weekly.',
    }),
    timeZone: t.exposeString('timeZone', {
      description: 'Time zone, as the IANA database names it.',
    }),
    hour: t.exposeInt('hour', { description: 'Hour of the day in the time zone, from 0 to 23.' }),
    size: t.exposeInt('size', { description: 'Most papers in a mail.' }),
    emptyDays: t.expose('emptyDays', {
      type: EmptyDaysEnum,
      description: 'What to do when there are no papers.',
    }),
    nextDigestAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the next digest is due; null unless it is active.',
      resolve: ({ nextAt }) => nextAt && new Date(nextAt),
    }),
  }),
})

const SubscribePayload = builder.objectRef<{ message: string }>('SubscribePayload')
SubscribePayload.implement({
  description: 'What happens next. It is the same whether the address is known or not.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What to do now, for people.' }),
  }),
})

const SubscribeInput = builder.inputType('SubscribeInput', {
  description:
    'What to send by mail. Without `savedQuery`: trending papers, of all or of those that match `filter`.',
  fields: (t) => ({
    email: t.string({
      required: true,
      description:
        'Where mails go. The domain may be international; before the @ only ASCII is possible.',
    }),
    frequency: t.field({
      type: DigestFrequencyEnum,
      required: true,
      description: 'How often a digest comes.',
    }),
    weekday: t.field({
      type: WeekdayEnum,
      description: 'On which day a weekly digest comes. Default: MONDAY.',
    }),
    timeZone: t.string({
      required: true,
      description: 'Time zone of `hour`, as the IANA database names it, such as `Europe/Berlin`.',
    }),
    hour: t.int({
      required: true,
      description: 'Hour of the day in the time zone, from 0 to 23.',
    }),
    savedQuery: t.id({ description: 'Id of a saved query, whose new papers are sent.' }),
    filter: t.field({
      type: PaperFilterInput,
      description: 'Conditions that trending papers must meet. Not together with `savedQuery`.',
    }),
    size: t.int({ description: `Most papers in a mail, from 1 to 50. Default: ${DEFAULT_SIZE}.` }),
    emptyDays: t.field({
      type: EmptyDaysEnum,
      description: 'What to do when there are no papers. Default: SKIP.',
    }),
  }),
})

const UpdateInput = builder.inputType('UpdateSubscriptionInput', {
  description: 'Changes to a subscription. Absent fields stay unchanged.',
  fields: (t) => ({
    frequency: t.field({ type: DigestFrequencyEnum, description: 'How often a digest comes.' }),
    weekday: t.field({ type: WeekdayEnum, description: 'On which day a weekly digest comes.' }),
    timeZone: t.string({ description: 'Time zone of `hour`, as the IANA database names it.' }),
    hour: t.int({ description: 'Hour of the day in the time zone, from 0 to 23.' }),
    size: t.int({ description: 'Most papers in a mail, from 1 to 50.' }),
    emptyDays: t.field({
      type: EmptyDaysEnum,
      description: 'What to do when there are no papers.',
    }),
  }),
})

const PER_ADDRESS = {
  name: 'subscribe-address',
  what: 'subscriptions for this address',
  points: 5,
  seconds: 86_400,
}
const PER_CLIENT = {
  name: 'subscribe-client',
  what: 'subscriptions from this network',
  points: 30,
  seconds: 3600,
}

/** Longer than storing a subscription takes. */
const LEAST_WAIT_MS = 100

const TOKEN = 'The token in the links of a mail.'
const NO_TOKEN = 'Null with the error NOT_FOUND for an unknown or expired token.'

builder.mutationFields((t) => ({
  subscribe: t.field({
    type: SubscribePayload,
    nullable: true,
    ...costs({ each: 30 }),
    description: `Asks for digests by mail. A mail with a link to confirm goes to the address; nothing else is sent before it is confirmed. The answer does not say whether the address is known. At most ${PER_ADDRESS.points} in a day for an address, and ${PER_CLIENT.points} in an hour from a network. Null only with an error.`,
    args: {
      input: t.arg({
        type: SubscribeInput,
        required: true,
        description: 'The subscription: address, what it is about, and how often a mail comes.',
      }),
    },
    resolve: async (_, { input }, { db, client }) => {
      const { email, savedQuery, filter } = input
      const { key } = parseEmailAddress(email)
      const { frequency, timeZone, hour, weekday, size, emptyDays } = input
      // Checked before the rate limits, so that a mistake does not count.
      const settings = checkSettings({
        ...{ frequency, timeZone, hour },
        weekday: weekday ?? 1,
        size: size ?? DEFAULT_SIZE,
        emptyDays: emptyDays ?? 'skip',
      })
      const source = await sourceOf(db, { savedQuery, filter })
      if (client !== null) await createRateLimiter(db, PER_CLIENT).consume(client)
      await createRateLimiter(db, PER_ADDRESS).consume(key)
      // The response takes the same time for every address, so that its time does not reveal whether the address is known.
      await Promise.all([
        subscribe(db, { email, source, settings }, new Date()),
        delay(LEAST_WAIT_MS),
      ])
      return {
        message: 'Look into your mailbox: a mail with a link to confirm is on its way.',
      }
    },
  }),
  confirmSubscription: t.field({
    type: SubscriptionRef,
    nullable: true,
    ...costs({ each: 20 }),
    description: `Confirms a subscription with the token of the mail that asks for it. Repeating it changes nothing. ${NO_TOKEN}`,
    args: { token: t.arg.string({ required: true, description: TOKEN }) },
    resolve: (_, { token }, { db }) => confirmSubscription(db, token, new Date()),
  }),
  updateSubscription: t.field({
    type: SubscriptionRef,
    nullable: true,
    ...costs({ each: 20 }),
    description: `Changes a subscription, from the next digest on. ${NO_TOKEN} CONFLICT when it is not active.`,
    args: {
      token: t.arg.string({ required: true, description: TOKEN }),
      input: t.arg({ type: UpdateInput, required: true, description: 'What to change.' }),
    },
    resolve: (_, { token, input }, { db }) =>
      updateSubscription(db, token, given(input), new Date()),
  }),
  unsubscribe: t.field({
    type: SubscriptionRef,
    nullable: true,
    ...costs({ each: 20 }),
    description: `Ends a subscription. Repeating it changes nothing. ${NO_TOKEN}`,
    args: {
      token: t.arg.string({ required: true, description: TOKEN }),
      all: t.arg.boolean({
        description: 'true: end all subscriptions of the same address. Default: false.',
      }),
    },
    resolve: (_, { token, all }, { db }: Context) =>
      unsubscribe(db, token, { all: all ?? false }, new Date()),
  }),
}))

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** The given members; null counts as absent. */
function given<T extends object>(input: T): Given<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null)) as Given<T>
}
