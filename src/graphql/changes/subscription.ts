import { type ChangeStep, followChanges } from '../../domain/changes/follow.ts'
import { AppError } from '../../errors.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import type { StreamEvent } from '../stream-event.ts'
import { ChangeRef, changeArgs } from './change.ts'

builder.subscriptionType({
  description:
    'Streams of events, by the protocol of graphql-sse: a POST or GET of a subscription with `Accept: text/event-stream`.',
})

builder.subscriptionField('changes', (t) =>
  t.field({
    ...costs({ each: 1 }),
    type: ChangeRef,
    nullable: true,
    description:
      'Changes after `since`, then each new change within seconds of its commit. The header `Last-Event-ID`, which browsers send when they reconnect, replaces `since`: nothing is missed or repeated. Null only with an error.',
    args: {
      ...changeArgs,
      since: t.arg.string({
        description: 'Only changes after this cursor; only new changes when absent.',
      }),
    },
    subscribe: async (_, args, { stream }) => {
      if (!stream)
        throw new AppError('BAD_USER_INPUT', 'A subscription can only be sent as an event stream.')
      const { lastEventId, open, signal } = stream
      const begin = lastEventId === null ? args : { since: lastEventId, sinceName: 'Last-Event-ID' }
      return eventsOf(await followChanges({ ...args, ...begin, open, signal }))
    },
    resolve: ({ value }: StreamEvent<ChangeStep['change']>) => value,
  }),
)

async function* eventsOf(
  steps: AsyncIterable<ChangeStep>,
): AsyncGenerator<StreamEvent<ChangeStep['change']>> {
  for await (const { cursor, change } of steps) yield { id: cursor, value: change }
}
