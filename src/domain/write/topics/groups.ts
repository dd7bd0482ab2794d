import { groupBy } from 'es-toolkit'
import { alias, type Sql, type Stored, sql } from '../../../db/sql.ts'
import { paperKeywords, topicClaims, topicKeys } from '../../../db/tables/keywords.ts'
import { topicRecords } from '../../../db/tables/profiles.ts'
import type { TopicKind, TopicReason } from '../../../db/tables/vocabulary.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { categoryName } from '../../record/arxiv-categories.ts'
import { longName, topicKeyOf } from '../../record/keywords/topic-key.ts'
import { isTopic, type KeywordSupport, longFormOf } from '../../record/keywords/topic-rule.ts'
import {
  keyOfTopic,
  slugOfFixedKey,
  vocabularyTopicOfKey,
} from '../../record/keywords/vocabulary-keys.ts'
import { compareTopicNames } from '../../record/merge/merge.ts'
import { slugify } from '../../record/title-key.ts'
import type { Curated } from '../relations/curated.ts'

const k = alias(paperKeywords, 'k')
const c = alias(topicClaims, 'c')
const l = alias(topicKeys, 'l')
const r = alias(topicRecords, 'r')

/** A topic with its new name. */
export interface NamedTopic {
  slug: string
  name: string
  kind: TopicKind
}

interface Member {
  key: string
  reason: TopicReason
}

/** Keys with the same meaning, and their topic. */
export interface KeyGroup {
  rootKey: string
  members: Member[]
  /** Null if too few papers use the keywords, or an operator hid the topic. */
  topic: NamedTopic | null
  isHidden: boolean
}

/** The complete groups of these keys: also keys that they join or joined, and all that lead to the same topic. */
export async function findGroups(
  tx: Transaction,
  keys: readonly string[],
  curated: Curated,
): Promise<KeyGroup[]> {
  const { known, resolve } = await closureOf(tx, keys, curated)
  const byRoot = new Map<string, KeyGroup>()
  for (const key of known) {
    const { rootKey, isHidden, reason } = resolve(key)
    const group = byRoot.get(rootKey) ?? { rootKey, members: [], topic: null, isHidden }
    group.members.push({ key, reason })
    byRoot.set(rootKey, group)
  }
  const groups = [...byRoot.values()]
  await nameTopics(tx, groups, curated)
  return groups
}

interface Resolved {
  rootKey: string
  isHidden: boolean
  reason: TopicReason
}

/** Maximum number of steps from a spelling to its topic; more indicate a cycle of decisions. */
const MOST_STEPS = 20

async function closureOf(tx: Transaction, keys: readonly string[], curated: Curated) {
  const known = new Set(keys)
  const forms = new Map<string, Map<string, number>>()
  const resolve = (key: string): Resolved => {
    let [rootKey, reason] = [key, 'use' as TopicReason]
    for (let step = 0; step < MOST_STEPS; step++) {
      const lead = curated.leads.get(rootKey)
      if (lead === null) return { rootKey, isHidden: true, reason: 'decision' }
      const topic = vocabularyTopicOfKey(rootKey)
      const own = topic && keyOfTopic(topic)
      const next = lead ?? own ?? longFormOf(forms.get(rootKey) ?? new Map())
      if (lead !== undefined) reason = 'decision'
      else if (own !== null && reason === 'use') reason = 'vocabulary'
      else if (next !== null && own === null && reason === 'use') reason = 'acronym'
      if (next === null || next === rootKey) break
      rootKey = next
    }
    return { rootKey, isHidden: false, reason }
  }
  for (let fresh = [...known]; fresh.length > 0; ) {
    const acronyms = await acronymsOf(tx, fresh)
    for (const [acronym, own] of await formsOf(tx, [...fresh, ...acronyms])) forms.set(acronym, own)
    const reached = [...fresh, ...acronyms]
    const merged = [...curated.leads].flatMap(([key, lead]) =>
      lead !== null && known.has(lead) ? key : [],
    )
    const next = [
      ...acronyms,
      ...merged,
      ...reached.map((key) => resolve(key).rootKey),
      ...(await formerRoots(tx, reached)),
      ...(curated.leads.size > 0 ? await formerMembers(tx, reached) : []),
    ]
    fresh = [...new Set(next)].filter((key) => !known.has(key))
    for (const key of fresh) known.add(key)
  }
  return { known, resolve }
}

/** Acronyms that papers use beside these long forms. */
async function acronymsOf(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ acronym: string }>(sql`
    select distinct ${k.acronym} from ${k}
    where ${k.key} = any(${keys}::text[]) and ${k.acronym} is not null and ${k.acronym} <> ${k.key}`)
  return rows.map(({ acronym }) => acronym)
}

/** The long forms of each acronym, with the number of papers that use both. */
async function formsOf(
  tx: Transaction,
  acronyms: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const rows = await tx.query<{ acronym: string; key: string; papers: number }>(sql`
    select ${k.acronym}, ${k.key}, count(distinct ${k.paperId})::int as papers from ${k}
    where ${k.acronym} = any(${[...new Set(acronyms)]}::text[]) and ${k.key} <> ${k.acronym} group by ${k.acronym}, ${k.key}`)
  const forms = new Map<string, Map<string, number>>()
  for (const { acronym, key, papers } of rows)
    forms.set(acronym, (forms.get(acronym) ?? new Map()).set(key, papers))
  return forms
}

async function formerRoots(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.query<Stored<typeof topicKeys, 'root_key'>>(sql`
    select distinct ${l.rootKey} from ${l} where ${l.key} = any(${keys}::text[])`)
  return rows.map((row) => row.root_key)
}

/** The keys that led to these: if an operator merges a topic into another, its phrases in the vocabulary follow. */
async function formerMembers(tx: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(sql`
    select ${l.key} from ${l} where ${l.rootKey} = any(${keys}::text[])`)
  return rows.map(({ key }) => key)
}

async function nameTopics(tx: Transaction, groups: KeyGroup[], curated: Curated): Promise<void> {
  const open: KeyGroup[] = []
  for (const group of groups) {
    if (group.isHidden) continue
    const known = vocabularyTopicOfKey(group.rootKey)
    if (known) group.topic = { slug: known.slug, name: known.name, kind: known.kind }
    else if (slugOfFixedKey(group.rootKey) !== null) group.topic = categoryOf(group.rootKey)
    else open.push(group)
  }
  const stated = await statedNames(tx, open)
  const supports = await supportOf(tx, open)
  const merged = new Set([...curated.leads.values(), ...curated.wider])
  const isWanted = ({ rootKey }: KeyGroup) =>
    merged.has(rootKey) || curated.names.has(rootKey) || curated.places.has(rootKey)
  const named = open.filter((group) => {
    const support = supports.get(group.rootKey)
    return (
      !stated.has(group.rootKey) &&
      (isWanted(group) || (support && isTopic(group.rootKey, support)))
    )
  })
  const printed = await printedNames(tx, named)
  for (const group of open) {
    group.topic =
      stated.get(group.rootKey) ?? printed.get(group.rootKey) ?? decidedName(group, curated)
    const own = group.members.find(({ key }) => key === group.rootKey)
    if (own?.reason === 'use' && stated.has(group.rootKey)) own.reason = 'stated'
  }
}

/** The name as the operator wrote it, for a merge target that no paper prints; null for other groups. */
function decidedName({ rootKey, members }: KeyGroup, { slugs }: Curated): NamedTopic | null {
  const slug = slugs.get(rootKey)
  if (slug === undefined || members.every(({ reason }) => reason !== 'decision')) return null
  return { slug, name: slug.replaceAll('-', ' '), kind: 'keyword' }
}

function categoryOf(key: string): NamedTopic {
  const slug = slugOfFixedKey(key) ?? ''
  return { slug, name: categoryName(slug) ?? '', kind: 'category' }
}

const keysAndRoots = (groups: readonly KeyGroup[]) => pairsOf(groups, () => true)

/** The keys that are spellings of each topic, without those that an operator merged into it. */
const spellingsAndRoots = (groups: readonly KeyGroup[]) =>
  pairsOf(groups, ({ reason }) => reason !== 'decision')

function pairsOf(groups: readonly KeyGroup[], isWanted: (member: Member) => boolean): Sql {
  const pairs = groups.flatMap(({ rootKey, members }) =>
    members.filter(isWanted).map(({ key }) => [key, rootKey] as const),
  )
  return sql`unnest(${pairs.map(([key]) => key)}::text[], ${pairs.map(([, root]) => root)}::text[]) as m(key, root)`
}

/** The best name that sources state for each group: in papers, else in records of topics. */
async function statedNames(
  tx: Transaction,
  groups: readonly KeyGroup[],
): Promise<Map<string, NamedTopic>> {
  if (groups.length === 0) return new Map()
  const rows = await tx.query<NamedTopic & { root: string; place: number }>(sql`
    select distinct m.root, ${c.slug}, ${c.name}, ${c.kind}, 1 as place from ${spellingsAndRoots(groups)}
    join ${c} on ${c.key} = m.key
    union
    select distinct m.root, ${r.slug}, ${r.record}->>'name', (${r.record}->>'kind')::topic_kind, 2 from ${spellingsAndRoots(groups)}
    join ${k} on ${k.key} = m.key join ${r} on ${r.slug} = ${k.slug}`)
  const best = new Map<string, NamedTopic>()
  const ranked = rows.toSorted((a, b) => a.place - b.place || compareTopicNames(a, b))
  for (const { root, slug, name, kind } of ranked)
    if (!best.has(root)) best.set(root, { slug, name, kind })
  return best
}

async function supportOf(
  tx: Transaction,
  groups: readonly KeyGroup[],
): Promise<Map<string, KeywordSupport>> {
  if (groups.length === 0) return new Map()
  const rows = await tx.query<KeywordSupport & { root: string }>(sql`
    select m.root, count(distinct ${k.paperId})::int as papers,
      (count(distinct ${k.paperId}) filter (where ${k.said} > 0))::int as said,
      (count(distinct ${k.paperId}) filter (where ${k.said} = 2))::int as "inTitle",
      (count(distinct ${k.authorGroup}) filter (where ${k.said} > 0))::int as groups,
      (count(distinct ${k.authorGroup}) filter (where ${k.said} = 2))::int as "titleGroups"
    from ${keysAndRoots(groups)} join ${k} on ${k.key} = m.key group by m.root`)
  return new Map(rows.map(({ root, ...support }) => [root, support]))
}

/**
 * The slug and name that most papers print, of the long form if there is one. Only slugs that lead to the group count: an acronym with
 * several meanings, each explained in the abstract, names none of them.
 */
async function printedNames(
  tx: Transaction,
  groups: readonly KeyGroup[],
): Promise<Map<string, NamedTopic>> {
  if (groups.length === 0) return new Map()
  const rows = await tx.query<Printed & { root: string }>(sql`
    select m.root, ${k.name}, count(distinct ${k.paperId})::int as papers
    from ${spellingsAndRoots(groups)} join ${k} on ${k.key} = m.key group by m.root, ${k.name}`)
  const byRoot = groupBy(rows, ({ root }) => root)
  const names = new Map<string, NamedTopic>()
  for (const { rootKey: root, members } of groups) {
    const keys = new Set(members.map(({ key }) => key))
    const own = (byRoot[root] ?? []).filter(({ name }) => keys.has(topicKeyOf(name).key))
    const long = own.filter(({ name }) => topicKeyOf(name).key === root)
    const name = commonest(
      (long.length > 0 ? long : own).map((row) => ({ ...row, name: longName(row.name) })),
    )
    if (name) names.set(root, { ...name, kind: 'keyword' })
  }
  return names
}

interface Printed {
  name: string
  papers: number
}

/** The most frequent name under the most frequent slug; of equals the first by code point. */
function commonest(printed: Printed[]): { slug: string; name: string } | null {
  const bySlug = new Map<string, Map<string, number>>()
  for (const { name, papers } of printed) {
    const slug = slugify(name)
    const names = bySlug.get(slug) ?? new Map<string, number>()
    bySlug.set(slug, names.set(name, (names.get(name) ?? 0) + papers))
  }
  const sum = (names: Map<string, number>) => [...names.values()].reduce((all, one) => all + one, 0)
  const slug = mostOf([...bySlug].map(([slug, names]) => [slug, sum(names)]))
  const name = slug === null ? null : mostOf([...(bySlug.get(slug) ?? [])])
  return slug === null || name === null ? null : { slug, name }
}

function mostOf(counts: [string, number][]): string | null {
  const [best] = counts.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return best?.[0] ?? null
}
