import { inArray } from 'drizzle-orm'
import { groupBy, sum } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { alias, raw, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/papers.ts'
import { nameKey } from '../record/title-key.ts'
import { BY_BEST, LONGEST_CAREER } from './cluster.ts'
import { type EvidenceKind, measure, weighed } from './evidence.ts'
import { countGivenNames, indexedBlock, mayBePerson, printedBlocks } from './name-block.ts'
import { fitNames } from './name-fit.ts'
import { type Apart, readApart } from './pairs/apart.ts'
import { differingIds } from './pairs/differing-ids.ts'
import { describeRarity, type PersonName, parsePersonName } from './person-name.ts'
import { type PrintedPlace, type Profile, readProfiles } from './profiles.ts'

/** Another author of a name that fits. */
export interface SimilarAuthor {
  authorId: number
  /** How likely both are one person, from 0 to 1; 0 where something contradicts it. */
  confidence: number
  /** What speaks for it and against it, the strongest first. */
  evidence: IdentityEvidence[]
  paperCount: number
}

/** Kinds of evidence, in the order of the schema. */
export const EVIDENCE = [
  'name',
  'co_authors',
  'affiliation',
  'title_words',
  'topics',
  'repository_owner',
  'years',
  'venue',
  'position',
  'contradiction',
] as const

export interface IdentityEvidence {
  kind: (typeof EVIDENCE)[number]
  detail: string
  /** Part of the logarithm of the odds; negative speaks against. Null for a contradiction, which decides. */
  weight: number | null
}

/** Most authors of one family name and initial whose names are read, and most of them that are compared. */
export const SIMILAR_LIMITS = { names: 1000, authors: 50 }

/**
 * Other authors whose names fit that of each author, those first that are most likely the same person: four statements for
 * all. Authors are compared by their newest papers.
 */
export async function readSimilarAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, SimilarAuthor[]>> {
  const found = await readNamesakes(db, authorIds)
  const wanted = new Set([...found].flatMap(([id, { others }]) => [id, ...others]))
  const profiles = await readProfiles(db, [...wanted])
  const apart = await readApart(db, [...wanted])
  return new Map(
    [...found].map(([id, { others, givenNames }]) => {
      const own = profiles.get(id)
      const list = others.flatMap((other) => {
        const profile = profiles.get(other)
        return own && profile ? compare(own, profile, givenNames, apart) : []
      })
      return [
        id,
        list.sort(
          (a, b) =>
            b.confidence - a.confidence || b.paperCount - a.paperCount || a.authorId - b.authorId,
        ),
      ]
    }),
  )
}

interface Namesakes {
  others: number[]
  /** Different given names of this family name and initial. */
  givenNames: number
}

const c = alias(authors, 'c')

async function readNamesakes(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, Namesakes>> {
  const own = await orm(db)
    .select({ id: authors.id, name: authors.name })
    .from(authors)
    .where(inArray(authors.id, [...authorIds]))
  const named = own.flatMap(({ id, name: printed }) => {
    const name = personOf(printed)
    return name ? { id, name, printed } : []
  })
  const blocks = named.flatMap(({ id, printed }) =>
    printedBlocks(printed).map((block) => ({ id, block })),
  )
  const rows = await db.query<{ of: number; id: number; name: string }>(sql`
    select distinct w.of, n.id, n.name, n.paper_count
    from unnest(${blocks.map(({ id }) => id)}::bigint[], ${blocks.map(({ block }) => block)}::text[]) as w(of, block)
    cross join lateral (
      select ${c.id}, ${c.name}, ${c.paperCount} from ${c}
      where ${indexedBlock(c)} = w.block
      order by ${c.paperCount} desc, ${c.id} limit ${raw(String(SIMILAR_LIMITS.names))}) n
    order by n.paper_count desc, n.id`)
  const found = groupBy(rows, (row) => row.of)
  return new Map(named.map(({ id, name }) => [id, namesakesOf(id, name, found[id] ?? [])]))
}

const personOf = (printed: string) => (mayBePerson(printed) ? parsePersonName(printed) : null)

function namesakesOf(
  id: number,
  name: PersonName,
  rows: readonly { id: number; name: string }[],
): Namesakes {
  const others = rows.flatMap((row) => {
    const other = personOf(row.name)
    const fit = other && row.id !== id ? fitNames(name, other) : null
    return fit ? { id: row.id, isEqual: fit === 'equal' } : []
  })
  others.sort((x, y) => Number(y.isEqual) - Number(x.isEqual))
  return {
    others: others.slice(0, SIMILAR_LIMITS.authors).map((other) => other.id),
    givenNames: countGivenNames(
      name,
      rows.map((row) => row.name),
    ),
  }
}

function compare(own: Profile, other: Profile, givenNames: number, apart: Apart): SimilarAuthor {
  const { id, paperCount } = other
  const contradiction = contradictionOf(own, other, apart)
  const told =
    contradiction === null
      ? likelihoodOf(own, other, givenNames)
      : {
          confidence: 0,
          evidence: [{ kind: 'contradiction' as const, detail: contradiction, weight: null }],
        }
  return { authorId: id, paperCount, ...told }
}

/** The best and the mean evidence between their papers, as what is grouped by `npm run bench:authors`. */
function likelihoodOf(
  own: Profile,
  other: Profile,
  givenNames: number,
): Pick<SimilarAuthor, 'confidence' | 'evidence'> {
  const pairs = own.places.flatMap((x) =>
    other.places.flatMap((y) => {
      const measured = measure(x, y, givenNames)
      return measured ? { x, y, parts: weighed(measured) } : []
    }),
  )
  const scores = pairs.map(({ parts }) => sum(Object.values(parts)))
  const best = Math.max(...scores)
  const strongest = pairs[scores.indexOf(best)]
  if (!strongest) return { confidence: 0, evidence: [] }
  const score = BY_BEST * best + (1 - BY_BEST) * (sum(scores) / scores.length)
  return {
    confidence: 1 / (1 + Math.exp(-score)),
    evidence: evidenceOf(strongest, givenNames, fullerOf(own, other)),
  }
}

const fullerOf = (x: Profile, y: Profile) => (x.printed.length >= y.printed.length ? x : y)

function contradictionOf(own: Profile, other: Profile, apart: Apart): string | null {
  const decision = apart(own.id, other.id)
  if (decision !== null) return `Decision ${decision} of an operator says that they are two people.`
  const papers = new Set(own.places.map(({ paperId }) => paperId))
  if (other.places.some(({ paperId }) => papers.has(paperId)))
    return 'Both are authors of one paper.'
  const years = [...own.places, ...other.places].flatMap(({ year }) => year ?? [])
  const span = Math.max(...years) - Math.min(...years)
  if (span > LONGEST_CAREER) return `Their papers are ${span} years apart.`
  return differingIds(identifiedBy(own), identifiedBy(other))
}

/** Also by what two people have, of whom one has it as their own. */
const identifiedBy = ({ name, identifiers, places }: Profile) => ({
  identifiers: [...identifiers, ...places.flatMap((place) => place.identifiers)],
  names: [name, ...places.map((place) => place.name)],
})

interface Pair {
  x: PrintedPlace
  y: PrintedPlace
  parts: Record<EvidenceKind, number>
}

/** What the papers that agree most have in common, in words. */
function evidenceOf({ x, y, parts }: Pair, givenNames: number, named: Profile): IdentityEvidence[] {
  const shared = (kind: 'coAuthors' | 'titleWords' | 'topics' | 'owners') =>
    [...x[kind]].filter((one) => y[kind].has(one))
  const names = new Set(shared('coAuthors'))
  const coAuthors = x.coAuthorNames.filter((name) => names.has(nameKey(name)))
  const topics = shared('topics')
  const all: IdentityEvidence[] = [
    {
      kind: 'name',
      detail: describeRarity(named.name, named.printed, givenNames),
      weight:
        parts.base +
        parts.namesakes +
        parts.middle +
        parts.short +
        parts.initial +
        parts.initialOfCommon +
        parts.initialOfRare +
        parts.nothingShared +
        parts.nothingSharedInPinyin,
    },
    {
      kind: 'co_authors',
      detail: coAuthors.join(', '),
      weight:
        parts.coAuthor +
        parts.coAuthorOfCommon +
        parts.moreCoAuthors +
        parts.coAuthorOfMany +
        parts.initialCoAuthor,
    },
    {
      kind: 'affiliation',
      detail: [...new Set([x.affiliationText, y.affiliationText])].join(' / '),
      weight: parts.affiliation + parts.otherAffiliation + parts.initialAffiliation,
    },
    {
      kind: 'title_words',
      detail: shared('titleWords').join(', '),
      weight: parts.titleWord + (topics.length === 0 ? parts.initialTopic : 0),
    },
    {
      kind: 'topics',
      detail: topics.map((slug) => slug.replaceAll('-', ' ')).join(', '),
      weight: parts.topic + (topics.length === 0 ? 0 : parts.initialTopic),
    },
    {
      kind: 'repository_owner',
      detail: shared('owners').join(', '),
      weight: parts.repositoryOwner,
    },
    { kind: 'years', detail: `${x.year} and ${y.year}`, weight: parts.yearsApart },
    { kind: 'venue', detail: x.venue ?? '', weight: parts.venue },
    {
      kind: 'position',
      detail: `${x.rank} author and ${y.rank} author`,
      weight: parts.firstAndLast,
    },
  ]
  return all
    .filter(({ weight }) => weight !== 0)
    .sort((one, two) => Math.abs(two.weight ?? 0) - Math.abs(one.weight ?? 0))
}
