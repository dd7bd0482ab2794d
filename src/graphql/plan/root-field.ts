import { isDeepStrictEqual } from 'node:util'
import type { FieldNode } from 'graphql'
import type { Sql } from 'sql-template-tag'
import type { Statement } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { and, type Source } from '../../sql/list.ts'
import type { LimitedField } from '../input-limits.ts'
import { compileArguments } from './arguments.ts'
import { NotCovered, statementOf } from './plan-text.ts'
import type { MemberPlan, ReadPlan } from './read-plan.ts'
import type { Values } from './values.ts'

/** The parts of a query field that are the same for all requests. */
export interface RootField {
  readonly key: string
  readonly nodes: readonly FieldNode[]
  /** The statement that returns its JSON for these variables; null if resolvers must answer it. */
  write(values: Values): RootStatement | null
  /** Whether Postgres rejected its statement. */
  isBroken: boolean
}

export interface RootStatement extends Statement {
  /** Whether it is planned for its actual values. */
  isSelective: boolean
}

/** Longer statements are not worth caching. */
const LONGEST_STATEMENT = 20_000

/** Maximum cached statements of a field, one for each shape of its list. */
const MOST_KEPT = 20

export function createRootFields({ root }: ReadPlan): RootField[] {
  return root.members.map((member) => ({
    key: member.key,
    nodes: member.nodes,
    write: writerOf(member),
    isBroken: false,
  }))
}

function writerOf(member: MemberPlan): RootField['write'] {
  const { value, nodes } = member
  const [node] = nodes
  if (value.kind !== 'source' || !node) return () => null
  const { field, source: sourceOf } = value
  const { checkArguments } = field.extensions as LimitedField
  const argumentsOf = compileArguments(field, node)
  const textOf = createTexts(member)
  return (values) => {
    try {
      const args = argumentsOf(values)
      if (args) checkArguments?.(args)
      const source = args ? sourceOf(args as never) : null
      if (!source || ('page' in source && source.page.from === 'end')) return null
      const condition = 'page' in source ? and(source.conditions) : source.condition
      const text = textOf(source, condition)
      if (text === null) return null
      const isSelective = 'page' in source && source.isSelective === true
      return { text, values: valuesOf(source, condition), isSelective }
    } catch (error) {
      // The resolver reports the invalid argument.
      if (error instanceof AppError) return null
      throw error
    }
  }
}

/** Creates a cache of a field's statements, which are reused if only values differ; null if there is no statement. */
function createTexts(member: MemberPlan): (source: Source, condition: Sql) => string | null {
  const kept = new Map<string, string | null>()
  return (source, condition) => {
    const key = keyOf(source, condition)
    const known = kept.get(key)
    if (known !== undefined) return known
    const text = textFor(member, source, condition)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, text)
    return text
  }
}

function textFor(member: MemberPlan, source: Source, condition: Sql): string | null {
  try {
    const { text, values } = statementOf(member, source, condition)
    if (text.length > LONGEST_STATEMENT) return null
    if (!isDeepStrictEqual(values, valuesOf(source, condition)))
      throw new Error(`The values of ${member.field} stand in another order than expected`)
    return text
  } catch (error) {
    if (error instanceof NotCovered) return null
    throw error
  }
}

/** Sources of one field with the same key differ only in values. */
function keyOf(source: Source, condition: Sql): string {
  const texts = [source.from.text, condition.text]
  if ('page' in source) {
    const { order, page } = source
    const bounds = [page.limit, page.after !== null, page.before !== null]
    texts.push(order.name, bounds.join(), ...order.keys.map(({ column }) => column.text))
  }
  return texts.join('\n')
}

/** The values of a statement, in their order in its text. */
function valuesOf(source: Source, condition: Sql): unknown[] {
  const { after = null, before = null } = 'page' in source ? source.page : {}
  return [...source.from.values, ...condition.values, ...(after ?? []), ...(before ?? [])]
}
