import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'

/**
 * Makes each field of Mutation load its data again. They run one after the other, and otherwise a fragment spread in several of them would
 * show the data loaded for the first.
 */
export function withFreshReads(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    field.resolve = (source, args, context: Context, info) => {
      context.loaders.forget()
      return resolve(source, args, context, info)
    }
  }
  return schema
}
