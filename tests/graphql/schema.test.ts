import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/graphql/index.ts'

test('schema.graphql is what the code makes; `npm test -- -u` writes it anew', async () => {
  await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot(
    '../../schema.graphql',
  )
})

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
)

test.each(types.map((type) => [type.name, type] as const))(
  '%s says what it and all of its parts mean',
  (_, type) => {
    const undescribed = partsOf(type)
      .filter(({ description }) => !isSentence(description))
      .map(({ path }) => path)
    expect(undescribed).toEqual([])
  },
)

test.each(types.map((type) => [type.name, type] as const))(
  '%s says of each nullable field when it is null',
  (_, type) => {
    if (!isObjectType(type)) return
    const silent = Object.values(type.getFields())
      .filter((field) => !String(field.type).endsWith('!'))
      .filter(({ description }) => !/null|there is none/i.test(description ?? ''))
    expect(silent.map(({ name }) => `${type.name}.${name}`)).toEqual([])
  },
)

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
