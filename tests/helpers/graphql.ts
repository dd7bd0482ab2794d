import type { ExecutionResult, GraphQLError } from 'graphql'
import { expect } from 'vitest'
import { AppError } from '../../src/errors.ts'
import type { Access } from '../../src/graphql/access.ts'
import { createContext, schema } from '../../src/graphql/index.ts'
import {
  createOperations,
  type Operation,
  type Operations,
} from '../../src/server/execute/operations.ts'
import type { TestDatabase } from './database.ts'

/** An error of an answer, with the code that its `AppError` carries; null where it is none. */
interface Fault {
  message: string
  path: readonly (string | number)[] | undefined
  code: string | null
}

export interface Answer<Data> {
  data: Data
  /** Sorted by message. */
  errors: Fault[]
  /** Texts of the statements that one run sent. */
  statements: string[]
}

type Variables = Record<string, unknown>

const operations = createOperations(schema)

/** Asks as for the first time, by graphql-js, and the compiled operation, and expects the same answer and the same statements of both. */
export async function ask<Data>(
  t: TestDatabase,
  query: string,
  variables: Variables = {},
  access?: Access,
): Promise<Answer<Data>> {
  const operation = compile(query)
  const first = prepare(createOperations(schema), query)
  const interpreted = await watch<Data>(t, access, (context) => first.execute(context, variables))
  const compiled = await watch<Data>(t, access, (context) => operation.execute(context, variables))
  expect(compiled).toEqual(interpreted)
  await expectSameText(t, operation, variables, interpreted)
  return compiled
}

/** As `ask`, for what has to be answered without an error. */
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

/** Where Postgres writes the answer, expects it to be the same, field for field, by no more statements. */
async function expectSameText<Data>(
  t: TestDatabase,
  { answer }: Operation,
  variables: Variables,
  expected: Answer<Data>,
): Promise<void> {
  t.statements.length = 0
  const text = await answer?.(createContext(t.db), variables)
  if (!text) return
  expect(t.statements.length).toBeLessThanOrEqual(expected.statements.length)
  const result = JSON.parse(text)
  expect(JSON.stringify(result)).toBe(JSON.stringify({ data: expected.data }))
  expect(expected.errors).toEqual([])
}

function compile(query: string): Operation {
  operations.prepare(query, undefined)
  operations.prepare(query, undefined)
  const operation = prepare(operations, query)
  expect(operation.isCompiled).toBe(true)
  return operation
}

function prepare(of: Operations, query: string): Operation {
  const prepared = of.prepare(query, undefined)
  if ('errors' in prepared) throw new Error(prepared.errors.map((e) => e.message).join('\n'))
  return prepared.operation
}

async function watch<Data>(
  t: TestDatabase,
  access: Access | undefined,
  run: (context: unknown) => ExecutionResult | Promise<ExecutionResult>,
): Promise<Answer<Data>> {
  t.statements.length = 0
  const { data, errors = [] } = await run(createContext(t.db, access))
  return {
    data: JSON.parse(JSON.stringify(data ?? null)) as Data,
    errors: errors.map(faultOf).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    statements: [...t.statements].sort(),
  }
}

function faultOf(error: GraphQLError): Fault {
  return { message: error.message, path: error.path, code: codeOf(error) }
}

function codeOf(error: unknown): string | null {
  if (error instanceof AppError) return error.code
  const inner = (error as { originalError?: unknown } | null)?.originalError
  return inner && inner !== error ? codeOf(inner) : null
}
