import { alias, type Sql, sql } from '../../db/sql.ts'
import { venues } from '../../db/tables/papers.ts'
import { slugify } from '../record/title-key.ts'
import { findConference, findConferenceNamed } from './conferences.ts'

const v = alias(venues, 'v')
const o = alias(venues, 'o')

/** Well-known acronyms of journals, which few sources print, with the slugs of their full names. */
const JOURNALS = new Map([
  ['jmlr', 'journal-of-machine-learning-research'],
  ['jair', 'journal-of-artificial-intelligence-research'],
  ['tacl', 'transactions-of-the-association-for-computational-linguistics'],
  ['ijcv', 'international-journal-of-computer-vision'],
  ['pami', 'ieee-transactions-on-pattern-analysis-and-machine-intelligence'],
  ['tpami', 'ieee-transactions-on-pattern-analysis-and-machine-intelligence'],
  ['tnnls', 'ieee-transactions-on-neural-networks-and-learning-systems'],
  ['tog', 'acm-transactions-on-graphics'],
  ['tois', 'acm-transactions-on-information-systems'],
  ['pnas', 'proceedings-of-the-national-academy-of-sciences'],
])

/** Organisers of a conference before its acronym: `IEEE CVPR`, `ACM SIGKDD`. */
const ORGANISERS = /^(?:(?:the|acm|ieee|cvf|aaai|isca)-)+(?=.)/

/**
 * The slug of the venue with this former name or usual acronym, such as `neurips` for `NIPS` and `Advances in Neural
 * Information Processing Systems`; null if there is none, or the text has the slug itself. Also null for a text with a year, which would be
 * lost: `NIPS 2017` is not a venue.
 */
export function usualSlug(text: string): string | null {
  const slug = slugify(text)
  if (/(?:18|19|20)\d\d/.test(slug)) return null
  const usual =
    slugOfConference(slug) ??
    JOURNALS.get(slug) ??
    findConferenceNamed(text.replaceAll('-', ' '))?.code
  return usual === undefined || usual === slug ? null : usual
}

function slugOfConference(slug: string): string | undefined {
  const workshops = /^(.+)-workshops?$/.exec(slug)?.[1]
  if (workshops !== undefined) {
    const at = findConference(workshops)
    return at ? `${at.code}-workshops` : undefined
  }
  return (findConference(slug) ?? findConference(slug.replace(ORGANISERS, '')))?.code
}

/** The name of a venue in a request, in any case and form: `ACL`, `Machine Learning Journal`, `NIPS`. */
interface VenueName {
  given: string
  slug: string
  /** The slug of the venue for which this is another name; null if there is none. */
  usual: string | null
}

const venueName = (given: string): VenueName => ({
  given,
  slug: slugify(given),
  usual: usualSlug(given),
})

/** Condition on the alias `v`: one of the names is its slug or, if no venue has the name as its slug, its usual name. */
export function isVenueOf(given: readonly string[]): Sql {
  const names = given.map(venueName)
  const slugs = [...new Set(names.flatMap(({ given, slug }) => [given, slug]))]
  const own = sql`${v.slug} = any(${slugs}::text[])`
  const others = names.flatMap(({ slug, usual }) => (usual === null ? [] : [{ slug, usual }]))
  if (others.length === 0) return own
  return sql`(${own} or ${v.slug} in (
    select n.usual from unnest(${others.map(({ usual }) => usual)}::text[], ${others.map(({ slug }) => slug)}::text[]) as n(usual, slug)
    where not exists (select from ${o} where ${o.slug} = n.slug)))`
}

/** Rows `(name, slug, usual)` for requested venues. */
export function venueNameRows(given: readonly string[]): Sql {
  const names = given.map(venueName)
  return sql`unnest(${given}::text[], ${names.map(({ slug }) => slug)}::text[], ${names.map(({ slug, usual }) => usual ?? slug)}::text[])`
}

/** Condition on the alias `v`: it is the venue with this name. */
export function isVenueAt(name: string): Sql {
  const { given, slug, usual } = venueName(name)
  const slugs = [...new Set([given, slug, ...(usual === null ? [] : [usual])])]
  if (slugs.length === 1) return sql`${v.slug} = ${given}::text`
  return sql`${v.id} = (select ${o.id} from ${o} where ${o.slug} = any(${slugs}::text[])
    order by array_position(${slugs}::text[], ${o.slug}::text) limit 1)`
}
