import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'

/**
 * Makes each field of Mutation read anew. They run one after the other, and a fragment that several of them spread would
 * otherwise show in the later ones what was loaded for the first.
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
