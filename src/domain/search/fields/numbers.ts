import { type Sql, sql } from '../../../db/sql.ts'
import { type Doubt, turnedRange } from './field.ts'

/** A comparison with a number; ranges include both ends. */
export type Comparison =
  | { operator: keyof typeof OPERATORS; value: number }
  | { operator: '..'; value: number; to: number }

const OPERATORS = {
  '>': sql`>`,
  '>=': sql`>=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '=': sql`=`,
}

/** Parses a comparison; `digits` is a pattern for its numbers. Null if the value is not a comparison. */
export function readComparison(
  text: string,
  digits: string,
  doubt?: Doubt,
  most = Number.MAX_VALUE,
): Comparison | null {
  const [, from, to] = new RegExp(`^(${digits})?\\.\\.(${digits})?$`).exec(text) ?? []
  const [, operator = '=', one] = new RegExp(`^([<>]=?|=)?(${digits})$`).exec(text) ?? []
  if (Math.max(...[from, to, one].map((number) => Number(number ?? 0))) > most) return null
  if (one) return comparison(operator, one)
  if (!from || !to) return from ? comparison('>=', from) : to ? comparison('<=', to) : null
  if (Number(from) > Number(to)) doubt?.(turnedRange(from, to))
  const [value = 0, end = 0] = [Number(from), Number(to)].toSorted((a, b) => a - b)
  return { operator: '..', value, to: end }
}

const comparison = (operator: string, digits: string): Comparison => ({
  operator: operator as keyof typeof OPERATORS,
  value: Number(digits),
})

/** Prints a comparison so that it is parsed as the same again. */
export const printComparison = (one: Comparison): string =>
  one.operator === '..' ? `${one.value}..${one.to}` : `${one.operator}${one.value}`

/** The condition on a number, an expression of the given type. */
export function compare(number: Sql, one: Comparison, type: Sql): Sql {
  return one.operator === '..'
    ? sql`${number} between ${one.value}::${type} and ${one.to}::${type}`
    : sql`${number} ${OPERATORS[one.operator]} ${one.value}::${type}`
}
