/** Requests that try to stop a server, to slow it for others, or to make it reveal too much. */

const repeat = (count, write, between = ' ') =>
  Array.from({ length: count }, (_, i) => write(i)).join(between)
const nest = (depth, open, inner) => `${open.repeat(depth)}${inner}${'}'.repeat(depth)}`
const long = (length) => 'x'.repeat(length)
const MIB = 1024 * 1024

/** A POST of a query. */
const ask = (name, query, variables, more = {}) => ({
  name,
  body: JSON.stringify({ query, variables, ...more }),
})

/** A POST of an unchanged body. */
const raw = (name, body, more = {}) => ({ name, body, ...more })

const DEPTHS = [
  ask(
    'depth: papers → venue → papers × 3',
    '{papers(first:100){nodes{venue{papers(first:100){nodes{venue{papers(first:100){nodes{title}}}}}}}}}',
  ),
  ask(
    'depth: authors → papers → authorships, each of 100',
    '{authors(first:100){nodes{papers(first:100){nodes{authorships(first:100){nodes{name}}}}}}}',
  ),
  ask(
    'depth: topics → coOccurring → leadingAuthors → coAuthors',
    '{topics(first:100){nodes{coOccurring(first:100){topic{leadingAuthors(first:100){author{coAuthors(first:100){nodes{name}}}}}}}}}',
  ),
  ask(
    'depth: venue of venue of papers, 30 levels',
    `{papers{nodes{${nest(30, 'venue{papers(first:1){nodes{', 'id').replace(/\}+$/, '}'.repeat(90))}}}}`,
  ),
  ask(
    'depth: citations of citations of citations',
    '{papers(first:50,order:{field:CITATIONS}){nodes{citations(first:50){nodes{citations(first:50){nodes{citations(first:50){nodes{title}}}}}}}}}',
  ),
  ask(
    'depth: related of related',
    '{papers(first:20){nodes{related(first:20){paper{related(first:20){paper{title}}}}}}}',
  ),
  ask('depth: 3,000 selections within one another', `{papers${nest(3000, '{nodes', '{id}')}}`),
  ask(
    'depth: 2,000 lists within one another',
    `{nodes(ids:${'['.repeat(2000)}"x"${']'.repeat(2000)}){id}}`,
  ),
  ask(
    'depth: 2,000 objects within one another',
    `{papers(filter:${'{topics:'.repeat(2000)}{}${'}'.repeat(2000)}){totalCount}}`,
  ),
]

const MANY = [
  ask(
    'aliases: 300 pages',
    `{${repeat(300, (i) => `a${i}:papers(first:100){nodes{title abstract}}`)}}`,
  ),
  ask(
    'aliases: 500 points',
    `{${repeat(500, (i) => `a${i}:paper(ref:"arXiv:1000.${String(i + 1).padStart(5, '0')}"){title abstract}`)}}`,
  ),
  ask(
    'aliases: 300 citations of one paper',
    `{paper(ref:"arXiv:1000.00001"){${repeat(300, (i) => `a${i}:citations(first:100){nodes{title}}`)}}}`,
  ),
  ask(
    'aliases: 60 searches',
    `{${repeat(60, (i) => `a${i}:search(query:"a${i}",first:100){nodes{title}}`)}}`,
  ),
  ask(
    'aliases: 100 suggestions',
    `{${repeat(100, (i) => `a${i}:suggest(prefix:"a${i % 10}"){label}`)}}`,
  ),
  ask(
    'aliases: 60 statistics',
    `{${repeat(60, (i) => `a${i}:stats{authorCount topicCount citationCount papersPerYear{count}}`)}}`,
  ),
  ask('aliases: 1,000 of __typename', `{${repeat(1000, (i) => `a${i}:__typename`)}}`),
  ask(
    'aliases: 20 bibliographies of 100',
    `{${repeat(20, (i) => `a${i}:papers(first:100){bibliography}`)}}`,
  ),
  ask(
    'fields: one field 2,400 times',
    `{paper(ref:"arXiv:1000.00001"){${repeat(2400, () => 'title')}}}`,
  ),
  ask(
    'fields: one list 400 times, to be merged',
    `{${repeat(400, () => 'papers{nodes{id title}}')}}`,
  ),
  ask(
    'fragments: doubled 40 times',
    `{papers{nodes{...F0}}} ${repeat(40, (i) => `fragment F${i} on Paper{...F${i + 1} ...F${i + 1}}`)} fragment F40 on Paper{id}`,
  ),
  ask(
    'fragments: doubled in inline ones',
    `{papers{nodes{${'...{'.repeat(60)}id${'}'.repeat(60)}}}}`,
  ),
  ask(
    'fragments: a ring',
    '{papers{nodes{...A}}} fragment A on Paper{venue{papers{nodes{...B}}}} fragment B on Paper{...A}',
  ),
  ask(
    'fragments: doubled through lists, 12 levels',
    `{papers(first:1){nodes{...F0}}} ${repeat(12, (i) => `fragment F${i} on Paper{a:citations(first:1){nodes{...F${i + 1}}} b:references(first:1){nodes{...F${i + 1}}}}`)} fragment F12 on Paper{id}`,
  ),
  ask(
    'fragments: 700 that nobody spreads',
    `{__typename} ${repeat(700, (i) => `fragment F${i} on Paper{id}`)}`,
  ),
  ask(
    'fields: 60 of one name with other arguments, in fragments',
    `{papers{nodes{...A ...B}}} fragment A on Paper{${repeat(60, (i) => `a${i}:topics(first:1){nodes{id}}`)}} fragment B on Paper{${repeat(60, (i) => `a${i}:topics(first:2){nodes{id}}`)}}`,
  ),
  ask('directives: 1,500 that do not exist', `{__typename ${'@nope'.repeat(1500)}}`),
  ask('directives: 1,200 @include', `{__typename ${'@include(if:true)'.repeat(1200)}}`),
  ask(
    'directives: @skip on each of 500 fields',
    `query($v:Boolean!){${repeat(500, (i) => `a${i}:__typename @skip(if:$v)`)}}`,
    { v: true },
  ),
  ask(
    'operations: 900 in one document',
    repeat(900, (i) => `query Q${i}{__typename}`),
    undefined,
    { operationName: 'Q899' },
  ),
]

const INTROSPECTION = [
  ask(
    'introspection × 60 aliases',
    `{${repeat(60, (i) => `a${i}:__schema{types{name description fields{name description args{name description}type{name}}}}`)}}`,
  ),
  ask(
    'introspection: fields of types of fields, 8 levels',
    `{__schema{types{${nest(8, 'fields{type{', 'name').replace(/\}+$/, '}'.repeat(16))}}}}`,
  ),
  ask(
    'introspection: possible types of possible types',
    '{__schema{types{possibleTypes{interfaces{possibleTypes{interfaces{possibleTypes{name}}}}}}}}',
  ),
  ask(
    'introspection: input fields of input fields',
    '{__schema{types{inputFields{type{inputFields{type{inputFields{type{inputFields{name}}}}}}}}}}',
  ),
  ask(
    'introspection: ofType, 90 levels',
    `{__type(name:"Paper"){fields{type{${nest(90, 'ofType{', 'name')}}}}}`,
  ),
  ask(
    'introspection: 200 types by name',
    `{${repeat(200, (i) => `a${i}:__type(name:"Paper"){fields{name args{name type{name}}}}`)}}`,
  ),
]

const TEXTS = [
  ask(
    'text: 90 kB of a topic that is none',
    'query($t:[String!]){papers(filter:{topics:{any:$t}}){totalCount}}',
    { t: [long(90_000)] },
  ),
  ask(
    'text: 10 kB of a venue that is none',
    'query($t:[String!]){papers(filter:{venues:$t}){totalCount}}',
    { t: [long(10_000)] },
  ),
  ask('text: 10 kB as a reference', 'query($t:String!){paper(ref:$t){id}}', {
    t: `10.1000/${long(10_000)}`,
  }),
  ask('text: 90 kB to search', 'query($t:String!){search(query:$t){totalCount}}', {
    t: 'a '.repeat(45_000),
  }),
  ask('search: author:a × 110', 'query($t:String!){search(query:$t){totalCount}}', {
    t: 'author:a '.repeat(110),
  }),
  ask(
    'search: the commonest letters, each an or',
    'query($t:String!){search(query:$t){totalCount nodes{title}}}',
    { t: repeat(26, (i) => String.fromCharCode(97 + i), ' OR ') },
  ),
  ask('search: brackets 1,000 deep', 'query($t:String!){search(query:$t){totalCount}}', {
    t: `${'('.repeat(1000)}a${')'.repeat(1000)}`,
  }),
  ask('search: minus before everything', 'query($t:String!){search(query:$t){totalCount}}', {
    t: `${'-'.repeat(500)}a`,
  }),
  ask('search: quotes that open and open', 'query($t:String!){search(query:$t){totalCount}}', {
    t: '"a '.repeat(300),
  }),
  ask('search: as a slow regular expression', 'query($t:String!){search(query:$t){totalCount}}', {
    t: `${'(a+)+'.repeat(20)}$`,
  }),
  ask('search: wildcards', 'query($t:String!){search(query:$t){totalCount}}', {
    t: '* % _ a* b* %a% '.repeat(15),
  }),
  ask('filter: text of 300 letters', 'query($t:String){papers(filter:{text:$t}){totalCount}}', {
    t: 'a '.repeat(300),
  }),
  ask(
    'filter: words that all papers hold, counted',
    '{papers(filter:{text:"a or e or i or o"}){totalCount facets{topics(first:100){count} authors(first:100){count}}}}',
  ),
  ask('suggest: 5,000 letters', 'query($t:String!){suggest(prefix:$t){label}}', { t: long(5000) }),
  ask('suggest: 5,000 words', 'query($t:String!){suggest(prefix:$t){label}}', {
    t: 'ab '.repeat(5000),
  }),
  ask('match: a title of 20,000 letters', 'query($t:String){matchPaper(title:$t){confidence}}', {
    t: 'deep learning '.repeat(1500),
  }),
  ask(
    'match: 500 references',
    'query($r:[String!]!){matchPapers(references:$r){matches{confidence}}}',
    { r: Array.from({ length: 500 }, (_, i) => `Author ${i}. A title of paper ${i}. 2019.`) },
  ),
  ask(
    'match: 50 references of common words',
    'query($r:[String!]!){matchPapers(references:$r){matches{confidence paper{title}}}}',
    {
      r: Array.from({ length: 50 }, (_, i) => `A. Author. The case of the ${i}. Conference, 2019.`),
    },
  ),
  ask('unicode: joined marks', 'query($t:String!){search(query:$t){totalCount}}', {
    t: `a${'\u0301'.repeat(5000)}`,
  }),
  ask(
    'unicode: right to left, zero width, astral',
    'query($t:String!){search(query:$t){totalCount} suggest(prefix:$t){label}}',
    { t: '\u202e\u200b\u{1f600}\u{10ffff}\ufeff'.repeat(20) },
  ),
  ask('unicode: lone surrogates', 'query($t:String!){search(query:$t){totalCount}}', {
    t: '\ud800\udfff\udc00',
  }),
  ask('unicode: a ligature that unfolds', 'query($t:String!){search(query:$t){totalCount}}', {
    t: '\ufdfa'.repeat(2000),
  }),
  ask('NUL in a text', 'query($t:String!){search(query:$t){totalCount} paper(ref:$t){id}}', {
    t: 'a\u0000b',
  }),
  ask(
    'topics: facets of 100 topics with filters',
    `{topics(first:100){nodes{papers{totalCount facets{authors(first:100){count} topics(first:100){count} venues(first:100){count}}}}}}`,
  ),
  ask(
    'topics: 100 times the co-occurring',
    '{topics(first:100){nodes{coOccurring(first:100){lift topic{name papersPerYear{count}}}}}}',
  ),
  ask('filter: 2,000 slugs', 'query($t:[String!]){papers(filter:{topics:{all:$t}}){totalCount}}', {
    t: Array.from({ length: 2000 }, (_, i) => `slug-${i}`),
  }),
]

const VALUES = [
  ask('errors: 2,000 fields that do not exist', `{${repeat(2000, (i) => `nope${i}`)}}`),
  ask('errors: 400 fields that nearly exist', `{papers{nodes{${repeat(400, (i) => `titl${i}`)}}}}`),
  ask(
    'errors: 1,000 variables that are not declared',
    `{${repeat(1000, (i) => `a${i}:paper(ref:$v${i}){id}`)}}`,
  ),
  ask(
    'errors: 1,000 variables that nobody uses',
    `query(${repeat(1000, (i) => `$v${i}:Int`, ',')}){__typename}`,
  ),
  ask(
    'errors: a list of 5,000 wrong values',
    'query($v:[Int!]){papers(filter:{year:$v}){totalCount}}',
    { v: Array.from({ length: 5000 }, () => 'x') },
  ),
  ask(
    'errors: 100 entries that each fail',
    '{papers(first:100){nodes{citations(first:1000){nodes{id}}}}}',
  ),
  ask(
    'errors: 10,000 entries that each fail',
    '{topics(first:100){nodes{papers(first:100){nodes{citations(after:"forged"){nodes{id}}}}}}}',
  ),
  ask('variables: 5,000 keys', 'query($v:PaperFilter){papers(filter:$v){totalCount}}', {
    v: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i])),
  }),
  ask(
    'variables: __proto__ and constructor',
    'query($v:PaperFilter){papers(filter:$v){totalCount}}',
    JSON.parse('{"v":{"__proto__":{"hasRepository":true},"constructor":{"prototype":1}}}'),
  ),
  ask('numbers: too large for Int', '{papers(first:99999999999999999999){totalCount}}'),
  ask('numbers: of 10,000 digits', `{papers(first:${'9'.repeat(10_000)}){totalCount}}`),
  ask('numbers: 1e400 in variables', 'query($v:Int){papers(first:$v){totalCount}}', { v: 1e308 }),
  ask('numbers: negative, least of Int', '{papers(first:-2147483648){totalCount}}'),
  ask(
    'cursor: forged, of another list',
    '{papers(after:"WzEsImF1dGhvcnMubmFtZS5hc2MiLCJ4IiwxXQ"){nodes{id}}}',
  ),
  ask(
    'cursor: forged, deep in the list',
    `{papers(first:100,after:"${Buffer.from('[1,"papers.published.desc","0001-01-01",1]').toString('base64url')}"){nodes{id}}}`,
  ),
  ask(
    'cursor: of 50 kB',
    `{papers(after:"${Buffer.from(long(50_000)).toString('base64url')}"){nodes{id}}}`,
  ),
  ask('ids: 500 that are none', 'query($v:[ID!]!){nodes(ids:$v){id}}', {
    v: Array.from({ length: 500 }, (_, i) => `id ${i}`),
  }),
  ask('ids: 5,000 papers', 'query($v:[ID!]!){nodes(ids:$v){id ...on Paper{title abstract}}}', {
    v: Array.from({ length: 5000 }, (_, i) => Buffer.from(`Paper:${i + 1}`).toString('base64')),
  }),
  ask(
    'refs: 500, each malformed',
    'query($v:[String!]!){resolvePapers(refs:$v){... on PaperNotFound{reason}}}',
    { v: Array.from({ length: 500 }, (_, i) => `nothing ${i}`) },
  ),
  ask(
    'refs: 500 with all of each paper',
    'query($v:[String!]!){resolvePapers(refs:$v){... on PaperFound{paper{abstract citations(first:100){nodes{abstract}}}}}}',
    { v: Array.from({ length: 500 }, (_, i) => `arXiv:1000.${String(i + 1).padStart(5, '0')}`) },
  ),
  ask(
    'path: of the longest',
    '{citationPath(from:"arXiv:1000.00100",to:"arXiv:1000.00001",maxLength:4){length papers{title}}}',
  ),
]

const BODIES = [
  raw(
    'HTTP: a batch of 500',
    JSON.stringify(
      Array.from({ length: 500 }, () => ({ query: '{papers(first:100){nodes{abstract}}}' })),
    ),
  ),
  raw('HTTP: JSON cut short', '{"query":"{ __typename }'),
  raw('HTTP: JSON 20,000 deep', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  raw(
    'HTTP: variables 10,000 deep',
    `{"query":"query($v:PaperFilter){papers(filter:$v){totalCount}}","variables":{"v":${'{"topics":'.repeat(5000)}1${'}'.repeat(5000)}}}`,
  ),
  raw('HTTP: 2 MB', JSON.stringify({ query: '{__typename}', variables: { v: long(2 * MIB) } })),
  raw('HTTP: a text in place of an object', '"{ __typename }"'),
  raw('HTTP: null', 'null'),
  raw('HTTP: nothing', ''),
  raw('HTTP: a form', 'query=%7B__typename%7D', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  raw(
    'HTTP: multipart',
    '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
    { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  ),
  raw('HTTP: text', '{ __typename }', { headers: { 'content-type': 'text/plain' } }),
  raw('HTTP: said to be gzip', 'not gzip', { headers: { 'content-encoding': 'gzip' } }),
  raw('HTTP: not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
  raw(
    'HTTP: an operation name of 50 kB',
    JSON.stringify({ query: '{__typename}', operationName: long(50_000) }),
  ),
  raw(
    'HTTP: extensions of 80 kB',
    JSON.stringify({ query: '{__typename}', extensions: { x: long(80_000) } }),
  ),
  raw(
    'HTTP: a persisted query of nobody',
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: long(64) } } }),
  ),
  raw('HTTP: a mutation', JSON.stringify({ query: 'mutation{deleteEverything}' })),
  raw('HTTP: a subscription', JSON.stringify({ query: 'subscription{papers{nodes{id}}}' })),
  raw(
    'HTTP: 50,000 blanks and commas',
    JSON.stringify({ query: `{${' ,'.repeat(40_000)}__typename}` }),
  ),
  raw('HTTP: a comment of 90 kB', JSON.stringify({ query: `{__typename} #${long(90_000)}` })),
  {
    name: 'HTTP: GET of 8 kB',
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent(`{${repeat(400, (i) => `a${i}:__typename`)}}`).slice(0, 8000)}`,
  },
  {
    name: 'HTTP: GET with variables that are no JSON',
    method: 'GET',
    path: '/graphql?query=%7B__typename%7D&variables=%7B',
  },
  {
    name: 'HTTP: GET of a page of 100',
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent('{papers(first:100){nodes{abstract authorships(first:100){nodes{name}}}}}')}`,
  },
  { name: 'HTTP: DELETE', method: 'DELETE', path: '/graphql' },
  { name: 'HTTP: a path out of the folder', method: 'GET', path: '/../../etc/passwd' },
  {
    name: 'HTTP: a header of 12 kB',
    method: 'POST',
    headers: { 'x-request-id': long(12_000) },
    body: '{"query":"{__typename}"}',
  },
  {
    name: 'HTTP: an Accept of 500 kinds',
    headers: { accept: repeat(500, (i) => `text/x${i};q=0.${i % 10}`, ',') },
    body: '{"query":"{__typename}"}',
  },
  {
    name: 'HTTP: a body that comes slowly',
    body: JSON.stringify({ query: '{__typename}' }),
    slowly: true,
  },
  {
    name: 'HTTP: gone in mid-answer, a page of 100',
    body: JSON.stringify({
      query: '{papers(first:100){nodes{abstract authorships(first:100){nodes{name}}}}}',
    }),
    abortAfterMs: 5,
  },
  {
    name: 'HTTP: gone in mid-answer, deep',
    body: JSON.stringify({
      query: '{papers(first:20){nodes{venue{papers(first:50){nodes{abstract}}}}}}',
    }),
    abortAfterMs: 100,
  },
]

/** All of them, by kind. */
export const CORPUS = [...DEPTHS, ...MANY, ...INTROSPECTION, ...TEXTS, ...VALUES, ...BODIES]

/** Expensive queries that may be allowed. The other clients run the most expensive one that is answered. */
export const CANDIDATES = [
  '{papers(first:100){nodes{title abstract authorships(first:20){nodes{name}}}}}',
  '{papers(first:50,order:{field:CITATIONS}){nodes{title citations(first:20){nodes{title}}}}}',
  '{papers(filter:{text:"a"}){totalCount facets{topics(first:100){count} authors(first:100){count}}}}',
  '{topics(first:20){nodes{name papers(first:20){nodes{title}}}}}',
  '{topics(first:20){nodes{papers{facets{topics(first:10){count}}}}}}',
  '{stats{authorCount topicCount venueCount citationCount papersPerYear{count}}}',
  '{search(query:"a OR e",first:50){totalCount nodes{title}}}',
  '{a:search(query:"learning"){nodes{title}} b:search(query:"model"){nodes{title}} c:search(query:"data"){nodes{title}}}',
  '{paper(ref:"arXiv:1000.00001"){related(first:20){paper{title} score}}}',
  '{topics(first:10){nodes{coOccurring(first:20){lift topic{name}}}}}',
  '{topics(first:5){nodes{leadingAuthors(first:20){author{name}} leadingRepositories(first:20){repository{name}}}}}',
  '{citationPath(from:"arXiv:1000.00500",to:"arXiv:1000.00001",maxLength:4){length}}',
  '{authors(first:20){nodes{coAuthors(first:20){nodes{name}}}}}',
  '{papers(first:100){bibliography}}',
]
