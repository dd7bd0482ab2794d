import {
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql'
import type { Database } from '../../src/db/client.ts'
import { AppError } from '../../src/errors.ts'
import type { Access } from '../../src/graphql/access.ts'
import { createContext } from '../../src/graphql/context.ts'
import { createLog } from '../../src/log.ts'
import { statusOf, toAnswer } from '../../src/server/execute/errors.ts'
import { createOperations, type Operation } from '../../src/server/execute/operations.ts'
import type { GeneratedQuery } from './generate-query.ts'

/** The answer to a client: status and body, or `undefined` if this way leaves the query to another. */
type Told = string | undefined

/** The answer of each way, by name; and the data from graphql-js alone. */
export interface Ways {
  told: Record<'first' | 'again' | 'text', Told>
  /** The writer of the answer once the operation was known. */
  by: 'postgres' | 'resolvers' | 'both'
  data: unknown
}

const scope = { requestId: 'fuzz', log: createLog('silent') }

/** Answers a query in all ways. */
export async function answerAllWays(
  schema: GraphQLSchema,
  db: Database,
  { query, variables }: GeneratedQuery,
  access: Access = 'anonymous',
): Promise<Ways> {
  const operations = createOperations(schema)
  const prepare = () => operations.prepare(query, undefined)
  const context = () => createContext(db, { access })
  const first = prepare()
  if ('errors' in first) {
    const told = {
      first: tell(first),
      again: tell(prepare() as ExecutionResult),
      text: undefined,
    }
    return { told, by: 'resolvers', data: undefined }
  }
  prepare()
  const warm = prepare() as { operation: Operation }
  const run = async ({ operation }: { operation: Operation }) =>
    tell(await operation.execute(context(), variables))
  const { text, by } = await tellText(warm.operation, context(), variables)
  const told = { first: await run(first), again: await run(warm), text }
  const contextValue = context()
  const plain = await execute({
    schema,
    document: parse(query),
    contextValue,
    variableValues: variables,
  })
  return { told, by, data: plain.data }
}

function tell(
  result: { errors?: readonly GraphQLError[]; data?: unknown },
  texts?: ReadonlyMap<string, string>,
): Told {
  const answer = toAnswer(result as ExecutionResult, scope, texts)
  return `${statusOf(answer, true)} ${answer.text}`
}

async function tellText(
  { answer }: Operation,
  context: ReturnType<typeof createContext>,
  variables: GeneratedQuery['variables'],
): Promise<{ text: Told; by: Ways['by'] }> {
  const faults: unknown[] = []
  const answered = await answer?.(context, variables, (error) => faults.push(error)).catch(
    () => null,
  )
  // The server then uses resolvers; a statement that PostgreSQL refuses is a fault all the same.
  const fault = faults.find((one) => !(one instanceof AppError))
  if (fault) return { text: `${fault}`, by: 'resolvers' }
  if (!answered) return { text: undefined, by: 'resolvers' }
  const { by } = answered
  return {
    by,
    text: by === 'postgres' ? `200 ${answered.text}` : tell(answered.result, answered.texts),
  }
}

/** The difference between the answers; null if all ways agree. */
export function disagreement({ told, data }: Ways): string | null {
  const { first, again, text } = told
  if (first?.includes('"INTERNAL_SERVER_ERROR"')) return `unexpected error\n${cut(first)}`
  if (again !== first) return `first\n${apart(first, again)}\nagain\n${apart(again, first)}`
  if (text !== undefined && text !== first)
    return `resolvers\n${apart(first, text)}\ntext\n${apart(text, first)}`
  if (data !== undefined && first !== undefined) {
    const own = JSON.stringify(JSON.parse(first.slice(4)).data)
    const plain = JSON.stringify(data)
    if (own !== plain) return `first\n${apart(own, plain)}\ngraphql-js\n${apart(plain, own)}`
  }
  return null
}

/** The text from shortly before the difference. */
export function apart(text: Told, other: Told): string {
  let at = 0
  while (text && other && at < text.length && text[at] === other[at]) at++
  return cut(text?.slice(Math.max(0, at - 60)))
}

const cut = (text: Told) => (text && text.length > 700 ? `${text.slice(0, 700)}…` : String(text))
