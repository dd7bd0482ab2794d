import { nameKey } from '../../record/title-key.ts'
import type { EvidenceKind } from '../evidence.ts'
import { describeRarity } from '../name-rarity.ts'
import type { PrintedPlace, Profile } from '../profiles.ts'

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
  'rivals',
  'contradiction',
] as const

export interface IdentityEvidence {
  kind: (typeof EVIDENCE)[number]
  detail: string
  /** Part of the logarithm of the odds; negative speaks against. Null for a contradiction, which decides. */
  weight: number | null
}

interface Pair {
  x: PrintedPlace
  y: PrintedPlace
  parts: Record<EvidenceKind, number>
}

/** Kinds that are evidence beyond the rarity of the name. Venue and years are not: papers of one venue or time have little in common. */
const TELLING: readonly string[] = [
  'co_authors',
  'affiliation',
  'title_words',
  'topics',
  'repository_owner',
] satisfies IdentityEvidence['kind'][]

/** Whether only the name is evidence for one person. */
export const isByNameAlone = (evidence: readonly IdentityEvidence[]): boolean =>
  !evidence.some(({ kind, weight }) => (weight ?? 0) > 0 && TELLING.includes(kind))

/** The evidence of the two papers that agree best, in words. */
export function evidenceOf(pair: Pair, givenNames: number, named: Profile): IdentityEvidence[] {
  return [...ofNames(pair, givenNames, named), ...ofPapers(pair), ...ofPlaces(pair)]
    .filter(({ weight }) => weight !== 0)
    .sort((one, two) => Math.abs(two.weight ?? 0) - Math.abs(one.weight ?? 0))
}

function sharedBy({ x, y }: Pair, kind: 'coAuthors' | 'titleWords' | 'topics' | 'owners') {
  return [...x[kind]].filter((one) => y[kind].has(one))
}

function ofNames(pair: Pair, givenNames: number, named: Profile): IdentityEvidence[] {
  const { x, y, parts } = pair
  const names = new Set(sharedBy(pair, 'coAuthors'))
  return [
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
      detail: x.coAuthorNames.filter((name) => names.has(nameKey(name))).join(', '),
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
  ]
}

function ofPapers(pair: Pair): IdentityEvidence[] {
  const { parts } = pair
  const topics = sharedBy(pair, 'topics')
  return [
    {
      kind: 'title_words',
      detail: sharedBy(pair, 'titleWords').join(', '),
      weight: parts.titleWord + (topics.length === 0 ? parts.initialTopic : 0),
    },
    {
      kind: 'topics',
      detail: topics.map((slug) => slug.replaceAll('-', ' ')).join(', '),
      weight: parts.topic + (topics.length === 0 ? 0 : parts.initialTopic),
    },
    {
      kind: 'repository_owner',
      detail: sharedBy(pair, 'owners').join(', '),
      weight: parts.repositoryOwner,
    },
  ]
}

/** Evidence by years, venue and position in the byline. */
const ofPlaces = ({ x, y, parts }: Pair): IdentityEvidence[] => [
  { kind: 'years', detail: `${x.year} and ${y.year}`, weight: parts.yearsApart },
  { kind: 'venue', detail: x.venue ?? '', weight: parts.venue },
  { kind: 'position', detail: `${x.rank} author and ${y.rank} author`, weight: parts.firstAndLast },
]
