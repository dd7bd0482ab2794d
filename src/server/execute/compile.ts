import {
  type DocumentNode,
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isObjectType,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'

/** Compiles one operation, or returns undefined where the compiler refuses. */
export function compileSafely(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledQuery | undefined {
  const restore = guardTypes(schema)
  try {
    const compiled = compileQuery(schema, document, operationName, {
      disablingCapturingStackErrors: true,
    })
    return isCompiledQuery(compiled) ? compiled : undefined
  } finally {
    restore()
  }
}

/**
 * Makes the functions that tell types apart safe to compile against, until the returned function is called. What they
 * throw in compiled code after a promise is caught by nobody: the request never ends, and the process does.
 */
function guardTypes(schema: GraphQLSchema): () => void {
  const undo: (() => void)[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) undo.push(guardResolveType(type))
    else if (isObjectType(type) && type.isTypeOf) undo.push(guardIsTypeOf(type))
  }
  return () => {
    for (const step of undo) step()
  }
}

function guardResolveType(type: GraphQLAbstractType): () => void {
  const { resolveType } = type
  const resolve = (resolveType ?? defaultTypeResolver) as GraphQLTypeResolver<unknown, unknown>
  type.resolveType = (value, context, info) => {
    try {
      const name = resolve(value, context, info, type)
      // A promise is not waited for by compiled code; no type is an error it reports.
      return typeof name === 'string' ? name : undefined
    } catch {
      return undefined
    }
  }
  return () => {
    type.resolveType = resolveType
  }
}

function guardIsTypeOf(type: GraphQLObjectType): () => void {
  const { isTypeOf } = type
  type.isTypeOf = (value, context, info) => {
    try {
      return isTypeOf?.(value, context, info) ?? true
    } catch {
      return false
    }
  }
  return () => {
    type.isTypeOf = isTypeOf
  }
}
