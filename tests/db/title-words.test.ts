import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { titleKey } from '../../src/domain/record/title-key.ts'
import { createTestDatabase } from '../helpers/database.ts'

/**
 * `titleKey` writes the key by which papers are merged and ordered; `search_clean`, a function of the database, writes the indexed words,
 * also of abstracts. Both must split a title into the same words, apart from characters that only a search keeps or joins.
 */
const ONLY_SEARCHED =
  /['‘’`]|\d[.,]\d|[_$^{}+#∞]|(?<![a-z0-9])[b-df-hj-np-tv-xz]+[b-df-hj-np-rtv-xz]s(?![a-z0-9])/i

const GREEK = [...'αβγδεϵζηθκλμνξπρσφϕχψω']
const LATEX = [
  '\\"o',
  "\\'e",
  '\\`a',
  '\\^o',
  '\\~n',
  '\\"{u}',
  '\\v{c}',
  '\\H{o}',
  '\\c{c}',
  '\\ell',
]
const LETTERS = ['É', 'ﬁ', 'ｆｕｌｌ', 'ß', 'ø', 'ł']
/** Each mark after a letter of its script, as separate characters. */
const MARKED = [
  ...['שָׁלוֹם', 'בְּרֵאשִׁית', 'וְהָאָרֶץ', 'مُحَمَّد', 'الرَّحْمٰن', 'كِتَابٌ'],
  ...['а\u0301', 'x\u0302', 'e\u0301', 'n\u0303', 'q\u0307\u0323', 'с\u0483', 'a\u20d7', 'k\ufe0f'],
]
/** Characters that belong to no word, and characters that are a part of one, after words and alone. */
const SIGNED = [...'™®©℠†‡§°¹²³⁴₂ªº№•★'].flatMap((sign) => [
  `Hitman${sign}`,
  `x${sign}`,
  `${sign}5`,
  `7${sign}`,
  sign,
])
const made = [...MARKED, ...GREEK, ...LATEX, ...LETTERS, ...SIGNED].map(
  (sign) => `A study of ${sign} in parsing`,
)

const sample = (): string[] => {
  const file = new URL('../../src/sample/acl-pmlr.json.gz', import.meta.url)
  const found = gunzipSync(readFileSync(file))
    .toString()
    .matchAll(/"title": ?("(?:[^"\\]|\\.)*")/g)
  return [...found].map(([, title]) => JSON.parse(title ?? '""') as string)
}

test('keys and the search index split titles into the same words', async () => {
  const t = await createTestDatabase()
  const plain = sample().filter((title) => title.length < 190 && !ONLY_SEARCHED.test(title))
  expect(plain.length).toBeGreaterThan(2000)
  const titles = [...made, ...plain]
  const rows = await t.db.query<{ title: string; words: string }>(
    sql`select x.title, unaccent(search_words(x.title)) as words from unnest(${titles}::text[]) as x(title)`,
  )
  await t.close()
  const read = rows.map(({ title, words }) => `${title}: ${words}`)
  expect(read).toEqual(titles.map((title) => `${title}: ${titleKey(title)}`))
})

test.each([...'™®©℠†‡¹²³⁴•★'])('the word before %s stays a word', (sign) => {
  expect(titleKey(`Hitman${sign}: the Kinect${sign}${sign} system${sign}`)).toBe(
    'hitman the kinect system',
  )
})

test.each([
  ['R² and CO₂ of 10 km²', 'r2 and co2 of 10 km2'],
  ['Nº 5, the 1ª of 90º', 'no 5 the 1 of 90'],
  ['№5', 'no 5'],
  ['the 5ᵗʰ', 'the 5th'],
])('%s is read as %s', (title, key) => {
  expect(titleKey(title)).toBe(key)
})
