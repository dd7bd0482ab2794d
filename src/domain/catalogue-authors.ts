import sql, { type Sql } from 'sql-template-tag'
import type { Transaction } from '../db/transaction.ts'
import { type Byline, withLinkedIdentifiers } from './author-link.ts'
import { newIds, takeId } from './catalogue-match.ts'
import type { AuthorClaim } from './paper-record.ts'
import { nameKey } from './title-key.ts'

/** Papers whose bylines are to be written. */
interface Bylines {
  bylines: Byline[]
  /** Those that may have a byline already, and those that are no more. */
  cleared: number[]
  /** Papers that are no more, */
  gone: number[]
  /** and what each of these became that was merged away. */
  redirects: Map<number, number>
}

interface AuthorshipRow {
  paper_id: number
  position: number
  author_id: number
  name: string
  affiliation: string | null
}

/** People who are one, as far as is known: existing authors and places in bylines. */
interface Person {
  existing: number[]
  papers: Set<number>
  orcids: Set<string>
  into: Person | null
}

interface Slot {
  paperId: number
  position: number
  claim: AuthorClaim
  person: Person
}

/**
 * Gives each place of the `given` bylines its author and writes what changed. An author is found by a strong
 * identifier, else by the same name on the same paper, else new; authors whom a record's identifiers join
 * become one, unless both stand on one paper or their ORCID iDs differ. Returns the papers whose byline changed.
 */
export async function writeAuthors(tx: Transaction, given: Bylines): Promise<number[]> {
  const { cleared, gone, redirects } = given
  const bylines = await withLinkedIdentifiers(tx, given.bylines)
  const before = await authorshipsOf(tx, cleared)
  const people = await loadPeople(tx, bylines, before, new Set(cleared))
  const slots = placeAuthors(bylines, before, redirects, people)
  const ids = await assignIds(tx, slots)
  const after = slots.map(
    ({ paperId, position, claim, person }): AuthorshipRow => ({
      paper_id: paperId,
      position,
      author_id: ids.get(root(person)) ?? 0,
      name: claim.name,
      affiliation: claim.affiliation,
    }),
  )
  const changed = changedPapers(before, after, gone)
  await deleteBylines(
    tx,
    cleared.filter((id) => changed.has(id)),
  )
  await joinAuthors(tx, people.byId, ids)
  await insertAuthorships(
    tx,
    after.filter((row) => changed.has(row.paper_id)),
  )
  await followDays(tx, cleared)
  await insertIdentifiers(tx, people.byIdentifier, ids)
  await refreshAuthors(tx, [...people.byId.keys()])
  return [...changed]
}

async function authorshipsOf(tx: Transaction, paperIds: number[]): Promise<AuthorshipRow[]> {
  if (paperIds.length === 0) return []
  return tx.query<AuthorshipRow>(sql`
    select paper_id, position, author_id, name, affiliation from authorships
    where paper_id = any(${paperIds}::bigint[]) order by paper_id, position`)
}

async function deleteBylines(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(sql`delete from authorships where paper_id = any(${paperIds}::bigint[])`)
}

interface People {
  byId: Map<number, Person>
  byIdentifier: Map<string, Person>
}

/** All authors who stand on the papers, and all who have an identifier that is named in a byline. */
async function loadPeople(
  tx: Transaction,
  bylines: Byline[],
  before: AuthorshipRow[],
  rewritten: Set<number>,
): Promise<People> {
  const wanted = bylines.flatMap(({ authors }) => authors.flatMap(({ identifiers }) => identifiers))
  const onPapers = [...new Set(before.map((row) => row.author_id))]
  if (wanted.length + onPapers.length === 0) return { byId: new Map(), byIdentifier: new Map() }
  const rows = await tx.query<{ author_id: number; scheme: string; value: string }>(sql`
    select i.author_id, i.scheme, i.value from author_identifiers i
    where i.author_id = any(${onPapers}::bigint[]) or i.author_id in (
      select j.author_id
      from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as r(scheme text, value text)
      join author_identifiers j on j.scheme = r.scheme and j.value = r.value)`)
  const byId = new Map<number, Person>()
  for (const id of [...onPapers, ...rows.map((row) => row.author_id)])
    byId.set(id, { existing: [id], papers: new Set(), orcids: new Set(), into: null })
  const byIdentifier = new Map<string, Person>()
  for (const { author_id, scheme, value } of rows) {
    const person = byId.get(author_id)
    if (!person) continue
    byIdentifier.set(`${scheme}\n${value}`, person)
    if (scheme === 'orcid') person.orcids.add(value)
  }
  const standing = await tx.query<{ author_id: number; paper_id: number }>(sql`
    select author_id, paper_id from authorships where author_id = any(${[...byId.keys()]}::bigint[])`)
  for (const { author_id, paper_id } of standing)
    if (!rewritten.has(paper_id)) byId.get(author_id)?.papers.add(paper_id)
  return { byId, byIdentifier }
}

function placeAuthors(
  bylines: Byline[],
  before: AuthorshipRow[],
  redirects: Map<number, number>,
  people: People,
): Slot[] {
  const named = new Map<string, Set<number>>()
  for (const row of before) {
    const key = `${redirects.get(row.paper_id) ?? row.paper_id}\n${nameKey(row.name)}`
    named.set(key, (named.get(key) ?? new Set()).add(row.author_id))
  }
  const slots = bylines.flatMap(({ paperId, authors }) =>
    authors.map((claim, index): Slot => {
      const orcids = claim.identifiers.filter(({ scheme }) => scheme === 'orcid')
      const person: Person = {
        existing: [],
        papers: new Set([paperId]),
        orcids: new Set(orcids.map(({ value }) => value)),
        into: null,
      }
      return { paperId, position: index + 1, claim, person }
    }),
  )
  for (const { claim, person } of slots) {
    for (const { scheme, value } of claim.identifiers) {
      const id = `${scheme}\n${value}`
      const known = people.byIdentifier.get(id)
      if (known) unite(known, person)
      else people.byIdentifier.set(id, person)
    }
  }
  if (named.size === 0) return slots
  for (const { paperId, claim, person } of slots) {
    for (const id of named.get(`${paperId}\n${nameKey(claim.name)}`) ?? []) {
      const known = people.byId.get(id)
      if (known) unite(known, person)
    }
  }
  return slots
}

function root(person: Person): Person {
  return person.into ? root(person.into) : person
}

/** Makes two people one, unless they stand on one paper, or have different ORCID iDs. */
function unite(a: Person, b: Person): void {
  const [one, other] = [root(a), root(b)]
  if (one === other || overlap(one.papers, other.papers)) return
  if (one.orcids.size > 0 && other.orcids.size > 0 && !overlap(one.orcids, other.orcids)) return
  one.existing.push(...other.existing)
  for (const paper of other.papers) one.papers.add(paper)
  for (const orcid of other.orcids) one.orcids.add(orcid)
  other.into = one
}

function overlap<T>(a: Set<T>, b: Set<T>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  return [...small].some((item) => large.has(item))
}

async function assignIds(tx: Transaction, slots: Slot[]): Promise<Map<Person, number>> {
  const people = [...new Set(slots.map(({ person }) => root(person)))]
  const ids = new Map<Person, number>()
  for (const person of people)
    if (person.existing.length > 0) ids.set(person, Math.min(...person.existing))
  const fresh = people.filter((person) => person.existing.length === 0)
  const drawn = await newIds(tx, 'authors', fresh.length)
  for (const person of fresh) ids.set(person, takeId(drawn))
  const printed = new Map<Person, string[]>()
  for (const { person, claim } of slots) {
    const names = printed.get(root(person)) ?? []
    names.push(claim.name)
    printed.set(root(person), names)
  }
  const rows = fresh.map((person) => {
    const names = printed.get(person) ?? []
    const name = bestName(names)
    return { id: ids.get(person), name, name_key: nameKey(name), papers: names.length }
  })
  // With the count and the name that `refreshAuthors` would find, so that it has nothing left to do for them.
  await tx.query(sql`
    insert into authors (id, name, name_key, paper_count) overriding system value
    select id, name, name_key, papers
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(id bigint, name text, name_key text, papers int)`)
  return ids
}

/** The form most often printed, then the longest, then the first by code point. */
function bestName(names: string[]): string {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  const length = (name: string) => [...name].length
  const [best] = [...times].sort(
    ([a, timesOfA], [b, timesOfB]) =>
      timesOfB - timesOfA ||
      length(b) - length(a) ||
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  return best?.[0] ?? ''
}

function changedPapers(
  before: AuthorshipRow[],
  after: AuthorshipRow[],
  gone: number[],
): Set<number> {
  const texts = (rows: AuthorshipRow[]) => {
    const byPaper = new Map<number, string>()
    for (const { paper_id, position, author_id, name, affiliation } of rows) {
      const line = JSON.stringify([position, author_id, name, affiliation])
      byPaper.set(paper_id, `${byPaper.get(paper_id) ?? ''}${line}`)
    }
    return byPaper
  }
  const [old, now] = [texts(before), texts(after)]
  const ids = new Set([...old.keys(), ...now.keys()])
  const changed = [...ids].filter((id) => old.get(id) !== now.get(id))
  return new Set([...changed, ...gone.filter((id) => ids.has(id))])
}

/** Authors who turned out to be one: the lowest id stays, the others become redirects. */
async function joinAuthors(
  tx: Transaction,
  byId: Map<number, Person>,
  ids: Map<Person, number>,
): Promise<void> {
  const rows = [...byId].flatMap(([loser, person]) => {
    const { existing } = root(person)
    const winner = ids.get(root(person)) ?? Math.min(...existing)
    return loser === winner ? [] : [{ loser, winner }]
  })
  if (rows.length === 0) return
  const pairs = sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(loser bigint, winner bigint)`
  const steps: Sql[] = [
    sql`update authorships t set author_id = r.winner from ${pairs} where t.author_id = r.loser`,
    sql`update author_identifiers t set author_id = r.winner from ${pairs} where t.author_id = r.loser`,
    sql`update author_redirects t set author_id = r.winner from ${pairs} where t.author_id = r.loser`,
    sql`insert into author_redirects (id, author_id) select loser, winner from ${pairs}`,
    sql`delete from authors t using ${pairs} where t.id = r.loser`,
  ]
  for (const step of steps) await tx.query(step)
}

async function insertAuthorships(tx: Transaction, rows: AuthorshipRow[]): Promise<void> {
  await tx.query(sql`
    insert into authorships (paper_id, position, author_id, name, affiliation, published_sort)
    select r.paper_id, r.position, r.author_id, r.name, r.affiliation, p.published_sort
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(paper_id bigint, position int, author_id bigint, name text, affiliation text)
    join papers p on p.id = r.paper_id`)
}

/** Bylines that stay as they are still follow a paper whose day has changed. */
async function followDays(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(sql`
    update authorships a set published_sort = p.published_sort from papers p
    where p.id = a.paper_id and a.paper_id = any(${paperIds}::bigint[])
      and a.published_sort <> p.published_sort`)
}

async function insertIdentifiers(
  tx: Transaction,
  byIdentifier: Map<string, Person>,
  ids: Map<Person, number>,
): Promise<void> {
  const rows = [...byIdentifier].flatMap(([id, person]) => {
    const [scheme, value] = id.split('\n')
    const authorId = ids.get(root(person))
    return authorId === undefined ? [] : [{ scheme, value, author_id: authorId }]
  })
  if (rows.length === 0) return
  await tx.query(sql`
    insert into author_identifiers (scheme, value, author_id)
    select scheme, value, author_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(scheme text, value text, author_id bigint)
    on conflict do nothing`)
}

/**
 * Recounts the papers of authors who were there before, names each by the form most often printed (then the longest, then the first
 * by code point), and drops those without a paper or a strong identifier.
 */
async function refreshAuthors(tx: Transaction, authorIds: number[]): Promise<void> {
  if (authorIds.length === 0) return
  const printed = await tx.query<{ author_id: number; name: string; times: number }>(sql`
    select author_id, name, count(*)::int as times from authorships
    where author_id = any(${authorIds}::bigint[]) group by author_id, name
    order by times desc, length(name) desc, name collate "C"`)
  const best = new Map<number, { id: number; name: string; name_key: string; papers: number }>()
  for (const { author_id, name, times } of printed) {
    const row = best.get(author_id) ?? { id: author_id, name, name_key: nameKey(name), papers: 0 }
    row.papers += times
    best.set(author_id, row)
  }
  await tx.query(sql`
    update authors a set name = coalesce(r.name, a.name), name_key = coalesce(r.name_key, a.name_key),
      paper_count = coalesce(r.papers, 0)
    from unnest(${authorIds}::bigint[]) as i(id)
    left join jsonb_to_recordset(${JSON.stringify([...best.values()])}::text::jsonb)
      as r(id bigint, name text, name_key text, papers int) on r.id = i.id
    where a.id = i.id and (a.paper_count <> coalesce(r.papers, 0) or a.name <> r.name)`)
  await tx.query(sql`
    delete from authors a where a.id = any(${authorIds}::bigint[]) and a.paper_count = 0
      and not exists (select from author_identifiers i where i.author_id = a.id)`)
}
