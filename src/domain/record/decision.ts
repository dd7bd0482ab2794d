import type { DecisionOutcome, Presentation } from '../../db/tables/vocabulary.ts'
import { simplified } from './title-key.ts'

/** The meaning of a printed decision; empty if unknown. */
export interface ReadDecision {
  outcome?: DecisionOutcome
  presentation?: Presentation
}

/** A word or the start of a compound such as `OralPoster`; not the end of another word, as in "doctoral". */
const word = (words: string) => new RegExp(`(?<![a-z])(?:${words})`)

/** Forms of presentation, the more prominent first: `OralPoster` is an oral that also had a poster. */
const PRESENTED: [Presentation, RegExp][] = [
  ['spotlight', word('short (?:presentation|talk|oral)|lightning|flash (?:talk|presentation)')],
  [
    'oral',
    word('orals?(?![a-z])|oral ?(?:poster|presentation|paper)|talk|long presentation|plenary'),
  ],
  ['spotlight', word('spotlight')],
  ['highlight', word('highlight')],
  ['poster', word('posters?(?![a-z])|poster ?(?:presentation|paper|highlight)')],
]

/** ICLR 2023: the top 5% were talks, and the top 25% spotlights. */
const NOTABLE: [Presentation, RegExp][] = [
  ['oral', /\btop ?5(?! ?\d)/],
  ['spotlight', /\btop ?25(?! ?\d)/],
]

/** Outcomes; the first match decides. An invitation to a workshop means that the conference rejected the paper. */
const OUTCOMES: [DecisionOutcome, RegExp][] = [
  ['desk_rejected', word('desk ?reject')],
  ['withdrawn', word('withdr[ae]w|retract')],
  ['workshop', word('invite.* workshop|workshop(?! paper)|reject.* workshop')],
  ['rejected', word('reject|declined?(?![a-z])|(?:not|non) accept|unaccepted')],
  ['accepted', word('accept|conditional(?:ly)? accept|camera ready|published')],
  [
    'pending',
    word('active|pending|under ?review|in review|undecided|submitted|submission|no decision'),
  ],
]

/** Parts of a conference programme, whose papers were accepted. */
const PROGRAMME = word(
  'long|short|main|findings|industr|system demo|demo|technical|tog|tvcg|journal|research|applied|survey|dataset|benchmark|position|blog|regular|notable|award|best|outstanding|honou?rable|special|doctoral|student|resource|tutorial|early career|late breaking|late papers|full|track',
)

/**
 * Reads a decision or a form of presentation as conferences and review systems print it: `Accept (Oral)`, `notable-top-5%`,
 * `NeurIPS 2023 spotlight`, `OralPoster`, `Desk_Rejected_Submission`, `Findings`.
 */
export function readDecision(printed: string): ReadDecision {
  const text = simplified(printed.replace(/(?<=[a-z])(?=[A-Z])/g, ' '))
  const presentation = [...PRESENTED, ...NOTABLE].find(([, form]) => form.test(text))?.[0]
  const said = OUTCOMES.find(([, form]) => form.test(text))?.[0]
  const isInProgramme = presentation !== undefined || PROGRAMME.test(text)
  const outcome = said ?? (isInProgramme ? 'accepted' : undefined)
  const isPresented = outcome === 'accepted' || outcome === 'workshop'
  return {
    ...(outcome && { outcome }),
    ...(presentation && isPresented && { presentation }),
  }
}

/** Spellings of "no award" in sources. */
const NO_AWARD = /^(?:|false|no|none|null|nan|na|n a|0|f|n|not? awarded?)$/
const SOME_AWARD = /^(?:true|yes|1|t|y|x|awards?|awarded|winner)$/

/** Name of an award if a source only states that there is one. */
export const UNNAMED_AWARD = 'Award'

/** Reads an award that a source prints, or states as `true`; null for none. */
export function readAward(printed: unknown): string | null {
  if (Array.isArray(printed)) {
    const parts = printed.flatMap((one) => readAward(one) ?? [])
    return parts.length > 0 ? [...new Set(parts)].join('; ') : null
  }
  if (typeof printed === 'boolean' || typeof printed === 'number')
    return printed ? UNNAMED_AWARD : null
  if (typeof printed !== 'string') return null
  const text = printed.replaceAll('\0', '').replace(/\s+/g, ' ').trim()
  const key = simplified(text)
  if (NO_AWARD.test(key)) return null
  return SOME_AWARD.test(key) ? UNNAMED_AWARD : text
}

/** Whether a printed status names an award, such as `Best Paper` or `Award Candidate`. */
export const namesAward = (status: string): boolean =>
  /\b(?:award|best (?:\w+ ){0,3}paper|outstanding|honou?rable mention|runners? up|test of time)\b/.test(
    simplified(status),
  )

/** Nominations. */
const CANDIDATE = /\b(?:candidates?|nominees?|nominat\w+|finalists?|short ?list\w*)\b/

/** Whether one of the awards is more than a nomination. */
export const isAwarded = (award: string): boolean =>
  partsOf(award).some((part) => !CANDIDATE.test(simplified(part)))

/** The awards in a text, each in its usual form: `outstanding paper award` becomes `Outstanding Paper`. */
export function awardNames(award: string): string[] {
  return [...new Set(partsOf(award).map(awardName))]
}

const partsOf = (award: string) =>
  award
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => simplified(part) !== '')

const SMALL = new Set(['of', 'the', 'for', 'in', 'and', 'to', 'on', 'at', 'a', 'an'])

function awardName(printed: string): string {
  const words = simplified(printed)
    .replace(/\bhonorable\b/g, 'honourable')
    .replace(/\bmentions\b/g, 'mention')
    .replace(/\brunners? up\b/g, 'runner-up')
    .replace(/\bpapers\b/g, 'paper')
    .replace(/\b(?:19|20)\d\d\b/g, ' ')
    .replace(/\b(?:awards?|awarded|winners?|prizes?|the)\b/g, ' ')
    .split(' ')
    .filter((one) => one !== '')
  if (words.length === 0) return UNNAMED_AWARD
  return words
    .map((one, i) => (i > 0 && SMALL.has(one) ? one : one.charAt(0).toUpperCase() + one.slice(1)))
    .join(' ')
}

/** Maximum length of a text of a decision, in characters; longer texts are not names. */
const LONGEST = 300

/** A text of a decision on one line; undefined for none. */
export function shortText(printed: unknown): string | undefined {
  if (typeof printed !== 'string') return undefined
  const text = printed.replaceAll('\0', '').replace(/\s+/g, ' ').trim()
  return text === '' || text.length > LONGEST ? undefined : text
}

/** Placeholders that authors leave in the summary field. */
const NO_SUMMARY = /^(?:tl;?dr[:.]?|n\/?a|none|null|tbd|todo|we propose:?|\W*)$/i

/** The authors' one-sentence summary; undefined if they wrote none. */
export function authorSummaryOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const summary = value
    .replaceAll('\0', '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^tl;?dr\s*[:.-]\s*/i, '')
  return NO_SUMMARY.test(summary) ? undefined : summary
}
