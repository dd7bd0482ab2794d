import { uniqBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { institutions } from '../../db/tables/institutions.ts'
import { AppError, badInput, quote } from '../../errors.ts'
import { parseGlobalId } from '../../sql/global-id.ts'
import type { RowSource } from '../../sql/list.ts'
import { acronymKey, institutionKey } from '../record/affiliation.ts'
import { assertNoFalseRor, normaliseRor } from '../reference/ror.ts'
import { countryName } from './country.ts'
import { institutionEntity } from './institution.ts'

const i = alias(institutions, 'i')

/** The row source for an id or ROR id; null if the reference may be a name. Throws BAD_USER_INPUT for a mistyped ROR id. */
export function institutionAt(ref: string): RowSource | null {
  const id = parseGlobalId('Institution', ref)
  assertNoFalseRor(ref)
  const ror = normaliseRor(ref)
  const condition =
    id !== null ? sql`${i.id} = ${id}::bigint` : ror !== null ? sql`${i.ror} = ${ror}::text` : null
  return condition && { entity: institutionEntity, from: sql`${i}`, condition }
}

interface Candidate {
  ref: string
  id: number
  name: string
  slug: string
  ror: string | null
  country: string | null
  papers: number
  /** The kind of match, the surest first. */
  rank: number
}

/** A name or short form resolves to an institution with this many times more papers than the next; with fewer it is ambiguous. */
const FAR_MORE = 10
/** Maximum number of institutions in the message of an error, and in its extensions. */
const MOST_TOLD = 5
const MOST_CANDIDATES = 20

/**
 * Resolves references to institutions: ids, ROR ids, slugs, names and short forms such as `MIT`. Unknown references are missing. Throws
 * BAD_USER_INPUT for an ambiguous one. One statement for all.
 */
export async function findInstitutions(
  db: Database,
  refs: readonly string[],
  argument: string,
): Promise<Map<string, number>> {
  for (const ref of refs) assertNoFalseRor(ref)
  const candidates = await candidatesFor(db, [...new Set(refs)])
  const found = new Map<string, number>()
  for (const ref of new Set(refs)) {
    // The surest match first; an institution may match in several ways.
    const own = uniqBy(
      candidates.filter((one) => one.ref === ref),
      ({ id }) => id,
    )
    const best = Math.min(...own.map(({ rank }) => rank))
    const [first, second] = own.filter(({ rank }) => rank === best)
    if (first && second && first.papers < FAR_MORE * second.papers)
      throw ambiguous(
        argument,
        ref,
        own.filter(({ rank }) => rank === best),
      )
    if (first) found.set(ref, first.id)
  }
  return found
}

/** Like `findInstitutions`, but throws for an unknown reference. */
export async function getInstitutions(
  db: Database,
  refs: readonly string[],
  argument: string,
): Promise<Map<string, number>> {
  const found = await findInstitutions(db, refs, argument)
  const missing = refs.find((ref) => !found.has(ref))
  if (missing !== undefined) {
    const [near] = await nearInstitutions(db, missing, 1)
    throw badInput(
      `${argument}: no institution ${quote(missing)} in the catalogue; ${near ? `did you mean ${quote(near.slug)}?` : 'expected a ROR id, a name, or a slug of { institutions { nodes { slug } } }.'}`,
    )
  }
  return found
}

/** Maximum length of a name for which similar ones are searched. */
const LONGEST_COMPARED = 100

/** Minimum trigram similarity: `stanfrd` and `stanford` have 0.63, unrelated words at most 0.4. */
const LEAST_LIKENESS = 0.5

/** Institutions with a name, or words of a name, similar to a misspelt one, the most similar first. */
export async function nearInstitutions(
  db: Pick<Database, 'query'>,
  ref: string,
  most: number,
): Promise<{ slug: string; name: string }[]> {
  const key = institutionKey(ref.replaceAll('-', ' ').replaceAll('\0', ' '))
  if (key === '' || key.length > LONGEST_COMPARED) return []
  return db.query(sql`
    select ${i.slug}, ${i.name} from ${i}, lateral (
      select max(greatest(similarity(n.key, ${key}), 0.9 * word_similarity(${key}, n.key))) from unnest(${i.nameKeys}) as n(key)) as l(likeness)
    where l.likeness >= ${LEAST_LIKENESS}::real
    order by l.likeness desc, ${i.paperCount} desc, ${i.id} limit ${most}::int`)
}

/** The error for an ambiguous reference: lists the candidates in the message, and their references in the extensions. */
function ambiguous(argument: string, ref: string, found: Candidate[]): AppError {
  const told = found.slice(0, MOST_TOLD).map(({ name, slug, country }) => {
    const place = country === null ? '' : `${countryName(country)}, `
    return `${name} (${place}${slug})`
  })
  const more = found.length - told.length
  const message = `${argument}: ${quote(ref)} may be ${told.join(', ')}${more > 0 ? ` or ${more} others` : ''}; expected a slug or a ROR id.`
  const candidates = found
    .slice(0, MOST_CANDIDATES)
    .map(({ slug, name, ror, country, papers }) => ({
      ...{ ref: slug, name, ror, country, paperCount: papers },
    }))
  return new AppError('BAD_USER_INPUT', message, {
    details: { institutionCount: found.length, candidates },
  })
}

async function candidatesFor(db: Database, refs: readonly string[]): Promise<Candidate[]> {
  // PostgreSQL cannot store NUL or lone surrogates, so no name contains them.
  const storable = refs.filter((ref) => ref.isWellFormed() && !ref.includes('\0'))
  if (storable.length === 0) return []
  const given = storable.map((ref) => ({
    ref,
    own: parseGlobalId('Institution', ref),
    ror: normaliseRor(ref),
    slug: ref.trim(),
    lower: ref.trim().toLowerCase(),
    key: institutionKey(ref),
    short: acronymKey(ref),
    within: lettersWithin(acronymKey(ref)),
    whole: universitiesOf(ref),
  }))
  const by = (rank: number, condition: Sql) => sql`
    select g.ref, ${i.id}, ${i.name}, ${i.slug}, ${i.country},
      'https://ror.org/' || ${i.ror} as ror, ${i.paperCount} as papers, ${rank}::int as rank from given g join ${i} on ${condition}`
  return db.query<Candidate>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb)
        as r(ref text, own bigint, ror text, slug text, lower text, key text, short text, within text, whole text[])
    )
    ${by(1, sql`${i.id} = g.own`)} union all ${by(1, sql`${i.ror} = g.ror`)}
    union all ${by(1, sql`${i.slug} = g.slug collate "C"`)}
    union all ${by(2, sql`${i.slug} = g.lower collate "C"`)}
    union all ${by(2, sql`${i.nameKeys} @> array[g.key] and g.key <> ''`)}
    union all ${by(2, sql`${i.shortKeys} @> array[g.short] and g.short <> '' and ${isStatedShort(sql`g.short`, sql`g.within`)}`)}
    union all ${by(3, sql`${i.shortKeys} @> array[g.short] and g.short <> ''`)}
    union all ${by(4, sql`${i.nameKeys} && g.whole`)}
    order by rank, papers desc, id`)
}

/** A pattern for names that contain the letters of a short form in this order. */
export const lettersWithin = (short: string): string =>
  [...short]
    .map((letter, at) => (at === 0 ? letter : `%${letter}`))
    .join('')
    .concat('%')

/**
 * Condition: a short key of `i` is a form that sources state, and not a weaker one. As many letters as the name has words, or fewer, may be the
 * initials of any name; and lists give companies the names of their parts, such as DeepMind for Google, whose letters the name lacks.
 */
export const isStatedShort = (short: Sql, within: Sql): Sql =>
  sql`(exists (select from unnest(${i.acronyms}) as s(name) where lower(s.name) = ${short})
    or (${i.nameKey} like ${within} and length(${short}) > cardinality(string_to_array(${i.nameKey}, ' '))))`

/** Keys of universities known by their place or founder alone: `Stanford`, `Cambridge`, `清华`. */
export function universitiesOf(ref: string): string[] {
  const key = institutionKey(ref)
  if (key === '') return []
  return /^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(key)
    ? [`${key}大学`, `${key}大學`, `${key}대학교`]
    : [`${key} university`, `university of ${key}`]
}

/** SQL for the id of a reference that was not looked up: the surest match, of equals the one with the most papers. */
export function institutionIdOf(ref: string): Sql {
  const [key, short] = [institutionKey(ref), acronymKey(ref)]
  const at = institutionAt(ref)
  if (at) return sql`(select ${i.id} from ${at.from} where ${at.condition})`
  return sql`(select ${i.id} from ${i} where ${i.slug} = ${ref.trim().toLowerCase()}::text
      or ${i.nameKeys} @> array[${key}::text] or ${i.shortKeys} @> array[${short}::text]
      or ${i.nameKeys} && ${universitiesOf(ref)}::text[]
    order by ${i.slug} = ${ref.trim().toLowerCase()}::text desc, ${i.nameKeys} @> array[${key}::text] desc,
      ${i.shortKeys} @> array[${short}::text] desc, ${i.paperCount} desc limit 1)`
}
