import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql'
import { GraphQLDateTime, GraphQLLocalDate, GraphQLURL } from 'graphql-scalars'
import { isDay } from '../day.ts'
import { parseMonth } from '../domain/analysis/month.ts'
import { daysOf } from '../domain/lists/period.ts'
import { quote } from '../errors.ts'
import { builder } from './builder.ts'

/** The parsers of a scalar. `read` returns null for invalid values. */
function inputs<T>(read: (text: string) => T | null, what: string, expected: string) {
  const readValue = (value: unknown, node?: ValueNode): T => {
    const known = typeof value === 'string' ? read(value) : null
    if (known !== null) return known
    throw new GraphQLError(`${quote(value)} is not ${what}; expected ${expected}.`, {
      ...(node && { nodes: node }),
      extensions: { code: 'BAD_USER_INPUT' },
    })
  }
  return {
    parseValue: (value: unknown) => readValue(value),
    parseLiteral: (node: ValueNode) =>
      readValue(node.kind === Kind.STRING ? node.value : print(node), node),
  }
}

/** Dates stay text throughout; a date from the database need not be validated. */
const TextDate = new GraphQLScalarType<string, string>({
  ...GraphQLLocalDate.toConfig(),
  serialize: (day) => day as string,
  ...inputs(
    (text) => (isDay(text) ? text : null),
    'a date',
    'a day from 0001-01-01 to 9999-12-31 as YYYY-MM-DD, such as "2024-05-31"',
  ),
})

builder.addScalarType('Date', TextDate, {
  description: 'A day as `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31.',
})

const Month = new GraphQLScalarType<string, string>({
  name: 'Month',
  serialize: (month) => month as string,
  ...inputs(
    (text) => (parseMonth(text) === null ? null : text),
    'a month',
    'a month from 0001-01 to 9999-12 as YYYY-MM, such as "2024-05"',
  ),
})

builder.addScalarType('Month', Month, {
  description: 'A month as `YYYY-MM`, from 0001-01 to 9999-12.',
})

const Week = new GraphQLScalarType<string, string>({
  name: 'Week',
  serialize: (week) => week as string,
  ...inputs(
    (text) => (daysOf('week', text) === null ? null : text),
    'a week',
    'a week of ISO 8601 as YYYY-Www, such as "2026-W48"; a year has 52 or 53',
  ),
})

builder.addScalarType('Week', Week, {
  description: 'A week of ISO 8601 as `YYYY-Www`, from Monday to Sunday, such as `2026-W48`.',
})

const Instant = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  serialize: (value) =>
    GraphQLDateTime.serialize(typeof value === 'string' ? toInstant(value) : value),
  ...inputs(
    readInstant,
    'an instant',
    'RFC 3339, such as "2024-05-31T17:00:00Z", or a day as YYYY-MM-DD for its beginning in UTC, such as "2024-05-31", from year 0001 to 9999',
  ),
})

/** A day means its start in UTC. */
function readInstant(text: string): Date | null {
  if (isDay(text)) return new Date(`${text}T00:00:00Z`)
  try {
    const instant = GraphQLDateTime.parseValue(text)
    const year = instant.getUTCFullYear()
    return year >= 1 && year <= 9999 ? instant : null
  } catch {
    return null
  }
}

builder.addScalarType('DateTime', Instant, {
  description:
    'An instant as RFC 3339 in UTC, such as `2026-11-23T17:00:00.000Z`; given as an argument also a day, such as `2026-11-23`, for its beginning in UTC.',
})
builder.addScalarType('URL', GraphQLURL, { description: 'An absolute URL (RFC 3986).' })

/** Parses an instant in PostgreSQL's text form, which rows contain. */
function toInstant(text: string): Date {
  return new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z'))
}
