import { MapperKind, mapSchema } from '@graphql-tools/utils'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  locatedError,
} from 'graphql'
import { declarationOf } from '../../graphql/plan/declare.ts'

type Resolver = GraphQLFieldResolver<unknown, unknown>
export type WholeExecution = (
  args: Omit<ExecutionArgs, 'schema'>,
) => Promise<ExecutionResult> | ExecutionResult

/** State of the resolvers of one execution. */
interface Watch {
  started: Promise<unknown>[]
  faults: GraphQLError[]
}

/**
 * graphql-js without its race. On its own, graphql-js answers as soon as one non-null field fails, so that the reported error depends on
 * timing and other resolvers keep running after the answer. This waits for all started resolvers and reports all their errors.
 */
export function wholeExecutionOf(schema: GraphQLSchema): WholeExecution {
  const known = executions.get(schema) ?? createWholeExecution(schema)
  executions.set(schema, known)
  return known
}

const executions = new WeakMap<GraphQLSchema, WholeExecution>()

function createWholeExecution(schema: GraphQLSchema): WholeExecution {
  const watches = new WeakMap<object, Watch>()
  const watched = mapSchema(schema, {
    // Columns are skipped: their resolvers neither wait nor fail, and most fields of an answer are columns.
    [MapperKind.OBJECT_FIELD]: (field) =>
      field.resolve && declarationOf({ extensions: field.extensions ?? {} }).column === undefined
        ? { ...field, resolve: watching(field.resolve as Resolver, watches) }
        : field,
  })
  return (args) => {
    const watch: Watch = { started: [], faults: [] }
    if (typeof args.contextValue === 'object' && args.contextValue !== null)
      watches.set(args.contextValue, watch)
    const result = execute({ ...args, schema: watched })
    return 'then' in result ? result.then((one) => completed(one, watch)) : completed(result, watch)
  }
}

function watching(resolve: Resolver, watches: WeakMap<object, Watch>): Resolver {
  return (source, args, context, info) => {
    const watch = watches.get(context as object)
    if (!watch) return resolve(source, args, context, info)
    try {
      const value = resolve(source, args, context, info)
      if (isPromise(value)) watch.started.push(value.catch((error) => note(watch, error, info)))
      return value
    } catch (error) {
      note(watch, error, info)
      throw error
    }
  }
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Promise<unknown> | null)?.then === 'function'

function note(watch: Watch, error: unknown, info: GraphQLResolveInfo): void {
  watch.faults.push(locatedError(error, info.fieldNodes, pathOf(info.path)))
}

function pathOf(path: GraphQLResolveInfo['path']): (string | number)[] {
  const keys: (string | number)[] = []
  for (let one: typeof path | undefined = path; one; one = one.prev) keys.unshift(one.key)
  return keys
}

function completed(
  result: ExecutionResult,
  watch: Watch,
): ExecutionResult | Promise<ExecutionResult> {
  const { errors } = result
  if (!errors || (watch.started.length === 0 && watch.faults.length === 0)) return result
  return settled(watch).then(() => {
    const told = new Set(errors.map(({ path }) => path?.join()))
    const others = watch.faults.filter(({ path }) => !told.has(path?.join()))
    return { ...result, errors: [...errors, ...others] }
  })
}

/** Resolves once nothing is running any more: a resolver that settles may start others. */
async function settled({ started }: Watch): Promise<void> {
  for (let done = 0; done < started.length; ) {
    const known = started.length
    await Promise.all(started.slice(done))
    done = known
    await new Promise(setImmediate)
  }
}
