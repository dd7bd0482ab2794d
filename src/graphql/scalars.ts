import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { GraphQLDateTime, GraphQLLocalDate, GraphQLURL } from 'graphql-scalars'
import { parseMonth } from '../domain/month.ts'
import { quote } from '../errors.ts'
import { builder } from './builder.ts'

const localDate = GraphQLLocalDate.toConfig()

/** Days stay text from end to end; what the database calls a date need not be proven to be one. */
const TextDate = new GraphQLScalarType<string, string>({
  ...localDate,
  serialize: (day) => day as string,
  parseValue: (value) => withYear(localDate.parseValue?.(value)),
  parseLiteral: (node, variables) => withYear(localDate.parseLiteral?.(node, variables), node),
})

/** PostgreSQL has no year 0, as the calendar has none. */
function withYear(day: unknown, node?: ValueNode): string {
  if (typeof day === 'string' && !day.startsWith('0000')) return day
  const message = `${quote(day)} is not a date; expected YYYY-MM-DD from year 0001 on.`
  throw new GraphQLError(message, node ? { nodes: node } : {})
}

builder.addScalarType('Date', TextDate, {
  description: 'A day as `YYYY-MM-DD`.',
})

const Month = new GraphQLScalarType<string, string>({
  name: 'Month',
  serialize: (month) => month as string,
  parseValue: (value) => readMonth(value),
  parseLiteral: (node) => readMonth(node.kind === Kind.STRING ? node.value : print(node), node),
})

function readMonth(value: unknown, node?: ValueNode): string {
  if (typeof value === 'string' && parseMonth(value) !== null) return value
  const message = `${quote(value)} is no month; expected YYYY-MM, such as "2024-05".`
  throw new GraphQLError(message, node ? { nodes: node } : {})
}

builder.addScalarType('Month', Month, { description: 'A month as `YYYY-MM`.' })
builder.addScalarType('DateTime', GraphQLDateTime, {
  description: 'An instant as RFC 3339 in UTC, such as `2026-11-23T17:00:00.000Z`.',
})
builder.addScalarType('URL', GraphQLURL, { description: 'An absolute URL (RFC 3986).' })

/** An instant of the database's text form as the DateTime scalar takes it. */
export function toInstant(text: string): Date {
  return new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z'))
}
