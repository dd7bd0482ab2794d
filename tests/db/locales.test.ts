import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { sql } from '../../src/db/sql.ts'
import { citablePapersByIds } from '../../src/domain/export/citable-paper.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { databaseUrl } from '../helpers/global-setup.ts'
import { askWell } from '../helpers/graphql.ts'
import { importFolder } from '../helpers/import-folder.ts'

/** Locales of servers, hosts and operators: results and citations must not depend on them. */
const LOCALES = {
  builtin: "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'",
  C: "locale 'C' locale_provider libc",
  Turkish: "locale_provider icu icu_locale 'tr-TR' locale 'C'",
  Lithuanian: "locale_provider icu icu_locale 'lt-LT' locale 'C'",
}

const databases = new Map<string, TestDatabase>()
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client(inject('adminUrl'))
  await admin.connect()
  for (const [locale, definition] of Object.entries(LOCALES)) {
    const name = `paperql_test_${randomBytes(6).toString('hex')}`
    await admin.query(`create database ${name} template template0 encoding 'UTF8' ${definition}`)
    const url = databaseUrl(inject('adminUrl'), name)
    await migrate(url)
    const statements: string[] = []
    const onStatement = (text: string) => statements.push(text)
    const db = connect(url, { poolSize: 2, statementTimeoutMs: 60_000, onStatement })
    const close = async () => {
      await db.close()
      await admin.query(`drop database ${name} with (force)`)
    }
    databases.set(locale, { url, db, statements, close })
  }
})
afterAll(async () => {
  for (const { close } of databases.values()) await close()
  await admin.end()
})

/** The answer of `ask` in the database of each locale; all must be equal. */
async function same<T>(ask: (db: Database, t: TestDatabase) => Promise<T>): Promise<T> {
  const answers = new Map<string, T>()
  for (const [locale, t] of databases) answers.set(locale, await ask(t.db, t))
  const [[, first] = []] = answers
  for (const [locale, answer] of answers) expect(answer, locale).toEqual(first)
  return first as T
}

const WORDS = [
  ...[
    'РОМАН',
    'ΜΟΡΦΟΛΟΓΙΑ',
    'ΛΌΓΟΣ',
    'ÜBER',
    'GRÖSSE',
    'Groß',
    'DIABÈTE',
    'ŁÓDŹ',
    'ĐẶNG',
    'ÞÓR',
    'ŒUVRE',
  ],
  ...[
    'IMAGE',
    'Istanbul',
    'İSTANBUL',
    'ISIK',
    'ıŞIK',
    'ĮĖ',
    'ԱՐԱՐԱՏ',
    'ႠႡ',
    'Ｆｕｌｌ',
    '𝐁old',
    'ﬁNE',
  ],
  ...['שָׁלוֹם', 'مُحَمَّد', '機械学習', '기계', 'การ', 'हिन्दी'],
]
/** Characters around and between words that are not letters. */
const SIGNS = [
  '™',
  '®',
  '©',
  '℠',
  '°',
  '§',
  '€',
  '£',
  '¿',
  '¡',
  '«',
  '»',
  '“',
  '”',
  '…',
  '→',
  '×',
  '÷',
  '·',
  '•',
  '∞',
  '≤',
  '★',
  '😀',
  '±',
  '¹',
  '²',
]
const TEXTS = [
  ...WORDS,
  ...WORDS.map((word) => word.toLowerCase()),
  ...SIGNS.flatMap((sign) => [
    `Deep${sign} parsing`,
    `${sign}Deep parsing`,
    `Größe${sign}Wort`,
    `deep ${sign} parsing`,
  ]),
  ...[
    '5€',
    '20°C',
    '№5',
    'Nº 5',
    '1ª edición',
    '90º',
    'x²',
    'CO₂',
    'LLMs',
    'ÑLMs',
    "l'école",
    'naïve-Bayes',
  ],
]

test('texts are indexed and searched by the same words', async () => {
  const rows = await same((db) =>
    db.query<{ given: string; clean: string; lexemes: string; query: string }>(sql`
      select x.given, search_words(x.given) as clean, to_tsvector('paperql', search_text(x.given))::text as lexemes,
        search_query(x.given)::text as query
      from unnest(${TEXTS}::text[]) with ordinality as x(given, place) order by place`),
  )
  expect(rows.length).toBe(TEXTS.length)
  const found = await same((db) =>
    db.query<{ given: string; isFound: boolean }>(sql`
      select x.given, to_tsvector('paperql', search_text(x.given)) @@ search_query(x.asked) as "isFound"
      from unnest(${WORDS}::text[], ${WORDS.map((word) => word.toLowerCase())}::text[]) as x(given, asked)`),
  )
  expect(found.filter(({ isFound }) => !isFound)).toEqual([])
})

test.each(SIGNS)('%s is not part of a word', async (sign) => {
  const [row] = await same((db) =>
    db.query<{ words: string[] }>(
      sql`select tsvector_to_array(to_tsvector('paperql', search_text(${`Hitman${sign}: a study${sign}`}))) as words`,
    ),
  )
  expect(row?.words).toEqual(expect.arrayContaining(['hitman', 'studi']))
})

test('families of citation keys are the same', async () => {
  const names = WORDS.map((word) => `Ada ${word}`).concat(
    'O. O’Brien',
    'I. Iğdır',
    'J. Ibáñez-Ilıca Jr.',
  )
  const families = await same(async (db) => {
    await db.query(sql`with made as (
        insert into papers (title, title_key, kind) select 'A title ' || n, 'a title ' || n, 'preprint'
        from unnest(${names}::text[]) with ordinality as x(name, n) order by n returning id),
      person as (insert into authors (name, name_key) values ('A', 'a') returning id)
      insert into authorships (paper_id, author_id, position, name, published_sort)
        select m.id, p.id, 1, (${names}::text[])[m.id - (select min(id) from made) + 1], '-infinity' from made m, person p`)
    const ids = await db.query<{ id: number }>(sql`select id from papers order by id`)
    const columns = { abstract: false, links: false }
    const papers = await citablePapersByIds(
      db,
      ids.map(({ id }) => id),
      columns,
    )
    return [...papers.values()].map(({ keyParts }) => keyParts.family)
  })
  expect(families).toEqual(
    expect.arrayContaining(['gross', 'diabete', 'lodz', 'image', 'istanbul', 'роман']),
  )
})

/** Titles with an author, each of a different paper. */
const PAPERS: [title: string, author: string][] = [
  ['Роман о письмах: цифровой анализ', 'Иванов, Роман'],
  ['Ελληνική γλώσσα και μορφολογία', 'Παπαδόπουλος, Νίκος'],
  ['Über die Straße: Größe und Maß', 'Groß, Übel'],
  ['Diabète insipide: une étude rétrospective', 'Étienne, Zoé'],
  ["İstanbul'da ışık ve gölge", 'Işık, İlker'],
  ['Hitman™: The Complete Season of evaluation', 'Łódź, Bo'],
]
const ASKED = [
  ...[
    'РОМАН',
    'роман',
    'Письмах',
    'ПИСЬМАХ ЦИФРОВОЙ',
    'писмах',
    'ΜΟΡΦΟΛΟΓΙΑ',
    'μορφολογία',
    'μορφολογια',
  ],
  ...[
    'ÜBER',
    'grosse',
    'GRÖSSE',
    'STRASSE',
    'DIABÈTE',
    'diabete',
    'RÉTROSPECTIVE',
    'ISTANBUL',
    'istanbul',
    'IŞIK',
  ],
  ...[
    'hitman',
    'HITMAN',
    'author:ИВАНОВ',
    'author:иванов',
    'author:GROSS',
    'author:groß',
    'author:étienne',
    'ИВАНОВ',
  ],
  ...['author:ΠΑΠΑΔΌΠΟΥΛΟΣ', 'title:"ПИСЬМАХ"', 'РОМ*', 'title:ΜΟΡΦ*', 'author:IŞIK', 'ŁÓDŹ'],
]

test('the same catalogue gives the same answers', async () => {
  const { load, write } = importFolder()
  const entries = PAPERS.map(
    ([title, author], i) => `@article{k${i}, title={${title}}, author={${author}}, year=2024}`,
  )
  const file = write('papers.bib', entries.join('\n'))
  for (const [locale, t] of databases)
    expect((await load(t, [file])).titles, locale).toHaveLength(PAPERS.length)
  const found = await same(async (_, t) => {
    const answers = new Map<string, FoundPapers>()
    for (const text of ASKED)
      answers.set(text, (await askWell<FoundPapers>(t, FIND, { text })).data)
    const listed = await askWell<object>(t, LIST)
    return { answers, listed: listed.data }
  })
  const unfound = [...found.answers].filter(([, { search }]) => search.nodes.length === 0)
  expect(unfound.map(([text]) => text)).toEqual([])
})

interface FoundPapers {
  search: { nodes: object[]; warnings: object[] }
  papers: object
  suggest: object[]
}

const FIND = `query ($text: String!) {
  search(query: $text) { nodes { title } warnings { message } }
  papers(filter: { text: $text }) { nodes { title } }
  suggest(prefix: $text) { label }
}`

const LIST = `{
  papers(order: { field: TITLE, direction: ASC }) {
    nodes { title authorships { nodes { author { name } } } }
    bibliography
  }
}`
