import type { ExecutionResult, GraphQLError } from 'graphql'
import { expect } from 'vitest'
import { AppError } from '../../src/errors.ts'
import type { Access } from '../../src/graphql/access.ts'
import { createContext, schema } from '../../src/graphql/index.ts'
import type { Answered } from '../../src/graphql/plan/answer.ts'
import { createLog } from '../../src/log.ts'
import { toAnswer } from '../../src/server/execute/errors.ts'
import {
  createOperations,
  type Operation,
  type Operations,
} from '../../src/server/execute/operations.ts'
import type { TestDatabase } from './database.ts'

/** An error of an answer, with the code of its `AppError`; null if there is none. */
interface Fault {
  message: string
  path: readonly (string | number)[] | undefined
  code: string | null
}

export interface Answer<Data> {
  data: Data
  /** Sorted by message. */
  errors: Fault[]
  /** Texts of the statements of one run. */
  statements: string[]
}

type Variables = Record<string, unknown>

const operations = createOperations(schema)

/** Runs the query with resolvers, and with PostgreSQL as far as it can write the answer, and expects equal answers. */
export async function ask<Data>(
  t: TestDatabase,
  query: string,
  variables: Variables = {},
  access?: Access,
): Promise<Answer<Data>> {
  const operation = warm(query)
  t.statements.length = 0
  const result = await operation.execute(createContext(t.db, { access }), variables)
  const answer = answerOf<Data>(result, t.statements)
  await expectSameText(t, operation, variables, answer, access)
  return answer
}

/** Like `ask`, for queries that must be answered without an error. */
export async function askWell<Data>(
  t: TestDatabase,
  query: string,
  variables: Variables = {},
  access?: Access,
): Promise<Answer<Data>> {
  const answer = await ask<Data>(t, query, variables, access)
  expect(answer.errors).toEqual([])
  return answer
}

/** If PostgreSQL writes the answer, or some of its fields, expects equal fields, and no more statements. */
async function expectSameText<Data>(
  t: TestDatabase,
  { answer }: Operation,
  variables: Variables,
  expected: Answer<Data>,
  access: Access | undefined,
): Promise<void> {
  t.statements.length = 0
  const answered = await answer?.(createContext(t.db, { access }), variables)
  if (!answered) return
  const { data, errors, missing } = told(answered)
  expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data))
  expect(sorted(errors)).toEqual(expected.errors)
  // Resolvers search again for objects that PostgreSQL did not find.
  expect(t.statements.length).toBeLessThanOrEqual(expected.statements.length + missing)
}

function told(answered: Answered) {
  if (answered.by === 'postgres')
    return { data: JSON.parse(answered.text).data, errors: [], missing: 0 }
  const { result, texts } = answered
  const { text } = toAnswer({ data: result.data ?? null }, SCOPE, texts)
  const missing = Object.keys(result.data ?? {}).length - texts.size
  return { data: JSON.parse(text).data, errors: result.errors ?? [], missing }
}

const SCOPE = { requestId: 'test', log: createLog('silent') }

function warm(query: string): Operation {
  operations.prepare(query, undefined)
  operations.prepare(query, undefined)
  return prepare(operations, query)
}

function prepare(of: Operations, query: string): Operation {
  const prepared = of.prepare(query, undefined)
  if ('errors' in prepared) throw new Error(prepared.errors.map((e) => e.message).join('\n'))
  return prepared.operation
}

function answerOf<Data>(result: ExecutionResult, statements: string[]): Answer<Data> {
  const { data, errors = [] } = result
  return {
    data: JSON.parse(JSON.stringify(data ?? null)) as Data,
    errors: sorted(errors),
    statements: [...statements].sort(),
  }
}

const sorted = (errors: readonly GraphQLError[]) =>
  errors.map(faultOf).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

function faultOf(error: GraphQLError): Fault {
  return { message: error.message, path: error.path, code: codeOf(error) }
}

function codeOf(error: unknown): string | null {
  if (error instanceof AppError) return error.code
  const inner = (error as { originalError?: unknown } | null)?.originalError
  return inner && inner !== error ? codeOf(inner) : null
}
