import type { ExecutionResult } from 'graphql'
import { badInput, quote } from '../../errors.ts'
import { toGraphqlError } from './errors.ts'
import type { Operation, Variables } from './operations.ts'

/** Adds the estimate to the result of a request whose `extensions` ask for it; a dry run executes nothing. */
export function withCost(
  operation: Operation,
  variables: Variables,
  requested: Readonly<Record<string, unknown>> | null | undefined,
  execute: () => ExecutionResult | Promise<ExecutionResult>,
): ExecutionResult | Promise<ExecutionResult> {
  const wish = requested?.cost ?? false
  if (wish === false) return execute()
  if (wish !== true && wish !== 'dryRun') {
    const message = `extensions.cost: ${quote(wish)} is not known; expected true or "dryRun".`
    return { errors: [toGraphqlError(badInput(message))] }
  }
  const { cost, limits } = operation.costOf(variables)
  const add = (result: ExecutionResult): ExecutionResult => ({
    ...result,
    extensions: {
      ...result.extensions,
      cost: {
        requested: Math.ceil(cost.points),
        limit: limits.points,
        requestedBytes: Math.ceil(cost.bytes),
        limitBytes: limits.bytes,
      },
    },
  })
  if (wish === 'dryRun') return add({ data: null })
  const result = execute()
  return 'then' in result ? result.then(add) : add(result)
}
