import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import {
  affiliationInstitutions,
  affiliations,
  institutions,
  paperAffiliations,
  paperInstitutions,
} from '../../db/tables/institutions.ts'
import { acronymKey, institutionKey, SMALL_WORDS, spellingsOf } from '../record/affiliation.ts'
import { simplified } from '../record/title-key.ts'
import { normaliseRor } from '../reference/ror.ts'
import { isStatedShort, lettersWithin, universitiesOf } from './reference.ts'

const i = alias(institutions, 'i')
const o = alias(institutions, 'o')
const pi = alias(paperInstitutions, 'pi')
const x = alias(paperInstitutions, 'x')
const a = alias(authorships, 'a')
const f = alias(affiliations, 'f')
const l = alias(affiliationInstitutions, 'l')
const pa = alias(paperAffiliations, 'pa')

/**
 * Links to papers, as `x`, for words or a ROR id in a search: papers of institutions with that name, else of those whose names have the words
 * (adjacent, for a phrase); and papers whose affiliations print the words adjacent.
 */
export function papersOfInstitution(text: string, isPhrase: boolean): { from: Sql; where: Sql } {
  const ror = normaliseRor(text)
  const links = (ids: Sql) =>
    sql`select ${pi.paperId} from ${pi} where ${pi.institutionId} in (${ids})`
  if (ror !== null)
    return {
      from: sql`(${links(sql`select ${i.id} from ${i} where ${i.ror} = ${ror}`)}) x`,
      where: sql`true`,
    }
  if (institutionKey(text) === '') return { from: sql`${x}`, where: sql`false` }
  const printed = printedAs(text, isPhrase)
  return {
    from: sql`(with ${namedSo(text, isPhrase)} ${links(sql`select id from named`)}${printed}) x`,
    where: sql`true`,
  }
}

/** Rows with the `name` of the institutions that a text means, the most papers first; null for a ROR id, which is unambiguous. */
export function institutionsMeant(text: string, isPhrase: boolean): Sql | null {
  if (normaliseRor(text) !== null || institutionKey(text) === '') return null
  return sql`(with ${namedSo(text, isPhrase)} select ${i.name} from ${i} join named n on n.id = ${i.id}
    where ${i.paperCount} > 0 order by ${i.paperCount} desc, ${i.id})`
}

/** Whether the name of an institution has all words of a text, and so explains itself as a result. */
export function showsWords(name: string, text: string): boolean {
  const key = institutionKey(name)
  return institutionKey(text)
    .split(' ')
    .every((word) => (UNSPACED.test(word) ? key.includes(word) : ` ${key} `.includes(` ${word} `)))
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u

/** The institutions that a text means, as `named`: all with that name, and others only if there are none. */
function namedSo(text: string, isPhrase: boolean): Sql {
  const [key, short] = [institutionKey(text), acronymKey(text)]
  const isShort = sql`${i.shortKeys} @> array[${short}::text]`
  const within = sql`${lettersWithin(short)}::text`
  const isWithin = sql`${i.nameKey} like ${within}`
  const words = key.split(' ')
  const query = words.map((word) => `'${word}'`).join(' & ')
  const held = isPhrase ? [`% ${key} %`] : words.map((word) => `% ${word} %`)
  return sql`called as materialized (
      select ${i.id} from ${i} where ${i.slug} = ${text.trim().toLowerCase()} or ${i.nameKeys} @> array[${key}::text]
        or ${i.nameKeys} && ${universitiesOf(text)}::text[] or (${isShort} and ${isStatedShort(sql`${short}::text`, within)})
    ), abbreviated as materialized (
      select ${i.id} from ${i} where ${isShort} and ${isWithin} and not exists (select from called)
    ), named as materialized (
      select id from called union all select id from abbreviated union all
      select ${i.id} from ${i} where keys_vector(${i.nameKeys} || ${i.shortKeys}) @@ ${query}::tsquery
        and exists (select from unnest(${i.nameKeys}) as n(name) where ' ' || n.name || ' ' like all(${held}::text[]))
        and not exists (select from called) and not exists (select from abbreviated)
    )`
}

/** The words of a printed text, as they are indexed. */
const wordsOf = (column: Sql) =>
  sql`regexp_replace(lower(left(${column}, 500)), '[^[:alnum:]]+', ' ', 'g')`

/** Papers with printed affiliations that have the words; none for a text without words. */
function printedAs(text: string, isPhrase: boolean): Sql {
  const words = simplified(text).split(' ').filter(Boolean)
  const spellings = words.map(spellingsOf)
  const query = spellings
    .map((some) => `(${some.map((one) => `'${one}'`).join(' | ')})`)
    .join(' & ')
  const gap = `(?: (?:${[...SMALL_WORDS].join('|')}))* `
  const pattern = ` ${spellings.map((some) => `(?:${some.join('|')})`).join(gap)} `
  const holds = (column: Sql) => sql`key_vector(${wordsOf(column)}) @@ ${query}::tsquery
      and ' ' || ${wordsOf(column)} || ' ' ~ ${pattern}`
  // A place alone also occurs in names of other universities: British Columbia is not Columbia.
  const isOther = sql`exists (select from ${o} where ${o.nameKeys} && ${universitiesOf(text)}::text[])
    and ${i.id} not in (select id from named)
    and ' ' || array_to_string(${i.nameKeys}, ' / ') || ' ' like ${`% ${institutionKey(text)} %`}`
  const unless = (from: Sql, where: Sql) =>
    isPhrase ? sql`true` : sql`not exists (select from ${from} where ${where} and ${isOther})`
  const parts = [
    sql`select ${a.paperId} from ${a} where ${a.affiliation} is not null and ${holds(a.affiliation)}
      and ${unless(
        sql`${pi} join ${i} on ${i.id} = ${pi.institutionId}`,
        sql`${pi.paperId} = ${a.paperId} and (${a.position} = any(${pi.positions}) or ${pi.positions} = '{}')`,
      )}`,
    sql`select ${pa.paperId} from ${f} join ${pa} on ${pa.affiliationId} = ${f.id} where not ${f.isClaim} and ${holds(f.name)}
      and ${unless(
        sql`${l} join ${i} on ${i.id} = ${l.institutionId}`,
        sql`${l.affiliationId} = ${f.id}`,
      )}`,
  ]
  return sql` union all ${join(parts, ' union all ')}`
}
