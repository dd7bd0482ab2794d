import { readDecision, shortText } from '../../domain/record/decision.ts'
import type { DecisionClaim, PaperRecord, VenueClaim } from '../../domain/record/paper-record.ts'
import { conferenceOfAcronym } from '../../domain/venues/conferences.ts'
import { workshopsAt } from '../fields/editions.ts'
import { venueNamed } from '../fields/venues.ts'

/** A venue and year in a text, with their position. */
interface Mention {
  venue: VenueClaim
  year: number | null
  /** Whether the venue is a known conference, so that its name and year alone suffice. */
  isKnown: boolean
  from: number
  to: number
}

/** Venue and year stated elsewhere in a record, for texts that name none. */
type Stated = Pick<PaperRecord, 'venue' | 'eventYear'>

/**
 * Reads decisions and awards from the note of an author, such as `Accepted to ICLR 2024 (Oral)` or `Best Paper Award`. Ambiguous text
 * gives nothing, and so do notes about submissions, extended papers or other versions of the paper.
 */
export function decisionsIn(note: string, stated?: Stated): DecisionClaim[] {
  const clauses = clausesOf(note)
  const read = clauses.map((clause) => ({ clause, mentions: mentionsIn(clause) }))
  const found = read.flatMap(({ clause, mentions }) =>
    OF_ANOTHER.test(clause) ? [] : mentions.flatMap((one) => claimOf(clause, one, mentions)),
  )
  const isElsewhere = read.some(({ clause, mentions }) => OF_ANOTHER.test(clause) && mentions[0])
  const alone = read.flatMap(({ clause, mentions }) =>
    mentions.length === 0 && !OF_ANOTHER.test(clause) ? aloneIn(clause) : [],
  )
  const [said] = alone
  if (said === undefined || isElsewhere || found.length > 1 || alone.length > 1) return found
  const [only] = found
  if (only) return [{ ...said, ...only, ...(said.award && { award: only.award ?? said.award }) }]
  const { venue = null, eventYear = null } = stated ?? {}
  return venue === null || eventYear === null ? [] : [{ ...said, venue, year: eventYear }]
}

/** Makes a field of a record, which is absent without decisions. */
export function asDecisions(claims: DecisionClaim[]): Pick<PaperRecord, 'decisions'> {
  return claims.length > 0 ? { decisions: claims } : {}
}

/** Splits a note at sentences and semicolons. A full stop in a URL or in `Proc. ICML` does not end a sentence. */
const clausesOf = (note: string): string[] =>
  note
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/\b(?:the )?(?:acm )?web ?conf(?:erence)?(?= ?['’]?\d)/gi, 'WWW')
    .replace(/\b(Proc|Int|Conf|Intl|vol|pp|Univ|Fig|Figs|Tab)\.(?=\s)/gi, '$1')
    .split(/[.!]\s+|[.!]$|[;\n]|\s[•·|]\s/)
    .map((clause) => clause.replace(/\s+/g, ' ').trim())
    .filter((clause) => clause !== '' && clause.length <= LONGEST)

const LONGEST = 250

/** Words for another version, a submission, or something other than a paper. */
const OF_ANOTHER =
  /\b(?:submi(?:tted|ssion|tting)|under (?:review|consideration|revision)|in review|reject\w*|withdrawn?|resubmi\w+|exten(?:ds?|ded|sion|sive version)|preliminary|earlier|previous(?:ly)?|prior|former|short(?:er)? version|abridged|long(?:er)? version|full version of|journal version|conference version|workshop version|follow[- ]?up|companion|based on|builds? (?:up)?on|improves?|supersedes?|non[- ]?archival|challenges?|competitions?|shared task|leaderboard|(?:1st|2nd|3rd|first|second|third)[- ](?:place|prize|rank)|tutorials?|keynotes?|lecture notes|invited|not (?:an?|the|accepted|selected)|doctoral|thesis|dissertation|extended abstract|if accepted|unlike|compared?)\b/i

const YEAR = "((?:19|20)\\d\\d(?!\\d)|['’]\\d\\d(?!\\d)|-\\d\\d(?!\\d))"
const NAME = '((?:[A-Z\\d][A-Za-z\\d]*[A-Z][A-Za-z]*)(?: (?:MM|Asia))?)'
const PUBLISHERS = '(?:(?:IEEE|ACM|CVF|RSJ|USENIX|ISCA)[/ ])*'
/** `ICLR 2024`, `CVPR'20`, `AAAI-20`, `(NeurIPS) 2019`, `ACL Findings 2021`. */
const THEN_YEAR = new RegExp(
  `(?<![\\w/-])${NAME}\\)?(?:[ -]?(?:Findings|Workshops?|Conference))?,?\\s*\\(?${YEAR}`,
  'g',
)
/** `CVPR2020`. */
const JOINED = /(?<![\w/-])([A-Z][A-Za-z]*[A-Z])((?:19|20)\d\d)(?!\d)/g
/** `2021 IEEE ICRA`. */
const YEAR_THEN = new RegExp(`(?<!\\d)((?:19|20)\\d\\d) ${PUBLISHERS}${NAME}(?![\\w'’-])`, 'g')
/** TMLR, the only venue that is read without a year beside its name. */
const TMLR =
  /(?<!\w)(?:TMLR|Transactions (?:on|of) Machine Learning Research)(?!\w)\W*(?:(?:(?:0?[1-9]|1[0-2])\/|[A-Z][a-z]+\.? )?(20\d\d))?/g

/** Finds the venues with a year in a clause, in order and without duplicates. */
function mentionsIn(clause: string): Mention[] {
  const found: Mention[] = []
  const add = (match: RegExpMatchArray, name = '', year = '') => {
    const [from, to] = [match.index ?? 0, (match.index ?? 0) + match[0].length]
    if (found.some((one) => from < one.to && one.from < to)) return
    const mention = venueOf(name)
    const short = Number(year.replace(/^\D/, ''))
    const whole = short > 99 ? short : short + (short > 79 ? 1900 : 2000)
    if (mention) found.push({ ...mention, year: year === '' ? null : whole, from, to })
  }
  for (const match of clause.matchAll(TMLR)) add(match, 'TMLR', match[1])
  for (const match of clause.matchAll(THEN_YEAR)) add(match, match[1], match[2])
  for (const match of clause.matchAll(JOINED)) add(match, match[1], match[2])
  for (const match of clause.matchAll(YEAR_THEN)) add(match, match[2], match[1])
  return onceEach(found.toSorted((a, b) => a.from - b.from))
}

/** Removes duplicates, such as the second name in `Transactions on Machine Learning Research (TMLR), 07/2025`. */
function onceEach(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = []
  for (const one of mentions) {
    const at = kept.findIndex(
      ({ venue, year }) =>
        venue.slug === one.venue.slug && (year === one.year || year === null || one.year === null),
    )
    const known = kept[at]
    if (known) kept[at] = { ...known, year: known.year ?? one.year, to: one.to }
    else kept.push(one)
  }
  return kept
}

/** Words in capitals that occur beside a year and are not conferences. */
const NO_CONFERENCE =
  /^(?:IEEE|ACM|IEEE\/CVF|USENIX|LNCS|LNAI|MIT|CVF|AI|ML|NLP|USA|UK|EU|COVID|LaTeX|TeX|PDF|SIAM|AMS|IOP|APS|AIP)$/

function venueOf(name: string): Pick<Mention, 'venue' | 'isKnown'> | null {
  const known = conferenceOfAcronym(name)
  if (known) return { venue: known.venue, isKnown: true }
  const isName = /^[A-Z][A-Za-z\d]{2,11}$/.test(name) && !NO_CONFERENCE.test(name)
  const venue = isName ? venueNamed(name, 'conference') : null
  return venue && { venue, isKnown: false }
}

/** The decision that a clause states for one of its venues; none if the clause is ambiguous. */
function claimOf(clause: string, mention: Mention, mentions: readonly Mention[]): DecisionClaim[] {
  const isAlone = mentions.length === 1
  const bracket = /^\s*[([]([^()[\]]{3,60})[)\]]/.exec(clause.slice(mention.to))?.[1] ?? ''
  const [presented, award] = [
    presentedIn(isAlone ? clause : bracket),
    awardIn(isAlone ? clause : bracket),
  ]
  const isBeside = BESIDE.test(clause) || (mention.isKnown && /\bsymposium\b/i.test(clause))
  if (isBeside && !isAlone) return []
  const isStated = ACCEPTED.test(clause) || (mention.isKnown && isNothingElse(clause, mention))
  const isOfJournals = !mention.isKnown && JOURNAL.test(mention.venue.name) && !EVENT.test(clause)
  if (!presented && !award && (!isStated || isOfJournals)) return []
  const venue = isBeside ? venueBeside(clause, mention) : mention.venue
  const status = shortText(clause)
  return [
    {
      ...{ venue, year: mention.year, outcome: 'accepted' },
      ...(presented && { presentation: presented }),
      ...(status && { status }),
      ...(award && { award }),
    },
  ]
}

const BESIDE = /\b(?:workshops?|colocated|co-located|satellite|side event)\b/i
/** Abbreviations in the style of journals, which some conferences share. */
const JOURNAL =
  /^(?:T[A-Z]{2,6}|J[A-Z]{2,6}|IJ[A-Z]{2,5}|PR[A-Z]{1,3}|[A-Z]*J|MNRAS|ApJ.*|RAL|PAMI|TACL|NAR|PNAS|LNCS)$/
const EVENT = /\b(?:conference|symposium|proceedings)\b/i

/** Venue of a workshop: either the workshops at the named conference, or a workshop with its own name and its acronym in brackets. */
function venueBeside(clause: string, { venue, isKnown, from }: Mention): VenueClaim {
  const isItself = !isKnown && /\bworkshops? on\b[^()]*\($/i.test(clause.slice(0, from))
  if (isItself) return { ...venue, kind: 'workshop' }
  return venue.kind === 'conference' ? workshopsAt(venue.slug).venue : venue
}

const ACCEPTED =
  /\b(?:accept(?:ed|ance)?|to appear|(?:will )?appear(?:s|ed|ing)?|publi(?:shed|cation)|presented|camera[- ]ready|in proceedings|proceedings of|in proc|proc)\b/i

/** Whether the clause contains only the venue and its year: `ICLR 2024`, `In CVPR 2019, camera-ready`. */
function isNothingElse(clause: string, { from, to }: Mention): boolean {
  const rest = `${clause.slice(0, from)} ${clause.slice(to)}`
  return /^(?:\W|\b(?:in|at|to|for|the|ieee|acm|cvf|rsj|main|conference|paper|papers|version|final|camera|ready|long|short|full|findings|track|main|published|proceedings|of|proc|\d+ pages?)\b)*$/i.test(
    rest,
  )
}

const PRESENTATION =
  /(?<![\w-])(?:(?:short|long|contributed|selected|full|conference)[ -])?(orals?|spotlights?|highlights?|posters?)(?:[ -](?:presentations?|papers?|talks?|sessions?|acceptance))?(?![\w-])/gi
/** Other uses of the words: `We highlight`, `the main highlights are`, `oral cancer`. */
const IS_ABOUT =
  /^\s*(?:(?!and\b|at\b|in\b|with\b|top\b|track\b|for\b|paper\b|presentation\b|or\b|rate\b|by\b)[a-z]+\s)/i
const IS_VERB = /\b(?:we|to|our|main|also|key|which|that)\s+$/i

/** The form of presentation that a text names; undefined if the word may have another meaning. */
function presentedIn(text: string): DecisionClaim['presentation'] {
  for (const match of text.matchAll(PRESENTATION)) {
    const before = text.slice(0, match.index)
    const after = text.slice(match.index + match[0].length)
    const isPlain = /^(?:oral|spotlight|highlight|poster)s?$/i.test(match[0])
    const isHighlights = /^highlights$/i.test(match[0])
    if (isHighlights || (isPlain && (IS_ABOUT.test(`${after} `) || IS_VERB.test(before)))) continue
    const { presentation } = readDecision(`accepted ${text}`)
    return presentation
  }
  return undefined
}

const PRIZED = '(?:papers?|demos?|demonstrations?|posters?|presentations?|artifacts?|articles?)'
const LESS =
  '(?:runners?[\\s-]?up|honou?rable mentions?|finalists?|candidates?|nominees?|nominations?|shortlist(?:ed)?)'
const AWARD = new RegExp(
  [
    '(?:\\b(?:nominated|nominee|finalist|candidate|shortlisted) for (?:the |an? )?)?\\b(?:best|outstanding|distinguished|exemplary)\\s+' +
      `(?:(?!at\\b|in\\b|the\\b|of\\b|our\\b)[\\w-]+\\s+){0,4}?${PRIZED}(?:\\s+${PRIZED}){0,2}(?:\\s+(?:award|prize))?(?:[\\s,(-]+${LESS})?`,
    '\\bhonou?rable mention(?:\\s+(?:award|for (?:the )?best \\w*\\s?paper(?: award)?))?',
    '\\btest[- ]of[- ]time(?:\\s+(?:paper\\s+)?award)?',
    '\\b(?:marr|longuet-higgins) prize(?:\\s+honou?rable mention)?',
  ].join('|'),
  'i',
)

/** Reads an award. An opening bracket is removed, since the match does not include the closing one. */
const awardIn = (text: string) => shortText(AWARD.exec(text)?.[0]?.replace(/\s*\(/, ' '))

/** Reads a clause that contains only a presentation or an award, and no venue. */
function aloneIn(clause: string): DecisionClaim[] {
  const [presentation, award] = [presentedIn(clause), awardIn(clause)]
  const rest = clause.replace(AWARD, ' ').replace(PRESENTATION, ' ').replace(FILLING, ' ')
  if ((!presentation && !award) || /[\p{L}\d]{2}/u.test(rest)) return []
  const status = shortText(clause)
  return [
    {
      ...{ venue: null, year: null, outcome: 'accepted' as const },
      ...(presentation && { presentation }),
      ...(status && { status }),
      ...(award && { award }),
    },
  ]
}

/** Words around a presentation or an award without further meaning. */
const FILLING =
  /\b(?:accepted|selected|published|presented|received|won|win|winner of|recipient of|awarded|this|paper|work|has|have|been|was|is|the|an?|as|for|with|and|at|in|to|main|conference|track|presentation|talk|acceptance|rate|of|papers|top|\d+(?:\.\d+)?\s*%?)\b|%/gi
