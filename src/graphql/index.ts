import { defaultFieldResolver, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql'
import './scalars.ts'
import './node.ts'
import './identifier.ts'
import './authorship.ts'
import './author.ts'
import './citation.ts'
import './citation-overlap.ts'
import './citation-path.ts'
import './import-job.ts'
import './listing.ts'
import './merged-paper.ts'
import './paper.ts'
import './paper-match.ts'
import './paper-resolution.ts'
import './paper-source.ts'
import './publication.ts'
import './related.ts'
import './repository.ts'
import './suggestion.ts'
import './search.ts'
import './source.ts'
import './topic.ts'
import './stats.ts'
import './venue.ts'
import { builder } from './builder.ts'
import { withInputLimits } from './input-limits.ts'

builder.queryType({
  description: 'What can be read from the catalogue.',
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
