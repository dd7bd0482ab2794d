import type { GraphQLResolveInfo } from 'graphql'
import { papersByIds } from '../../domain/entity/paper.ts'
import {
  MOST_READINGS,
  setUpvote,
  type UpvoteCount,
  upvoteCountsByPapers,
  upvotedByVoter,
} from '../../domain/votes/upvotes.ts'
import { AppError } from '../../errors.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef } from '../refs.ts'
import { loadById } from '../relay/by-id.ts'

const UpvoteCountRef = builder.objectRef<UpvoteCount>('UpvoteCount')
UpvoteCountRef.implement({
  description: 'Number of upvotes of a paper by one source.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description:
        'Source of the count, such as `hf-daily`; `paperql` for votes in this catalogue.',
    }),
    count: t.exposeInt('count', { description: 'Number of upvotes.' }),
    readOn: t.expose('readOn', {
      type: 'Date',
      nullable: true,
      description:
        'Day on which the source was read, in UTC; null for votes in this catalogue, which are current.',
    }),
  }),
})

builder.objectFields(PaperRef, (t) => ({
  upvoteCounts: t.field({
    type: [UpvoteCountRef],
    description: `Upvotes at each source on each day on which it was read, latest first, and then those in this catalogue: a history, of the latest ${MOST_READINGS} days.`,
    ...answeredBy({ resolver: [] }, { each: 0.5, size: 20 }),
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'upvotes', id, (ids) => upvoteCountsByPapers(db, ids))) ?? [],
  }),
  viewerHasUpvoted: t.boolean({
    description:
      'Whether the sender of this request upvoted it; false without an API key or the token of a session.',
    ...answeredBy({ resolver: [] }, { each: 0.1 }),
    resolve: async ({ id }, _, context, info) => {
      const { db, loaders } = context
      const voter = await context.voter()
      if (voter === null) return false
      const load = (ids: readonly number[]) => upvotedByVoter(db, voter, ids)
      return (await loaders.load(info, 'upvoted', id, load)) ?? false
    },
  }),
}))

async function voterOf(context: Context): Promise<string> {
  const voter = await context.voter()
  if (voter !== null) return voter
  throw new AppError(
    'UNAUTHENTICATED',
    'Only signed-in people and holders of an API key can vote; send the token of signIn, or the key, as the header "Authorization: Bearer …".',
  )
}

/** The paper after the vote. */
async function vote(ref: string, isUpvoted: boolean, context: Context, info: GraphQLResolveInfo) {
  const id = await setUpvote(context.db, await voterOf(context), ref, isUpvoted)
  return loadById(papersByIds, id, context, info)
}

const ref = {
  ...atMost(REFERENCE),
  required: true as const,
  description: 'The paper, as in `paper(ref:)`. One that is not in the catalogue is an error.',
}

builder.mutationFields((t) => ({
  upvotePaper: t.field({
    type: PaperRef,
    nullable: true,
    ...costs({ each: 2 }),
    description:
      'Upvotes a paper. Repeating it changes nothing. Needs an API key or the token of a session. Returns the paper with the new count. Null only with an error.',
    args: { ref: t.arg.string(ref) },
    resolve: (_, { ref }, context, info) => vote(ref, true, context, info),
  }),
  removeUpvote: t.field({
    type: PaperRef,
    nullable: true,
    ...costs({ each: 2 }),
    description:
      'Withdraws an upvote; without one, nothing changes. Needs an API key or the token of a session. Returns the paper with the new count. Null only with an error.',
    args: { ref: t.arg.string(ref) },
    resolve: (_, { ref }, context, info) => vote(ref, false, context, info),
  }),
}))
