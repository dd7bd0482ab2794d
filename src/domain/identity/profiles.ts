import { uniqBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, columns, empty, raw, sql } from '../../db/sql.ts'
import { authorIdentifiers, authors, authorships } from '../../db/tables/authors.ts'
import { paperKeywords, topicClaims } from '../../db/tables/keywords.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import { paperEvidence } from '../../db/tables/people.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import { nameKey } from '../record/title-key.ts'
import type { Place } from './evidence.ts'
import { LONGEST_BYLINE, mayBePerson } from './name-block.ts'
import { bylineRank } from './pairs/byline-rank.ts'
import { type PersonName, parsePersonName } from './person-name.ts'
import { affiliationWords, identifyingOwners, titleWords, topicsOf } from './words.ts'

/** Limits of papers read for each author, the newest first, and of topics read for each paper. */
export const PROFILE_LIMITS = { papers: 30, topics: 20 }

/** The data by which authors are compared: names, identifiers and papers. */
export interface Profile {
  id: number
  name: PersonName
  printed: string
  /** The author's identifiers, as `scheme:value`. */
  identifiers: string[]
  paperCount: number
  places: PrintedPlace[]
}

export interface PrintedPlace extends Place {
  affiliationText: string | null
  coAuthorNames: string[]
  topicNames: string[]
  printedName: string
  /** The identifiers of the author on the paper, as `scheme:value`; decisions of operators have the scheme `decision`. */
  identifiers: string[]
}

/** The name of an author with a detail that distinguishes namesakes: an identifier, else the newest affiliation, else the years of their papers. */
export function nameWithDetail({ printed, identifiers, places }: Profile): string {
  const affiliation = places.find((place) => place.affiliationText)?.affiliationText
  const years = places.flatMap(({ year }) => year ?? [])
  const [from, to] = [Math.min(...years), Math.max(...years)]
  const ofYears = years.length === 0 ? null : from === to ? `${from}` : `${from} to ${to}`
  const detail = identifiers[0] ?? affiliation ?? ofYears
  return detail ? `${printed} (${detail})` : printed
}

interface PlaceRow {
  id: number
  name: string
  paper_count: number
  identifiers: string[]
  places: {
    paper: number
    title: string
    name: string
    affiliation: string | null
    identifiers: string[] | null
    year: number | null
    venue: string | null
    position: number
    byline: string[] | null
    topics: string[] | null
    subjects: string[] | null
    owners: string | null
  }[]
}

const a = alias(authors, 'a')
const l = alias(authorships, 'l')
const g = alias(authorships, 'g')
const o = alias(authorships, 'o')
const p = alias(papers, 'p')
const v = alias(venues, 'v')
const pt = alias(paperTopics, 'pt')
const t = alias(topics, 't')
const k = alias(paperKeywords, 'k')
const q = alias(topicClaims, 'q')
const i = alias(authorIdentifiers, 'i')
const e = alias(paperEvidence, 'e')
/** The field of `evidenceText` that holds the accounts, counted from 1. A test checks that the two agree. */
const OWNERS_FIELD = raw('6')
const MOST = {
  papers: raw(String(PROFILE_LIMITS.papers)),
  byline: raw(String(LONGEST_BYLINE + 1)),
  topics: raw(String(PROFILE_LIMITS.topics)),
}

/**
 * The profiles of authors by their newest papers, and by those of `paperIds` that are theirs. One statement for all. Authors whose names are not
 * those of people are left out.
 */
export async function readProfiles(
  db: Database,
  authorIds: number[],
  paperIds: readonly number[] = [],
): Promise<Map<number, Profile>> {
  const rows = await readPlaces(db, authorIds, paperIds)
  // Keys are cached by paper: the authors compared share most papers, and making a key takes longer than reading the name.
  const keys = new Map<number, string[]>()
  const keysOf = ({ paper, byline }: PlaceRow['places'][number]) => {
    const known = keys.get(paper) ?? (byline ?? []).map(nameKey)
    keys.set(paper, known)
    return known
  }
  return new Map(
    rows.flatMap((row) => {
      const name = mayBePerson(row.name) ? parsePersonName(row.name) : null
      if (!name) return []
      const once = uniqBy(row.places ?? [], ({ paper }) => paper)
      const places = once.map((place) => placeOf(place, name, keysOf(place)))
      const { id, name: printed, identifiers, paper_count: paperCount } = row
      return [[id, { id, name, printed, identifiers, paperCount, places }]]
    }),
  )
}

function readPlaces(
  db: Database,
  authorIds: number[],
  paperIds: readonly number[],
): Promise<PlaceRow[]> {
  const also =
    paperIds.length === 0
      ? empty
      : sql` union all (select ${columns(g, 'paperId', 'position', 'name', 'affiliation', 'identifiers')} from ${g}
          where ${g.authorId} = ${a.id} and ${g.paperId} = any(${[...paperIds]}::bigint[]))`
  return db.query<PlaceRow>(sql`
    select ${a.id}, ${a.name}, ${a.paperCount},
      array(select ${i.scheme} || ':' || ${i.value} from ${i} where ${i.authorId} = ${a.id} order by 1) as identifiers,
      (select json_agg(json_build_object('paper', w.paper_id, 'title', ${p.title}, 'name', w.name,
          'affiliation', w.affiliation, 'identifiers', w.identifiers, 'year', date_part('year', ${p.publishedOn})::int, 'venue', ${v.name},
          'position', w.position, 'byline', (select json_agg(x.name) from (select ${o.name} from ${o}
            where ${o.paperId} = w.paper_id order by ${o.position} limit ${MOST.byline}) x),
          'topics', (select json_agg(x.name) from (select ${t.name} from ${pt} join ${t} on ${t.id} = ${pt.topicId}
            where ${pt.paperId} = w.paper_id order by ${t.paperCount}, ${t.id} limit ${MOST.topics}) x),
          'subjects', (select json_agg(x.slug) from (
            select ${k.slug} from ${k} where ${k.paperId} = w.paper_id and ${k.key} is not null
            union all select ${q.slug} from ${q} where ${q.paperId} = w.paper_id) x),
          'owners', (select split_part(${e.said}, chr(9), ${OWNERS_FIELD}) from ${e} where ${e.paperId} = w.paper_id)))
        from ((select ${columns(l, 'paperId', 'position', 'name', 'affiliation', 'identifiers')} from ${l} where ${l.authorId} = ${a.id}
          order by ${l.publishedSort} desc, ${l.paperId} desc limit ${MOST.papers})${also}) w
        join ${p} on ${p.id} = w.paper_id left join ${v} on ${v.id} = ${p.venueId}) as places
    from ${a} where ${a.id} = any(${authorIds}::bigint[])`)
}

function placeOf(
  row: PlaceRow['places'][number],
  name: PersonName,
  keys: readonly string[],
): PrintedPlace {
  const byline = row.byline ?? []
  const isOther = (_: string, at: number) => at + 1 !== row.position
  const words = titleWords(row.title)
  return {
    paperId: row.paper,
    name: parsePersonName(row.name) ?? name,
    rank: byline.length > LONGEST_BYLINE ? null : bylineRank(row.position, keys),
    coAuthors: new Set(keys.filter(isOther)),
    affiliation: affiliationWords(row.affiliation),
    titleWords: words,
    topics: topicsOf(row.subjects ?? [], words),
    owners: identifyingOwners(row.owners ? row.owners.split(' ') : []),
    year: row.year,
    venue: row.venue,
    affiliationText: row.affiliation,
    coAuthorNames: byline.filter(isOther),
    topicNames: row.topics ?? [],
    printedName: row.name,
    identifiers: row.identifiers ?? [],
  }
}
