import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'
import {
  ARGUMENT_NAMES,
  FIELD_NAMES,
  hintForField,
  LIST_NAMES,
} from '../../../src/server/hints/name-hints.ts'
import { INPUT_NAMES } from '../../../src/server/hints/value-hints.ts'

const operations = createOperations(schema)

test.each([
  ['{ paper(id: "x") { title } }', 'ref'],
  ['{ papers(limit: 5) { nodes { title } } }', 'first'],
  ['{ paper(ref: "x") { authors { name } } }', 'authorships'],
  ['{ paper(ref: "x") { cited_by_count } }', 'citationCount'],
  ['{ paper(ref: "x") { topics { name } } }', 'nodes { name }'],
  ['{ paper(ref: "x") { topics { score } } }', 'edges { score }'],
  ['{ papers { edges { title } } }', 'node { title }'],
  ['{ papers { fieldsOfStudy } }', 'nodes { topics }'],
  ['{ papers { nodes { name } } }', 'title'],
  ['{ paper(ref: "x") { related { title } } }', 'paper { title }'],
  ['{ authors { nodes { namesakes { name } } } }', 'author { name }'],
  ['{ suggest(text: "x") { label } }', 'prefix'],
  ['{ suggest(prefix: "x") { title } }', 'label'],
  ['{ papers(search: "x") { nodes { title } } }', 'search(query:)'],
  ['{ papers(title: "x") { nodes { title } } }', 'search(query:)'],
  ['{ papers(year: 2020) { nodes { title } } }', 'filter: { year }'],
  ['{ papers(author: "x") { nodes { title } } }', 'filter: { authors }'],
  ['{ search(query: "x", since: "2020") { nodes { title } } }', 'filter: { published: { from } }'],
  ['{ authors(query: "x") { nodes { name } } }', 'name'],
  ['{ papers(filter: { code: true }) { totalCount } }', 'hasRepository'],
  ['{ papers(filter: { year_from: 2020 }) { totalCount } }', 'published: { from }'],
  ['{ papers(filter: { published: { gte: "2024-01-01" } }) { totalCount } }', 'from'],
  ['{ paper(paperId: "x") { title } }', 'ref'],
  ['{ paper(title: "x") { title } }', 'search(query:)'],
  ['{ papers(doi: "10.1/x") { nodes { title } } }', 'paper(ref:)'],
  ['{ papers(orcid: "x") { nodes { title } } }', 'filter: { authors }'],
  ['{ author(name: "x") { name } }', 'ref'],
  ['{ author(authorId: "x") { name } }', 'ref'],
  ['{ topic(name: "x") { name } }', 'topics(name:)'],
  ['{ venue(name: "x") { name } }', 'venues(name:)'],
  ['{ repository(name: "x") { url } }', 'ref'],
  ['{ trending(period: DAY) { nodes { title } } }', 'window'],
  ['{ papers { results { title } } }', 'nodes'],
  ['{ search(query: "x") { count } }', 'totalCount'],
  ['{ papers { hasNextPage } }', 'pageInfo { hasNextPage }'],
  ['{ papers { pageInfo { nextCursor } } }', 'endCursor'],
  ['{ dailyPapers { totalCount } }', 'daily'],
  ['{ autocomplete { label } }', 'suggest'],
  ['{ recommendations { score } }', 'relatedPapers'],
  ['{ stats { papers } }', 'paperCount'],
  ['{ paper(ref: "x") { upvotes } }', 'upvoteCount'],
  ['{ paper(ref: "x") { github_stars } }', 'starCount'],
  ['{ paper(ref: "x") { ai_summary } }', 'tldr'],
  ['{ paper(ref: "x") { arxivId } }', 'identifiers'],
  ['{ paper(ref: "x") { citationStyles } }', 'citation'],
  ['{ repository(ref: "x") { forkCount } }', 'forks'],
  ['mutation { upvote(ref: "x") { id } }', 'upvotePaper'],
  ['{ papers(filter: { keyword: "x" }) { totalCount } }', 'keywords'],
  ['{ papers(filter: { is_oa: true }) { totalCount } }', 'openAccess'],
  ['{ papers(filter: { OR: [] }) { totalCount } }', 'anyOf'],
  ['{ papers(filter: { year_gte: 2020 }) { totalCount } }', 'published: { from }'],
  ['mutation { saveQuery(name: "x") { id } }', 'input: { name }'],
  ['mutation { saveQuery(query: "x") { id } }', 'input: { query }'],
  ['{ suggest(prefix: "x", kind: PAPER) { label } }', 'kinds'],
  ['{ suggest(prefix: "x", types: PAPER) { label } }', 'kinds'],
  ['{ relatedPapers(paper: "x") { paper { title } } }', 'likes'],
  ['{ relatedPapers(refs: "x") { paper { title } } }', 'likes'],
  ['{ relatedPapers(like: "x") { paper { title } } }', 'likes'],
  ['{ related(ref: "x") { title } }', 'relatedPapers'],
  ['{ papers(group_by: "year") { totalCount } }', 'papers { facets }'],
  ['{ papers { groupBy { label } } }', 'facets'],
  ['{ papers(format: "bibtex") { totalCount } }', 'papers { bibliography(format:) }'],
  ['{ papers(filter: { languages: ["english"] }) { totalCount } }', 'language'],
  ['{ papers(filter: { lang: "en" }) { totalCount } }', 'language'],
  ['{ papers(filter: { awards: true }) { totalCount } }', 'decisions'],
  ['{ papers { pageInfo { cursor } } }', 'endCursor'],
  ['{ papers { cursor } }', 'edges { cursor }'],
  ['{ paper(ref: "x") { pages } }', 'publication'],
  ['{ paper(ref: "x") { affiliations } }', 'institutions'],
  ['{ paper(ref: "x") { firstAuthor { name } } }', 'authorships'],
  ['{ paper(ref: "x") { videos } }', 'links'],
  ['{ author(ref: "x") { citationCount } }', 'metrics'],
  ['{ author(ref: "x") { citations } }', 'metrics'],
  ['{ stats { total } }', 'paperCount'],
  ['{ latest { title } }', 'papers'],
  ['{ listing(date: "2024-01-01") { title } }', 'daily'],
  ['{ daily(date: "2024-01-01") { title } }', 'papers { nodes { title } }'],
  ['{ paperCount }', 'stats { paperCount }'],
  ['{ paper(ref: "x") { fullText } }', 'pdfUrl'],
  ['{ repository(owner: "a", name: "b") { url } }', 'ref'],
  ['{ repository(ref: "x") { topics { name } } }', 'papers { nodes { topics } }'],
  ['{ repository(ref: "x") { authors { name } } }', 'papers { nodes { authorships } }'],
  ['{ author(ref: "x") { fieldsOfStudy } }', 'papers { nodes { topics } }'],
  ['{ papers(condition: {}) { totalCount } }', 'filter'],
  ['{ venue(ref: "acl") { id } }', 'slug'],
  ['{ papers(filter: { title_contains: "x" }) { totalCount } }', 'text'],
  ['subscription { papers { id } }', 'changes'],
  ['{ papers(filter: { has_fulltext: true }) { totalCount } }', 'hasLink'],
  ['query($n: String) { papers(first: $n) { totalCount } }', '$n: Int'],
  ['query($w: Window) { trending(window: $w) { totalCount } }', '$w: TrendWindow'],
  ['query($w: [Window!]!) { trending(window: $w) { totalCount } }', '$w: TrendWindow'],
  ['query($ref: Reference) { paper(ref: $ref) { title } }', '$ref: String!'],
  ['fragment P on Query { paper(ref: $r) { id } } query($r: Ref) { ...P }', '$r: String!'],
  ['query($k: Kind) { papers(filter: { kind: [$k] }) { totalCount } }', '$k: PaperKind!'],
  ['{ trending { paper { title } } }', 'nodes'],
  ['{ trending { papers { title } } }', 'nodes'],
  ['{ trending { edges { paper { title } } } }', 'node'],
  ['{ repositories { repositories { url } } }', 'nodes'],
  ['{ trending { trend { score } } }', 'nodes { trend }'],
  ['{ changes(after: null) { nodes { kind } } }', 'since'],
  ['{ changes(cursor: "x") { nodes { kind } } }', 'since'],
  ['{ venue(acronym: "ACL") { name } }', 'venues(name:)'],
  ['{ venue(slug: "acl", acronym: "ACL") { name } }', 'venues(name:)'],
  ['{ venue(kind: CONFERENCE) { name } }', 'venues(kind:)'],
  ['{ institution(country: "DE") { name } }', 'institutions(country:)'],
  ['{ stats(papersPerYear: true) { paperCount } }', 'stats { papersPerYear }'],
  ['{ paper(ref: "x") { relatedPapers { score } } }', 'related'],
  ['{ paper(ref: "x") { codeUrl } }', 'repositories'],
  ['{ paper(ref: "x") { author_names } }', 'authorships'],
  ['{ paper(ref: "x") { tasks { name } } }', 'topics'],
  ['{ suggest(prefix: "x") { text } }', 'label'],
  ['{ venue(slug: "x") { shortName } }', 'acronym'],
  ['{ venue(slug: "x") { years { year } } }', 'papersPerYear'],
  ['{ stats { totalPapers } }', 'paperCount'],
  ['{ institution(ref: "x") { researchers { nodes { name } } } }', 'authors'],
  ['{ institution(ref: "x") { shortName } }', 'acronyms'],
  ['{ search(query: "x") { edges { snippet } } }', 'highlights'],
  ['{ papersByIds(ids: ["x"]) { title } }', 'resolvePapers'],
  ['{ tasks { name } }', 'topics(kind:)'],
  ['{ methods { name } }', 'topics(kind:)'],
])('%s suggests %s', (query, hint) => {
  const prepared = operations.prepare(query, undefined)
  const [error] = 'errors' in prepared ? prepared.errors : []
  expect(error?.message).toContain(` Did you mean "${hint}"?`)
  expect(error?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
})

const messageOf = (query: string) => {
  const prepared = operations.prepare(query, undefined)
  return 'errors' in prepared ? prepared.errors[0]?.message : undefined
}

test.each([
  ['{ viewer { login } }', 'There are no accounts'],
  ['{ rateLimit { cost } }', '"extensions": { "cost": true }'],
  ['{ papers { nodes { numComments } } }', 'There are no comments'],
  ['{ papers(fields: "title") { totalCount } }', '{ nodes { title } }'],
  ['{ papers(filter: { AND: [] }) { totalCount } }', 'must meet all conditions'],
  ['{ papers(filter: { not: {} }) { totalCount } }', 'topicsNone'],
  ['{ papers(filter: { doi: "10.1/x" }) { totalCount } }', 'resolvePapers(refs:)'],
  ['{ papers(filter: { country: "DE" }) { totalCount } }', 'institutions(country:)'],
  ['{ papers(filter: { source: "acl" }) { totalCount } }', 'select "sources { source }"'],
  ['{ papers(filter: { version: 2 }) { totalCount } }', 'hasEvent: [VERSION]'],
  ['{ papers(filter: { versions: 2 }) { totalCount } }', 'hasEvent: [VERSION]'],
  ['{ author(ref: "x") { email } }', 'no e-mail addresses'],
  ...[
    'events { nodes { kind } }',
    'identifiers { nodes { value } }',
    'sources { edges { node } }',
  ].map((list) => [`{ paper(ref: "x") { ${list} } }`, 'select its fields directly']),
  ['{ papers { nodes { influentialCitationCount } } }', 'isInfluential'],
  ['{ search(query: "x") { nodes { score } } }', 'edges { score'],
  ['{ search(query: "x") { nodes { snippet } } }', 'edges { highlights'],
  ['{ venue(paperCount: 5) { name } }', '"venue" takes only "slug".'],
  ['{ papers { pageInfo { totalPages } } }', 'totalCount'],
  ['{ health }', '"/readyz"'],
  ['mutation { followTopic(topic: "x") { id } }', 'saveQuery(input: { filter: { topics: ['],
  ['mutation { followVenues(slug: "x") { id } }', 'saveQuery(input: { filter: { venues: ['],
  ['{ daily(timeZone: "UTC") { date } }', 'Days are in UTC'],
  ['{ daily(zone: "UTC") { date } }', '"daily" takes only "date".'],
  ['{ paper(ref: "x") { related(ref: "x") { score } } }', '"related" takes only "first".'],
  ['{ paper(ref: "x") { title(format: "x") } }', '"title" takes no arguments.'],
  [
    '{ search(query: "x") { edges { highlights { text } } } }',
    '"SearchHighlights" has only "abstract" and "title".',
  ],
  ['mutation { addPaper(title: "x") { id } }', 'paperql import'],
])('%s suggests an alternative', (query, sentence) => {
  expect(messageOf(query)).toContain(sentence)
})

test('a filter in a variable gets a suggestion', async () => {
  const query = 'query($given: PaperFilter) { papers(filter: $given) { totalCount } }'
  const prepared = operations.prepare(query, undefined)
  const given = { not: {} }
  const result =
    'operation' in prepared ? await prepared.operation.execute({}, { given }) : prepared
  expect(result.errors?.[0]?.message).toContain('topicsNone')
})

test.each([
  ['{ paper(ref: "x") { comets } }', undefined],
  ['{ health }', undefined],
  ['{ papers { totalCout } }', '"totalCount"'],
  ['{ paperz { totalCount } }', '"paper" or "papers"'],
  ['{ papers(filter: { yaer: 2020 }) { totalCount } }', '"year"'],
])('only similar names are suggested: %s', (query, names) => {
  expect(/ Did you mean (.*)\?$/.exec(messageOf(query) ?? '')?.[1]).toBe(names)
})

test('each name that a table suggests is in the schema', () => {
  const types = Object.values(schema.getTypeMap())
  const fields = types.flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()) : [],
  )
  const inputs = types.flatMap((type) =>
    isInputObjectType(type) ? Object.keys(type.getFields()) : [],
  )
  const names = [
    [[...FIELD_NAMES.values(), ...LIST_NAMES.values()], fields.map(({ name }) => name)],
    [[...ARGUMENT_NAMES.values()], fields.flatMap(({ args }) => args.map(({ name }) => name))],
    [[...INPUT_NAMES.values()], inputs],
  ] as const
  for (const [suggested, known] of names)
    expect(known).toEqual(
      expect.arrayContaining(suggested.flat().map((name) => name.replace(/[:(].*/, ''))),
    )
  const withArguments = fields.flatMap(({ name, args }) =>
    args.map((one) => `${name}(${one.name}:)`),
  )
  expect(withArguments).toEqual(
    expect.arrayContaining([...FIELD_NAMES.values()].flat().filter((name) => name.includes('('))),
  )
})

const finders = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const type = getNamedType(field.type)
  const isFinder = isObjectType(type) && field.args.some(isRequiredArgument)
  return isFinder ? [[field, Object.keys(type.getFields())] as const] : []
})

test('the fields that find a single object are found', () =>
  expect(finders.length).toBeGreaterThan(5))

test.each(finders)('arguments of $name are not read as a selection', ({ name, args }, fields) => {
  for (const field of fields.filter((one) => !args.some((argument) => argument.name === one))) {
    const message = messageOf(`{ ${name}(${field}: "x") { __typename } }`)
    expect(message).toContain(`Unknown argument "${field}"`)
    expect(message).not.toContain(`Did you mean "${name} {`)
  }
})

const BY_CITATIONS = '{ field: CITATIONS, direction: DESC }'
const BY_CITATIONS_JSON = '{"field":"CITATIONS","direction":"DESC"}'

/** A list of papers with wrong arguments: each in the document and in a variable, with the suggestions. */
const VALUES: [argument: string, literal: string, value: unknown, hint: string, json: string][] = [
  ['first: Int', '"10"', '10', '10', '10'],
  ['filter: PaperFilter', '{ year: "2020" }', { year: '2020' }, '2020', '2020'],
  ['filter: PaperFilter', '{ year: ["2020", 1] }', { year: ['2020', 1] }, '2020', '2020'],
  ['filter: PaperFilter', '{ year: { in: [7] } }', { year: { in: [7] } }, '[7]', '[7]'],
  [
    'filter: PaperFilter',
    '{ year: { gte: 2020, lt: 2022 } }',
    { year: { gte: 2020, lt: 2022 } },
    '{ published: { from: "2020-01-01", to: "2022-12-31" } }',
    '{"published":{"from":"2020-01-01","to":"2022-12-31"}}',
  ],
  [
    'filter: PaperFilter',
    '{ published: "2024-02" }',
    { published: '2024-02' },
    '{ from: "2024-02-01", to: "2024-02-29" }',
    '{"from":"2024-02-01","to":"2024-02-29"}',
  ],
  [
    'filter: PaperFilter',
    '{ published: { from: 2024 } }',
    { published: { from: 2024 } },
    '"2024-01-01"',
    '"2024-01-01"',
  ],
  ['filter: PaperFilter', '{ tags: ["x"] }', { tags: ['x'] }, '"topics"', '"topics"'],
  ['filter: PaperFilter', '{ topics: { in: ["x"] } }', { topics: { in: ['x'] } }, '["x"]', '["x"]'],
  ['filter: PaperFilter', '{ venues: 3 }', { venues: 3 }, '"3"', '"3"'],
  ['filter: PaperFilter', '{ hasRepository: "yes" }', { hasRepository: 'yes' }, 'true', 'true'],
  ['filter: PaperFilter', '{ minStars: { gte: 5 } }', { minStars: { gte: 5 } }, '5', '5'],
  [
    'filter: PaperFilter',
    '{ kind: [ARTICLE] }',
    { kind: ['ARTICLE'] },
    'JOURNAL_ARTICLE',
    '"JOURNAL_ARTICLE"',
  ],
  [
    'order: PaperOrder',
    'PUBLISHED_AT',
    'PUBLISHED_AT',
    '{ field: PUBLISHED }',
    '{"field":"PUBLISHED"}',
  ],
  ['order: PaperOrder', 'DATE', 'DATE', '{ field: PUBLISHED }', '{"field":"PUBLISHED"}'],
  ['order: PaperOrder', 'CITATIONS_DESC', 'CITATIONS_DESC', BY_CITATIONS, BY_CITATIONS_JSON],
  ['order: PaperOrder', '"-citations"', '-citations', BY_CITATIONS, BY_CITATIONS_JSON],
  [
    'order: PaperOrder',
    '{ citations: DESC }',
    { citations: 'DESC' },
    BY_CITATIONS,
    BY_CITATIONS_JSON,
  ],
  [
    'order: PaperOrder',
    '[{ field: CITATIONS_DESC }]',
    [{ field: 'CITATIONS_DESC' }],
    BY_CITATIONS,
    BY_CITATIONS_JSON,
  ],
]

test.each(VALUES)('%s that is %s', async (argument, literal, value, hint, json) => {
  const [name, type] = argument.split(': ')
  const written = operations.prepare(`{ papers(${name}: ${literal}) { totalCount } }`, undefined)
  const [error] = 'errors' in written ? written.errors : []
  expect(error?.message).toContain(`Did you mean ${hint}?`)
  const query = `query($given: ${type}) { papers(${name}: $given) { totalCount } }`
  const prepared = operations.prepare(query, undefined)
  const result =
    'operation' in prepared ? await prepared.operation.execute({}, { given: value }) : prepared
  expect(result.errors?.[0]?.message).toMatch(/^Variable "\$given" got invalid value/)
  expect(result.errors?.[0]?.message).toContain(`Did you mean ${json}?`)
})

const enums = Object.values(schema.getTypeMap()).filter(
  (type) => isEnumType(type) && !type.name.startsWith('__'),
) as GraphQLEnumType[]

/** A field with an argument of the enum, and no other required arguments. */
function documentOf(wanted: GraphQLEnumType) {
  for (const type of [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ])
    for (const field of Object.values(type?.getFields() ?? {}))
      for (const argument of field.args)
        if (
          getNamedType(argument.type) === wanted &&
          field.args.every((other) => other === argument || !isRequiredArgument(other))
        )
          return { operation: type?.name.toLowerCase(), field: field.name, argument }
  return undefined
}

const used = enums.flatMap((type) => {
  const found = documentOf(type)
  return found ? [[type.name, type, found] as const] : []
})

test('the enums of arguments are found', () => expect(used.length).toBeGreaterThan(5))

test.each(used)('the error for an unknown value of %s lists the values', async (_, type, found) => {
  const { operation, field, argument } = found
  const expected = `one of ${type
    .getValues()
    .map(({ name }) => name)
    .join(', ')}.`
  for (const value of ['Q', 'ZZZZ', 7]) {
    const query = `${operation} ($given: ${argument.type}) { ${field}(${argument.name}: $given) { __typename } }`
    const prepared = operations.prepare(query, undefined)
    if (!('operation' in prepared)) throw new Error(prepared.errors[0]?.message)
    const given = isListType(getNullableType(argument.type)) ? [value] : value
    const { errors } = await prepared.operation.execute({}, { given })
    const written = operations.prepare(
      query.replace(/ \(\$given.*?\) \{/, ' {').replace('$given', String(value)),
      undefined,
    )
    const [inDocument] = 'errors' in written ? written.errors : []
    for (const message of [errors?.[0]?.message, inDocument?.message])
      if (!message?.includes('Did you mean')) expect(message).toContain(`Expected ${expected}`)
  }
})

test('the error for a missing variable names the undeclared ones', async () => {
  const query = 'query($topics: [String!]!) { papers(filter: { topics: $topics }) { totalCount } }'
  const prepared = operations.prepare(query, undefined)
  const result =
    'operation' in prepared ? await prepared.operation.execute({}, { topic: 'x' }) : prepared
  expect(result.errors?.map(({ message }) => message)).toEqual([
    'Variable "$topics" of required type "[String!]!" was not provided. Given, but not declared: "topic".',
  ])
})

// Names that every JavaScript object has must not be read as entries of a table.
test.each(Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith('__')))(
  'a field and an argument named %s are refused like any other',
  (name) => {
    for (const query of [`{ ${name} }`, `{ papers(${name}: 1) { ${name} nodes { ${name} } } }`]) {
      const prepared = operations.prepare(query, undefined)
      const errors = 'errors' in prepared ? prepared.errors : []
      expect(errors.length).toBeGreaterThan(0)
      for (const { message } of errors)
        expect(message).toMatch(/^(?:Cannot query field|Unknown argument)/)
    }
  },
)

const connections = Object.values(schema.getTypeMap()).flatMap((type) => {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return []
  const { nodes } = type.getFields()
  const node = nodes && getNamedType(nodes.type)
  return isObjectType(node) ? [[type, node] as const] : []
})

test.each(connections)('%s: a field that only %s has is suggested below nodes', (type, node) => {
  const own = new Set(Object.keys(type.getFields()))
  const fields = Object.keys(node.getFields()).filter((name) => !own.has(name))
  expect(fields.length).toBeGreaterThan(0)
  for (const field of fields) expect(hintForField(type, field)).toBeDefined()
})

/** The first error of a query, with or without variables. */
async function errorOf(query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const prepared = operations.prepare(query, undefined)
  const { errors } =
    'errors' in prepared ? prepared : await prepared.operation.execute({} as never, variables)
  return errors?.[0]?.message ?? ''
}

/** Conditions of the filter whose value may be an object instead of a list. */
const WITH_FORMS = Object.entries(
  (schema.getType('PaperFilter') as GraphQLInputObjectType).getFields(),
).flatMap(([name, { extensions }]) =>
  extensions.objectForm ? [[name, Object.keys(extensions.objectForm).join(', ')]] : [],
)

test('conditions with an object form are tested here', () => {
  expect(WITH_FORMS.length).toBeGreaterThan(5)
})

test.each(WITH_FORMS)(
  'the error for a wrong object for %s lists the valid ones',
  async (name, forms) => {
    const sentence = `Expected a list, or an object with ${forms}.`
    expect(await errorOf(`{ papers(filter: { ${name}: { most: 5 } }) { totalCount } }`)).toContain(
      sentence,
    )
    const query = 'query ($filter: PaperFilter) { papers(filter: $filter) { totalCount } }'
    expect(await errorOf(query, { filter: { [name]: { most: 5 } } })).toContain(sentence)
  },
)

test.each(['papers { nodes }', 'papers', 'paper(ref: "x") { venue }'])(
  'the error for a field without a selection shows its place: %s',
  async (field) => {
    expect(await errorOf(`{ ${field} }`)).toMatch(
      / must have a selection of subfields\. Did you mean "\w+ \{ \.\.\. \}"\?$/,
    )
  },
)
