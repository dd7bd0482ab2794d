import { defaultFieldResolver, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql'
import './scalars.ts'
import './relay/node.ts'
import './entity/identifier.ts'
import './entity/authorship.ts'
import './entity/author.ts'
import './entity/citation.ts'
import './analysis/citation-overlap.ts'
import './analysis/citation-path.ts'
import './imports/job.ts'
import './entity/listing.ts'
import './papers/merged.ts'
import './entity/paper.ts'
import './find/paper-match.ts'
import './papers/resolution.ts'
import './entity/paper-source.ts'
import './entity/publication.ts'
import './papers/related.ts'
import './papers/versions.ts'
import './entity/repository.ts'
import './find/suggestion.ts'
import './search/search.ts'
import './entity/source.ts'
import './entity/topic.ts'
import './analysis/stats.ts'
import './entity/venue.ts'
import { builder } from './builder.ts'
import { withInputLimits } from './input-limits.ts'

builder.queryType({
  description: 'All queries.',
})

/** The executable schema. */
export const schema = withInputLimits(withPlainProperties(builder.toSchema()))

/** Compiled execution reads a field without resolver as a property; one with any resolver costs a call. */
function withPlainProperties(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields()))
      if (field.resolve === defaultFieldResolver) delete field.resolve
  }
  return schema
}

export { createContext } from './context.ts'
