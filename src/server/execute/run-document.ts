import { randomUUID } from 'node:crypto'
import { OperationTypeNode } from 'graphql'
import type { Database } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { type Context, createContext, type Settings } from '../../graphql/context.ts'
import type { Logger } from '../../log.ts'
import type { RunDocument } from '../../run-document.ts'
import { toAnswer, toGraphqlError } from './errors.ts'
import type { Operation, Operations, Variables } from './operations.ts'

interface RunnerOptions {
  operations: Operations
  /** Called for each document. */
  createContext: () => Context
  /** Whether mutations are refused, as they are for GET. */
  isReadOnly: boolean
  requestId: string
  log: Logger
}

/** Returns a function that runs documents with the limits that apply over HTTP: size, cost and time. */
export function createDocumentRunner(options: RunnerOptions): RunDocument {
  const { operations, isReadOnly, log, requestId } = options
  return async (document, variables) => {
    const prepared = operations.prepare(document, undefined)
    if ('operation' in prepared) assertAllowed(prepared.operation, isReadOnly)
    const text =
      'errors' in prepared
        ? toAnswer({ errors: prepared.errors }, { requestId, log }).text
        : await answerOf(prepared.operation, variables, options)
    const { data = null, errors = [] } = JSON.parse(text)
    return { data, errors }
  }
}

function assertAllowed({ type }: Operation, isReadOnly: boolean): void {
  if (type === OperationTypeNode.SUBSCRIPTION || (isReadOnly && type !== OperationTypeNode.QUERY))
    throw new TypeError(`A ${type} cannot be run here`)
}

async function answerOf(
  operation: Operation,
  variables: Variables,
  scope: RunnerOptions,
): Promise<string> {
  const { log, requestId } = scope
  const onFault = (err: unknown) => log.warn({ err, requestId }, 'Resolvers have to answer')
  try {
    const context = scope.createContext()
    const answered = await operation.answer?.(context, variables, onFault)
    if (answered?.by === 'postgres') return answered.text
    if (answered) return toAnswer(answered.result, scope, answered.texts).text
    return toAnswer(await operation.execute(context, variables), scope).text
  } catch (error) {
    return toAnswer({ errors: [toGraphqlError(error as Error)] }, scope).text
  }
}

interface BackgroundOptions {
  operations: Operations
  db: Database
  log: Logger
  /** Maximum time for a document. */
  timeoutMs: number
  settings: Settings
}

/** Returns a function that runs documents outside requests, such as those of a mail. */
export function createBackgroundRunner(options: BackgroundOptions): RunDocument {
  const { operations, db, log, timeoutMs, settings } = options
  return async (document, variables) => {
    const requestId = randomUUID()
    const controller = new AbortController()
    const onTimeout = () => {
      const message = `The document took longer than the limit of ${timeoutMs / 1000} s.`
      controller.abort(new AppError('UNAVAILABLE', message))
    }
    const timer = setTimeout(onTimeout, timeoutMs)
    const deadlineAt = performance.now() + timeoutMs
    const request = { requestId, operationName: undefined }
    const scoped = db.within({ signal: controller.signal, deadlineAt, request })
    const run = createDocumentRunner({
      operations,
      createContext: () => createContext(scoped, { settings }),
      isReadOnly: false,
      requestId,
      log,
    })
    try {
      return await run(document, variables)
    } finally {
      clearTimeout(timer)
    }
  }
}
