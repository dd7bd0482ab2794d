import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getOperationAST,
  isObjectType,
  parse,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import { compileAnswer } from '../../../src/graphql/plan/answer.ts'

/** Where a query selects objects of a type: the text before their fields, and after them. */
interface Place {
  type: GraphQLObjectType
  open: string
  close: string
}

function isWritten(query: string): boolean {
  const document = parse(query)
  const operation = getOperationAST(document)
  return operation != null && compileAnswer(schema, document, operation, noExecution) !== undefined
}

const noExecution = (): never => {
  throw new Error('Nothing is executed here')
}

/** Required arguments of the fields of the query. */
const ARGUMENTS: Record<string, string> = {
  paper: '(ref: "arXiv:2101.00001")',
  author: '(ref: "0000-0002-1825-0097")',
  institution: '(ref: "https://ror.org/05a28rw58")',
  topic: '(slug: "x")',
  venue: '(slug: "x")',
  repository: '(ref: "x/y")',
}

/** A field in a query, without its selection. */
const headOf = (parent: GraphQLObjectType, name: string) =>
  parent === schema.getQueryType() ? `${name}${ARGUMENTS[name] ?? ''}` : name

/** A selection of a field that PostgreSQL can write if it can write the field at all. */
function least(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  const inner = getNamedType(field.type)
  const head = headOf(parent, field.name)
  if (!isObjectType(inner)) return head
  return `${head} { __typename ${isConnection(inner) ? 'nodes { __typename }' : ''} }`
}

const isConnection = (type: GraphQLObjectType) => type.getFields().edges !== undefined

/** The fields of all types that PostgreSQL reaches but cannot write. */
function fieldsForResolvers(): string[] {
  const found: string[] = []
  const known = new Set<GraphQLObjectType>()
  const waiting: Place[] = []
  const query = schema.getQueryType()
  const visit = ({ type, open, close }: Place) => {
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type)
      // A list of which only the count is selected is counted by its resolver.
      const beside = isConnection(type) ? 'nodes { __typename }' : ''
      if (!isWritten(`${open} ${beside} ${least(type, field)} ${close}`))
        found.push(`${type.name}.${field.name}`)
      else if (isObjectType(inner) && !known.has(inner)) {
        known.add(inner)
        const rest = isConnection(inner) ? 'nodes { __typename }' : ''
        waiting.push({
          type: inner,
          open: `${open} ${headOf(type, field.name)} { ${rest}`,
          close: `} ${close}`,
        })
      }
    }
  }
  if (query) visit({ type: query, open: '{', close: '}' })
  for (let place = waiting.shift(); place; place = waiting.shift()) visit(place)
  return found.sort()
}

test('a change of what PostgreSQL can write shows in fields-for-resolvers.txt', async () => {
  await expect(`${fieldsForResolvers().join('\n')}\n`).toMatchFileSnapshot(
    './fields-for-resolvers.txt',
  )
})
