import { defaultFieldResolver, GraphQLSchema, isInterfaceType, isObjectType } from 'graphql'
import './scalars.ts'
import './relay/node.ts'
import './entity/identifier.ts'
import './entity/authorship.ts'
import './entity/author.ts'
import './entity/citation.ts'
import './analysis/citation-overlap.ts'
import './analysis/citation-path.ts'
import './imports/job.ts'
import './institutions/institution.ts'
import './changes/change.ts'
import './digest/preview.ts'
import './digest/subscription.ts'
import './changes/subscription.ts'
import './entity/listing.ts'
import './identity/author-resolution.ts'
import './identity/author-summary.ts'
import './identity/identity.ts'
import './identity/similar-author.ts'
import './papers/merged.ts'
import './entity/paper.ts'
import './find/paper-match.ts'
import './papers/resolution.ts'
import './entity/paper-source.ts'
import './entity/publication.ts'
import './statements/link.ts'
import './statements/event.ts'
import './statements/open-access.ts'
import './papers/related.ts'
import './papers/versions.ts'
import './entity/repository.ts'
import './statements/decision.ts'
import './find/suggestion.ts'
import './saved/saved-query.ts'
import './votes/upvote.ts'
import './votes/sign-in.ts'
import './saved/follow.ts'
import './search/search.ts'
import './lists/dated-list.ts'
import './entity/source.ts'
import './entity/topic.ts'
import './analysis/stats.ts'
import './trending/trend.ts'
import './trending/trending.ts'
import './entity/venue.ts'
import './webhooks/webhook.ts'
import './webhooks/mutations.ts'
import { builder } from './builder.ts'
import { withInputLimits } from './input-limits.ts'
import { withFreshReads } from './mutations.ts'

builder.queryType({
  description: 'All queries.',
})

builder.mutationType({
  description:
    'All changes, sent by POST. Several in one operation run in order, each in a transaction of its own: what one did stays when a later one fails.',
})

const DESCRIPTION = `Papers, authors, topics, venues and code repositories, merged from public sources.

Start with \`paper(ref:)\` for one paper, \`papers(filter:, order:)\` for a list and \`search(query:)\` for words. Lists are
connections: their entries are in \`nodes\`, or in \`edges\` together with what is known of each. An \`id\` is valid in every
\`ref\` and in \`node(id:)\`.`

/** The executable schema. */
export const schema = withFreshReads(
  withInputLimits(withPlainProperties(arrange(builder.toSchema()))),
)

/** Adds the description, and sorts types by the length of their names, so that a search in GraphiQL finds Paper before PaperEdge. */
function arrange(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig()
  const types = config.types.toSorted((a, b) => a.name.length - b.name.length)
  return new GraphQLSchema({ ...config, types, description: DESCRIPTION })
}

/** Compiled execution reads a field without a resolver as a property; any resolver costs a call. */
function withPlainProperties(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields()))
      if (field.resolve === defaultFieldResolver) delete field.resolve
  }
  return schema
}

export { createContext } from './context.ts'
