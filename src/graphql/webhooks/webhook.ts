import type { GraphQLResolveInfo } from 'graphql'
import { WEBHOOK_STATES } from '../../db/tables/vocabulary.ts'
import { findSavedQuery } from '../../domain/saved/saved-query.ts'
import {
  countMessages,
  findWebhook,
  listDeadLetters,
  listWebhooks,
  type Webhook,
  type WebhookMessage,
} from '../../webhooks/webhook.ts'
import { requireAdmin } from '../access.ts'
import { builder } from '../builder.ts'
import { ChangeKindEnum } from '../changes/change.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { assertSize } from '../relay/connection.ts'
import { SavedQueryRef } from '../saved/saved-query.ts'

/** For descriptions of fields that need the admin key. */
export const KEY =
  'Needs the header `Authorization: Bearer …` with the admin key of the server (PAPERQL_ADMIN_KEY). Otherwise null with the error UNAUTHENTICATED, or FORBIDDEN when the server has no key.'

export const requireOperator = (context: Context, verb?: 'changed') =>
  requireAdmin(context, 'Webhooks', verb)

const WebhookStateEnum = enumOf('WebhookState', 'State of a webhook.', WEBHOOK_STATES, {
  active: 'Changes are sent to it.',
  paused: 'Its operator paused it. When it is made active again, it continues where it stopped.',
  disabled: 'It was disabled because of failures, see `stateReason`.',
})

const DeadLetterRef = builder.objectRef<WebhookMessage>('WebhookDeadLetter')
DeadLetterRef.implement({
  description: 'A message to a webhook that was given up after its last attempt.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The `webhook-id` that its receiver would have got.' }),
    type: t.exposeString('type', { description: 'Type of the event, such as `paper.created`.' }),
    body: t.exposeString('body', { description: 'The body as it was sent.' }),
    attempts: t.exposeInt('attempts', { description: 'Number of attempts.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last attempt failed; null when that is not known.',
    }),
    givenUpAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last attempt; null when it is to be sent again.',
      resolve: ({ finishedAt }) => finishedAt,
    }),
    replayFrom: t.exposeString('replayFrom', {
      description: 'Cursor for `replayWebhook(from:)`, which then begins with this message.',
    }),
  }),
})

export const WebhookRef = builder.objectRef<Webhook>('Webhook')
WebhookRef.implement({
  description: 'A URL that changes are sent to as signed requests (Standard Webhooks).',
  fields: (t) => ({
    id: t.id({
      description: 'The id, such as `7`. Not an id of `node`.',
      resolve: ({ id }) => String(id),
    }),
    name: t.exposeString('name', { nullable: true, description: 'Name; null when not given.' }),
    url: t.exposeString('url', { description: 'Where messages are sent.' }),
    kinds: t.expose('kinds', {
      type: [ChangeKindEnum],
      description: 'Kinds of changes that are sent to it.',
    }),
    savedQuery: t.field({
      type: SavedQueryRef,
      nullable: true,
      ...costs({ each: 1 }),
      description: 'Only changes of papers that this query finds; null for all papers.',
      resolve: ({ savedQueryId }, _, { db }) =>
        savedQueryId === null ? null : findSavedQuery(db, savedQueryId),
    }),
    state: t.expose('state', { type: WebhookStateEnum, description: 'State.' }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was disabled; null otherwise.',
    }),
    cursor: t.exposeString('cursor', {
      description: 'Position in the log of changes up to which messages were made.',
    }),
    pendingCount: t.int({
      description: 'Number of messages waiting to be sent or retried.',
      resolve: (webhook, _, context, info) => countOf(webhook, 'pending', context, info),
    }),
    deadLetterCount: t.int({
      description: 'Number of messages that were given up in the last 90 days.',
      resolve: (webhook, _, context, info) => countOf(webhook, 'dead', context, info),
    }),
    deadLetters: t.field({
      type: [DeadLetterRef],
      ...costs({ each: 2, size: { lengthOf: 'first' } }),
      description: 'Messages that were given up, latest change first.',
      args: {
        first: t.arg.int({ required: true, defaultValue: 20, description: 'Number, 0 to 100.' }),
      },
      resolve: ({ id }, { first }, { db }) => {
        assertSize('first', first)
        return listDeadLetters(db, id, first)
      },
    }),
    lastDeliveredAt: t.expose('lastDeliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time when a message was last accepted; null when none was.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Time when it was added.' }),
  }),
})

async function countOf(
  { id }: Webhook,
  state: WebhookMessage['state'],
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<number> {
  const counts = await loaders.load(info, 'messages', id, (ids) => countMessages(db, ids))
  return counts?.[state] ?? 0
}

builder.queryFields((t) => ({
  webhook: t.field({
    type: WebhookRef,
    nullable: true,
    ...costs({ each: 1 }),
    description: `The webhook with this id; null when there is none. ${KEY}`,
    args: { id: t.arg.id({ required: true, description: 'Its `id`.' }) },
    resolve: (_, { id }, context) => {
      requireOperator(context)
      return findWebhook(context.db, id)
    },
  }),
  webhooks: t.field({
    type: [WebhookRef],
    nullable: true,
    ...costs({ each: 2, size: 20 }),
    description: `All webhooks, oldest first. ${KEY}`,
    resolve: (_, _args, context) => {
      requireOperator(context)
      return listWebhooks(context.db)
    },
  }),
}))
