import { readFileSync } from 'node:fs'
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validate,
} from 'graphql'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { schema } from '../../src/graphql/index.ts'
import { EXAMPLE_QUERIES } from '../../src/server/graphiql/examples.ts'
import { examplesOf } from '../helpers/readme.ts'

test('schema.graphql equals the schema of the code; `npm test -- -u` rewrites it', async () => {
  await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot(
    '../../schema.graphql',
  )
})

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
)

test.each(types.map((type) => [type.name, type] as const))(
  '%s describes itself and all of its parts',
  (_, type) => {
    const undescribed = partsOf(type)
      .filter(({ description }) => !isSentence(description))
      .map(({ path }) => path)
    expect(undescribed).toEqual([])
  },
)

test.each(types.map((type) => [type.name, type] as const))(
  '%s describes when each nullable field is null',
  (_, type) => {
    if (!isObjectType(type)) return
    const silent = Object.values(type.getFields())
      .filter((field) => !String(field.type).endsWith('!'))
      .filter(({ description }) => !/null|there is none/i.test(description ?? ''))
    expect(silent.map(({ name }) => `${type.name}.${name}`)).toEqual([])
  },
)

/** Words from sources that look like names of types. */
const NOT_TYPES = ['Award', 'Findings']

test('descriptions name existing types and fields', () => {
  const wrong = types.flatMap(partsOf).flatMap(({ path, description }) =>
    [...(description ?? '').matchAll(/`([A-Z][a-z]\w*)(?:\.(\w+))?(?:\(\w+:\))?`/g)]
      .filter(([, name = '', field]) => {
        if (NOT_TYPES.includes(name)) return false
        const type = schema.getType(name)
        return !type || (field && !partsOf(type).some((part) => part.path === `${name}.${field}`))
      })
      .map(([text]) => `${path}: ${text}`),
  )
  expect(wrong).toEqual([])
})

// The server also accepts other forms, which GraphiQL and code generators mark as errors.
test('examples are valid in the schema', () => {
  const guides = globSync(['README.md', 'src/**/*.md']).flatMap((path) =>
    examplesOf(readFileSync(path, 'utf8'))
      .filter(({ printed }) => !(printed && Object.hasOwn(printed, 'errors')))
      .map(({ line, query }) => [`${path}:${line}`, query] as const),
  )
  const tabs = EXAMPLE_QUERIES.map(({ title, query }) => [title, query] as const)
  const wrong = [...guides, ...tabs].flatMap(([place, query]) =>
    validate(schema, parse(query)).map(({ message }) => `${place}: ${message}`),
  )
  expect(guides.length).toBeGreaterThan(10)
  expect(wrong).toEqual([])
})

interface Part {
  path: string
  description: string | null | undefined
}

function partsOf(type: GraphQLNamedType): Part[] {
  const own = { path: type.name, description: type.description }
  if (isEnumType(type))
    return [
      own,
      ...type
        .getValues()
        .map(({ name, description }) => ({ path: `${type.name}.${name}`, description })),
    ]
  if (isInputObjectType(type))
    return [
      own,
      ...Object.values(type.getFields()).map(({ name, description }) => ({
        path: `${type.name}.${name}`,
        description,
      })),
    ]
  if (!isObjectType(type) && !isInterfaceType(type)) return [own]
  const fields = Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    { path: `${type.name}.${name}`, description },
    ...args.map((arg) => ({
      path: `${type.name}.${name}(${arg.name}:)`,
      description: arg.description,
    })),
  ])
  return [own, ...fields]
}

function isSentence(text: string | null | undefined): boolean {
  return typeof text === 'string' && text.length >= 5 && /[.)]$/.test(text.trim())
}
