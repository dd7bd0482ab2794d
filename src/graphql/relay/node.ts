import type { GraphQLResolveInfo } from 'graphql'
import { authorsByIds } from '../../domain/entity/author.ts'
import { papersByIds } from '../../domain/entity/paper.ts'
import { repositoriesByIds } from '../../domain/entity/repository.ts'
import { topicsByIds } from '../../domain/entity/topic.ts'
import { venuesByIds } from '../../domain/entity/venue.ts'
import { importsByIds } from '../../domain/imports/job.ts'
import { institutionsByIds } from '../../domain/institutions/institution.ts'
import { badInput, quote } from '../../errors.ts'
import { decodeGlobalId, type GlobalId, NODE_TYPES, type NodeType } from '../../sql/global-id.ts'
import { requireAdmin } from '../access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { NodeRef } from '../refs.ts'
import type { ByIds } from './by-id.ts'

const BY_IDS: Record<NodeType, ByIds<{ id: number }>> = {
  Author: authorsByIds,
  Import: importsByIds,
  Institution: institutionsByIds,
  Paper: papersByIds,
  Repository: repositoriesByIds,
  Topic: topicsByIds,
  Venue: venuesByIds,
}

NodeRef.implement({
  description: 'An object with a global id, by which it can be fetched again.',
  fields: (t) => ({
    id: t.id({ description: 'Opaque id, unique among all types.', resolve: () => '' }),
  }),
  resolveType: (value) => (value as unknown as { __typename: NodeType }).__typename,
})

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    nullable: true,
    description: 'The object with this id; null when there is none.',
    ...costs({ each: 0.5 }),
    args: { id: t.arg.id({ required: true, description: 'Global id of any object.' }) },
    resolve: (_, { id }, context, info) => loadNode(context, info, parseId(id, 'id')),
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: true, items: true },
    description:
      'The objects with these ids, in the same order, with null for unknown ids. The list is null only with an error.',
    ...costs({ entry: 0.05, size: { lengthOf: 'ids' } }),
    args: {
      ids: t.arg.idList({ required: true, description: 'Global ids of any objects, at most 100.' }),
    },
    resolve: (_, { ids }, context, info) =>
      ids.map((id, i) => loadOrFault(context, info, id, `ids[${i}]`)) as never,
  }),
}))

const ANY_TYPE = new Intl.ListFormat('en', { type: 'disjunction' }).format(
  NODE_TYPES.map((type) => `${/^[AI]/.test(type) ? 'an' : 'a'} ${type}`),
)

function parseId(id: string, argument: string): GlobalId {
  const found = decodeGlobalId(id)
  if (!found)
    throw badInput(
      `${argument}: ${quote(id)} is not an id; expected the id of ${ANY_TYPE} from an earlier answer.`,
    )
  return found
}

/** Like `loadNode`, but an invalid id is an error of its own entry and leaves the others intact. */
function loadOrFault(context: Context, info: GraphQLResolveInfo, id: string, argument: string) {
  try {
    return loadNode(context, info, parseId(id, argument))
  } catch (error) {
    return error
  }
}

async function loadNode(context: Context, info: GraphQLResolveInfo, { type, id }: GlobalId) {
  if (type === 'Import') requireAdmin(context)
  const { db, loaders } = context
  const row = await loaders.load(info, type, id, (ids) =>
    BY_IDS[type](db, selectionOf(info, type), ids),
  )
  return row ? { ...row, __typename: type } : null
}
