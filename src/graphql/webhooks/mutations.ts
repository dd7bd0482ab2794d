import { allowedHosts } from '../../webhooks/address.ts'
import { type Attempt, send } from '../../webhooks/send.ts'
import { testMessage } from '../../webhooks/test-message.ts'
import {
  createWebhook,
  deleteWebhook,
  FORMER_SECRET_HOURS,
  getWebhook,
  replayWebhook,
  rotateSecret,
  secretsOf,
  updateWebhook,
  type Webhook,
} from '../../webhooks/webhook.ts'
import { builder } from '../builder.ts'
import { ChangeKindEnum } from '../changes/change.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { KEY, requireOperator, WebhookRef } from './webhook.ts'

const WebhookSecretRef = builder.objectRef<Webhook>('WebhookSecret')
WebhookSecretRef.implement({
  description: 'A webhook with its new secret, which is shown only once.',
  fields: (t) => ({
    webhook: t.field({
      type: WebhookRef,
      description: 'The webhook.',
      resolve: (webhook) => webhook,
    }),
    secret: t.exposeString('secret', {
      description: 'Secret for a library of Standard Webhooks: `whsec_…`. Keep it.',
    }),
  }),
})

const WebhookAttemptRef = builder.objectRef<Attempt>('WebhookAttempt')
WebhookAttemptRef.implement({
  description: 'Outcome of a test message.',
  fields: (t) => ({
    isDelivered: t.exposeBoolean('isDelivered', {
      description: 'Whether the receiver answered with a status of 200 to 299.',
    }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'HTTP status of the answer; null when there was none.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'What went wrong; null when it was delivered.',
    }),
  }),
})

const url =
  'Where to send messages: https, or http to a host of WEBHOOK_ALLOW. Hosts with addresses that are not public are refused unless WEBHOOK_ALLOW names them, here and at each delivery.'
const name = 'A name for people, at most 200 characters.'

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'A webhook to add.',
  fields: (t) => ({
    url: t.string({ required: true, ...atMost(REFERENCE), description: url }),
    name: t.string({ ...atMost({ characters: 200 }), description: name }),
    savedQuery: t.id({
      description:
        'Id of a saved query: only changes of papers that it finds at that time. All papers when absent.',
    }),
    kinds: t.field({
      type: [ChangeKindEnum],
      description:
        'Kinds of changes. When absent: all; with `savedQuery` all but UPDATED, MERGED, SPLIT and DELETED.',
    }),
    since: t.string({
      description: 'Cursor of the log of changes to start after; only new changes when absent.',
    }),
  }),
})

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'Changes to a webhook. Absent fields stay unchanged.',
  fields: (t) => ({
    url: t.string({ ...atMost(REFERENCE), description: url }),
    name: t.string({ ...atMost({ characters: 200 }), description: name }),
    kinds: t.field({ type: [ChangeKindEnum], description: 'Kinds of changes.' }),
    isActive: t.boolean({
      description:
        'false pauses it; true makes it active again, also when it was disabled: it continues where it stopped.',
    }),
  }),
})

const id = 'Id of the webhook.'
const allowedOf = ({ settings }: Context) => allowedHosts(settings.webhookAllow)

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WebhookSecretRef,
    nullable: true,
    ...costs({ each: 20 }),
    description: `Adds a webhook. ${KEY}`,
    args: {
      input: t.arg({ type: CreateWebhookInput, required: true, description: 'The webhook.' }),
    },
    resolve: (_, { input }, context) => {
      requireOperator(context, 'changed')
      return createWebhook(context.db, input, allowedOf(context))
    },
  }),
  updateWebhook: t.field({
    type: WebhookRef,
    nullable: true,
    ...costs({ each: 10 }),
    description: `Changes a webhook, pauses it or makes it active again. ${KEY}`,
    args: {
      id: t.arg.id({ required: true, description: id }),
      input: t.arg({ type: UpdateWebhookInput, required: true, description: 'What to change.' }),
    },
    resolve: (_, args, context) => {
      requireOperator(context, 'changed')
      return updateWebhook(context.db, args.id, args.input, allowedOf(context))
    },
  }),
  deleteWebhook: t.field({
    type: WebhookRef,
    nullable: true,
    ...costs({ each: 10 }),
    description: `Deletes a webhook with its messages, and returns it as it was. ${KEY}`,
    args: { id: t.arg.id({ required: true, description: id }) },
    resolve: (_, args, context) => {
      requireOperator(context, 'changed')
      return deleteWebhook(context.db, args.id)
    },
  }),
  rotateWebhookSecret: t.field({
    type: WebhookSecretRef,
    nullable: true,
    ...costs({ each: 10 }),
    description: `Gives a webhook a new secret. Messages carry the signatures of both for ${FORMER_SECRET_HOURS} hours. ${KEY}`,
    args: { id: t.arg.id({ required: true, description: id }) },
    resolve: (_, args, context) => {
      requireOperator(context, 'changed')
      return rotateSecret(context.db, args.id)
    },
  }),
  replayWebhook: t.field({
    type: WebhookRef,
    nullable: true,
    ...costs({ each: 10 }),
    description: `Sends again all messages of changes after a cursor, each with the id that it had, so that a receiver can skip those that it has. ${KEY}`,
    args: {
      id: t.arg.id({ required: true, description: id }),
      from: t.arg.string({
        required: true,
        description:
          '`replayFrom` of a dead letter, `cursor` of a message, or a cursor of `changes`.',
      }),
    },
    resolve: (_, args, context) => {
      requireOperator(context, 'changed')
      return replayWebhook(context.db, args.id, args.from)
    },
  }),
  testWebhook: t.field({
    type: WebhookAttemptRef,
    nullable: true,
    ...costs({ each: 10 }),
    description: `Sends a message of the type \`webhook.test\` once, whatever the state of the webhook, and returns the outcome. ${KEY}`,
    args: { id: t.arg.id({ required: true, description: id }) },
    resolve: async (_, args, context) => {
      requireOperator(context, 'changed')
      const webhook = await getWebhook(context.db, args.id)
      const message = { ...testMessage(webhook.id), url: webhook.url, secrets: secretsOf(webhook) }
      return send(message, allowedOf(context), TEST_TIMEOUT_MS)
    },
  }),
}))

/** Less than the maximum time of a request. */
const TEST_TIMEOUT_MS = 10_000
