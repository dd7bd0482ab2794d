import { groupBy } from 'es-toolkit'
import { simplified } from '../../record/title-key.ts'

/** A short name in the texts of a paper: an acronym with its long form, or a name that the paper gives to something. */
export interface Naming {
  /** The name's key, from `compactKey`. */
  key: string
  /** The long form as written; null if the paper does not state it. */
  long: string | null
  /** How sure it is that this paper coined the name. */
  strength: number
}

/** Evidence that a paper coined a name, not just uses it. */
const EVIDENCE = {
  /** The title is about a variant, `Bayesian Long Form` or `FastLF`, or the paper says that others coined the name. */
  varied: 0,
  /** The paper explains the acronym, as others do too. */
  defined: 1,
  /** `We propose Long Form (LF)`, `called LF`. */
  introduced: 4,
  /** The long form is in the title, or the title begins with it. */
  longInTitle: 2,
  longTitle: 6,
  /** The same if only other papers state the acronym. */
  unnamedInTitle: 3,
  unnamedTitle: 5,
  /** The title begins with a name that may also be a word: `Adam: …`. */
  wordTitle: 7,
  /** The title begins with the name, `LF: …`, or is the name alone. */
  title: 8,
  /** Title and abstract both say so. */
  both: 1,
} as const
/** Minimum strength of titles that name their subject. With weaker evidence, it matters which paper was first. */
export const NAMED_IN_TITLE = EVIDENCE.wordTitle
/** Minimum strength of papers that say they introduce the name. */
export const INTRODUCED = EVIDENCE.introduced
/** Minimum strength of papers whose title begins with the long form. */
export const LONG_AHEAD = EVIDENCE.longTitle
/** Strengths of papers with a long form in the title but without the acronym. */
export const UNNAMED = { within: EVIDENCE.unnamedInTitle, ahead: EVIDENCE.unnamedTitle } as const

/** Titles about something that existed before the paper. */
const ABOUT_OTHERS =
  /\b(the search for|the rise of|survey|review|overview|tutorial|explained|revisit\w*|rethinking|comparison|comparing|evaluat\w+|lessons|case study|perspective|challenges|understanding|analy\w+|introduction to|state of the art)\b/i

const MOST_KEY = 40
/** Maximum number of characters read of an abstract; longer ones are whole texts. */
const MOST_READ = 5_000

/** A name without case, accents, spaces and signs: `Faster R-CNN` equals `faster rcnn`, but `PointNet` and `PointNet++` differ. */
export function compactKey(name: string): string {
  const spelt = name.replaceAll(/(?<=[\p{L}\p{N}])\+\+/gu, 'plusplus')
  return simplified(spelt).replaceAll(' ', '').slice(0, MOST_KEY)
}

/** Whether a word is written like a name: `NeRF`, `GPT-4`, `word2vec`, `BERT`. */
export const looksCoined = (word: string): boolean =>
  /\p{L}/u.test(word) && /[\p{Lu}\p{N}].*\p{Lu}|\p{Ll}.*[\p{Lu}\p{N}]|\p{Lu}.*\p{N}/u.test(word)

/** The names that a paper gives or explains, each once with its strongest evidence. */
export function namingsOf(title: string, abstract: string | null): Naming[] {
  const text = (abstract ?? '').slice(0, MOST_READ)
  const found: Naming[] = [
    ...titleNames(title),
    ...definitionsIn(title).map(({ key, long }) => ({
      ...{ key, long },
      strength: Math.max(EVIDENCE.defined, inTitle(long, title)),
    })),
    ...definitionsIn(text).map(({ at, ...one }) => ({
      ...one,
      strength: strengthOf(one.long, at, title, text),
    })),
    ...introducedNames(text),
    ...namesOfTitleWords(title, text),
  ]
  const [own] = titleNames(title)
  // A paper on FastGCN or on Bayesian Graph Convolutional Networks did not coin GCN.
  const isPart = ({ key, long }: Naming) =>
    own?.key !== key && (own?.key.includes(key) || (long !== null && isVaried(long, title)))
  return merged(found.map((one) => (isPart(one) ? { ...one, strength: EVIDENCE.varied } : one)))
}

function merged(found: readonly Naming[]): Naming[] {
  const byKey = groupBy(found, ({ key }) => key)
  return Object.entries(byKey).flatMap(([key, namings]) => {
    if (key.length < 2) return []
    const strengths = namings.map(({ strength }) => strength).sort((a, b) => b - a)
    const [first = 0, second = 0] = strengths
    const strength =
      first + (first >= EVIDENCE.longTitle && second >= EVIDENCE.defined ? EVIDENCE.both : 0)
    const long = namings.find((one) => one.long !== null)?.long ?? null
    return [{ key, long, strength }]
  })
}

/** The name before a colon or dash, or the title itself if it is a single name. */
function titleNames(title: string): Naming[] {
  const [, head = '', rest = ''] = /^(.{2,50}?)(?::\s|\s[-–—]\s|$)(.*)$/s.exec(title.trim()) ?? []
  const words = head.split(/\s+/)
  if (words.length > 4 || /[,;?!.]$/.test(head)) return []
  const isName =
    words.some(looksCoined) && !/\b(with|for|of|in|via|and|using|to|from|by|on)\b/.test(head)
  const isWord = words.length === 1 && rest !== '' && /^\p{Lu}\p{Ll}{2,}$/u.test(head)
  if (!isName && !isWord) return []
  const strength = isName ? EVIDENCE.title : EVIDENCE.wordTitle
  const penalty = ABOUT_OTHERS.test(rest) ? 6 : 0
  const short = singular(head)
  const long = isName ? (startsWith(short, rest, 0)?.long ?? null) : null
  return [{ key: compactKey(short), long, strength: strength - penalty }]
}

const INTRODUCES =
  /\b(?:introduc\w+|propos\w+|present\w*|develop\w*|call(?:ed)?|nam(?:e|ed)|dub(?:bed)?|term(?:ed)?|coin\w*|describ\w+)\b((?:\s+\S+){0,8}?)\s*$/i
const BY_OTHERS = /\b(?:using|use|uses|based|via|with|by|from|on|leverag\w+|exist\w+|recent\w*)\b/i

/** `Our model, the Long Form (LF)`. */
const OURS = /\bour (?:\w+[ -]){0,3}\w+, (?:called )?(?:the |an? )?["“'‘]?$/i

/** Behind a definition, the people who coined it: `(MAML) of Finn et al. (2017)`. */
const OF_OTHERS =
  /^[^()]{0,120}\([^()]{0,120}\),? (?:(?:proposed|introduced|developed) )?(?:of|by|from) \p{Lu}[\p{L}'-]+ (?:et al|and \p{Lu}|& \p{Lu}|\()/u

function strengthOf(long: string, start: number, title: string, text: string): number {
  if (OF_OTHERS.test(text.slice(start, start + 2 * CONTEXT))) return EVIDENCE.varied
  const sentence = text.slice(Math.max(text.lastIndexOf('. ', start) + 1, start - 150), start)
  const [, between] = INTRODUCES.exec(sentence) ?? []
  const isOwn = OURS.test(sentence) || (between !== undefined && !BY_OTHERS.test(between))
  return Math.max(isOwn ? EVIDENCE.introduced : EVIDENCE.defined, inTitle(long, title))
}

const stems = (text: string) => simplified(text).replace(/(?<=\w{3})s\b/g, '')

/** The evidence of a long form in the title. */
function inTitle(long: string, title: string): number {
  const [wanted, all] = [` ${stems(long)} `, ` ${stems(title)} `]
  if (all.startsWith(wanted)) return EVIDENCE.longTitle
  return all.includes(wanted) ? EVIDENCE.longInTitle : 0
}

/** Whether a title has the long form after a word that makes it a variant, other than a preposition or an article. */
function isVaried(long: string, title: string): boolean {
  const [wanted, all] = [stems(long), stems(title)]
  const at = ` ${all} `.indexOf(` ${wanted} `)
  if (at <= 0) return false
  const before = all.slice(0, at).trimEnd()
  const printed = title.slice(0, title.toLowerCase().indexOf(long.toLowerCase().slice(0, 8)))
  return !/[:–—-]\s*$/.test(printed) && !BETWEEN.test(before)
}

/** Words that may precede a name without being a part of it. */
const BETWEEN =
  /(?:^|\s)(?:a|an|the|with|of|for|by|via|through|using|use|and|or|in|on|to|from|as|is|are|at|than|beyond|toward|our|new|novel|introducing|do|can|versu|v|vs|into|over|under|that|when|how|why|what)$/

const NAME = String.raw`((?:[\p{Lu}][\p{L}\p{N}+]*[- ])?[\p{L}\p{N}]+(?:[-+][\p{L}\p{N}+]+)*\+*)`
const INTRODUCE = String.raw`(?:\b[Ww]e (?:introduce|propose|present|develop|describe|release|design|build)|\b[Tt]his (?:paper|work|article|report) (?:introduces|proposes|presents|describes))`
const CALLED = new RegExp(
  String.raw`(?:\b(?:called|named|dubbed|termed|coined|abbreviated as|denoted as|denoted by|refer(?:red)? to (?:\w+ ){0,3}as|[Ww]e (?:call|name|term|dub)(?: it| this(?: \w+)?| our (?:\w+ )?\w+)?)|${INTRODUCE})\s+(?:the\s+)?["“'‘]?${NAME}`,
  'gu',
)
/** `We propose a new network, the Transformer,`: a word in capitals is a name there. */
const APPOSITION = new RegExp(
  String.raw`${INTRODUCE}\s+(?:a|an)\s[^.,;:()]{3,90},\s(?:the\s)?([\p{Lu}][\p{L}\p{N}+-]*\+*)(?=[,.;]| \()`,
  'gu',
)

/** Names that a text introduces: `called NeRF`, `we introduce Mask R-CNN`. */
function introducedNames(text: string): Naming[] {
  const apposed = [...text.matchAll(APPOSITION)].flatMap(([, name = '']) =>
    name.length < 3 ? [] : introduced(name),
  )
  const called = [...text.matchAll(CALLED)].flatMap(([, name = '']) => {
    const words = name.split(' ')
    const last = words.at(-1) ?? ''
    if (!looksCoined(last)) return []
    const whole = /^(?:the|our|a|an|this|new|novel)$/i.test(words[0] ?? '') ? last : name
    return introduced(whole)
  })
  return [...called, ...apposed]
}

const introduced = (name: string): Naming[] => [
  { key: compactKey(singular(name)), long: null, strength: EVIDENCE.introduced },
]

/** Names in the text whose parts begin neighbouring words of the title: `PerAct` of `Perceiver-Actor`. */
function namesOfTitleWords(title: string, text: string): Naming[] {
  const words = simplified(title)
  return [
    ...new Set(text.match(/(?<![\p{L}\p{N}-])(?:\p{Lu}\p{Ll}+){2,4}(?![\p{L}\p{N}-])/gu)),
  ].flatMap((name) => {
    const parts = name.match(/\p{Lu}\p{Ll}+/gu) ?? []
    const isMade = new RegExp(
      String.raw`\b${parts.map((part) => `${part.toLowerCase()}\\w+`).join(' ')}`,
    )
    return parts.every((part) => part.length >= 3) && isMade.test(words) ? introduced(name) : []
  })
}

/** A plural of an acronym is the same: `GANs`. */
export const singular = (name: string): string => name.replace(/(?<=\p{Lu})s$/u, '')

/** An acronym with its long form and position. */
interface Definition {
  key: string
  long: string
  /** Start of whichever comes first. */
  at: number
}

/** `Long Form (LF)`, `LF (Long Form)`, `Long Form, or LF,` and `LF, which stands for Long Form`. */
function definitionsIn(text: string): Definition[] {
  return [...inBrackets(text), ...afterOr(text), ...thatStandFor(text)]
}

/** Number of characters before an acronym in which its long form is searched. */
const CONTEXT = 200
const LEAD = /^(?:i\.e\.,?|or|aka|a\.k\.a\.|abbreviated(?: as)?|called|dubbed|termed)\s+/i

function inBrackets(text: string): Definition[] {
  return [...text.matchAll(/\(([^()]{2,120})\)/g)].flatMap(({ 1: inside = '', index }) => {
    const before = text.slice(Math.max(0, index - CONTEXT), index)
    const [short = ''] = inside.replace(LEAD, '').split(/[;,]/)
    const [word = ''] = /[\p{L}\p{N}+-]{2,12}\s*$/u.exec(before.slice(-14)) ?? []
    const turned = /[ -]/.test(inside) ? defined(word.trim(), inside, index, true) : null
    return defined(short.trim(), before, index) ?? turned ?? []
  })
}

function afterOr(text: string): Definition[] {
  return [...text.matchAll(/,? or ["“]?([\p{L}\p{N}+-]{2,12})["”]?,/gu)].flatMap(
    ({ 1: short = '', index }) =>
      defined(short, text.slice(Math.max(0, index - CONTEXT), index), index) ?? [],
  )
}

function thatStandFor(text: string): Definition[] {
  return [
    ...text.matchAll(/,? (?:which )?(?:stands|standing|short) for ([^.;:()]{5,100})/g),
  ].flatMap(({ 1: long = '', index }) => {
    const [short = ''] =
      /[\p{L}\p{N}+-]{2,12}$/u.exec(text.slice(Math.max(0, index - 12), index)) ?? []
    return startsWith(short, long, index) ?? []
  })
}

/** Two to twelve letters and digits with a capital among them, in two words at most. */
const SHORT = /^(?=.*\p{Lu})[\p{L}\p{N}][\p{L}\p{N}+./&-]*(?: [\p{L}\p{N}+-]+)?$/u

function defined(given: string, context: string, at: number, isWhole = false): Definition | null {
  const short = singular(given)
  // One capital followed by lower case is a name or a reference, such as (Smith).
  if (!looksCoined(short) || !SHORT.test(short)) return null
  if (short.length < 2 || short.length > 12) return null
  const long = longFormOf(short, context, isWhole)
  return long === null
    ? null
    : {
        key: compactKey(short),
        long,
        at: isWhole ? at : at - (context.length - context.lastIndexOf(long)),
      }
}

/** The definition of an acronym whose long form is at the beginning of a text. */
function startsWith(short: string, text: string, at: number): Definition | null {
  if (!looksCoined(short)) return null
  const words = text.split(' ')
  for (let size = Math.min(words.length, short.length + 5); size >= 2; size--) {
    const start = words
      .slice(0, size)
      .join(' ')
      .replace(/[,\s]+$/, '')
    const long = longFormOf(short, start, true)
    if (long !== null && /\p{Lu}/u.test(words[size - 1] ?? ''))
      return { key: compactKey(short), long, at }
  }
  return null
}

/**
 * The long form of a short form at the end of a context, by Schwartz and Hearst (2003): matches the letters from last to first, each before
 * the previous match, and the first at the beginning of a word. `isWhole` requires the long form to be the whole context.
 */
function longFormOf(short: string, context: string, isWhole: boolean): string | null {
  const most = Math.min(short.length + 5, short.length * 2)
  const text = context.trimEnd().replace(/["”'’]+$/, '')
  const letters = [...short.toLowerCase()].filter((one) => /[\p{L}\p{N}]/u.test(one))
  const lower = text.toLowerCase()
  let at = lower.length
  for (let i = letters.length - 1; i >= 0; i--) {
    at--
    while (
      at >= 0 &&
      (lower[at] !== letters[i] || (i === 0 && /[\p{L}\p{N}]/u.test(lower[at - 1] ?? ' ')))
    )
      at--
    if (at < 0) return null
  }
  if (isWhole && at > 0) return null
  // In `self-supervised learning (SSL)`, a word includes all parts joined by hyphens.
  const [joined = ''] = /[\p{L}\p{N}]+-$/u.exec(lower.slice(Math.max(0, at - 30), at)) ?? []
  if (joined.startsWith(letters[0] ?? ' ')) at -= joined.length
  const long = text.slice(at).replace(/^["“'‘]+/, '')
  const words = long.split(/[\s-]+/).filter(Boolean)
  const isLong =
    words.length >= 2 && words.length <= most && long.length > short.length && long.length <= 120
  const isClean = !/[()[\]{}:;$\\]|\. /.test(long) && !long.split(/[\s-]+/).includes(short)
  return isLong && isClean && agrees(short, words) ? long : null
}

/** Whether half of the letters, or all capitals, begin a word or a part of one, which chance matches do not. */
function agrees(short: string, words: readonly string[]): boolean {
  const starts = words.flatMap((word) => [
    word[0]?.toLowerCase(),
    ...[...word.slice(1)]
      .filter((one) => /[\p{Lu}\p{N}]/u.test(one))
      .map((one) => one.toLowerCase()),
  ])
  const letters = [...short].filter((one) => /[\p{L}\p{N}]/u.test(one))
  const capitals = letters.filter((one) => /\p{Lu}/u.test(one))
  const isInitial = capitals.length > 1 && inOrder(capitals, starts) === capitals.length
  const used = inOrder(letters, starts)
  return used >= 2 && (isInitial || used * 2 >= letters.length)
}

/** How many of the letters occur in this order. */
function inOrder(letters: readonly string[], starts: readonly (string | undefined)[]): number {
  let used = 0
  let from = 0
  for (const letter of letters) {
    const at = starts.indexOf(letter.toLowerCase(), from)
    if (at < 0) continue
    used++
    from = at + 1
  }
  return used
}
