import { simplified } from '../title-key.ts'

/** A title prepared for comparison. */
export interface ComparableTitle {
  words: string[]
  /** The words without spaces: `auto-encoder`, `auto encoder` and `autoencoder` are equal. */
  squashed: string
  /** Number of words; in scripts without spaces, two characters count as one word. */
  size: number
  /** Whether many papers have this title, such as editorials and yearly overviews. */
  isRecurring: boolean
  /** Words of the part before the subtitle; 0 without a subtitle. */
  mainWords: number
}

/** Signs in titles that a key without punctuation would lose, and the words that replace them. */
const SIGNS: [RegExp, string][] = [
  [/&(?:amp|#38);/gi, '&'],
  [/&(?:lt|#60);/gi, '<'],
  [/&(?:gt|#62);/gi, '>'],
  [
    /<\/?(?:i|b|u|em|strong|sub|sup|tt|sc|scp|p|span|italic|bold|jats:\w+|mml:\w+)(?:\s[^<>]*)?>/gi,
    '',
  ],
  [/\\(?:href|url)\{[^}]*\}/g, ''],
  [/\\(?:left|right|big|Big)(?![a-zA-Z])/g, ''],
  [
    /\\(?:rightarrow|longrightarrow|leftarrow|leftrightarrow|to|mapsto)(?![a-zA-Z])|<?-+>|<-+|=>|[←→↔⇒⟶]/g,
    ' ',
  ],
  [/\\(?:leq?|leqslant)(?![a-zA-Z])|<=|[≤⩽]/g, ' le '],
  [/\\(?:geq?|geqslant)(?![a-zA-Z])|>=|[≥⩾]/g, ' ge '],
  [/\\(?:neq?|not=)(?![a-zA-Z])|≠/g, ' ne '],
  [/\\lt(?![a-zA-Z])|</g, ' lt '],
  [/\\gt(?![a-zA-Z])|>/g, ' gt '],
  [/=/g, ' eq '],
  [/\\pm(?![a-zA-Z])|±/g, ' plusminus '],
  [/\\mp(?![a-zA-Z])|∓/g, ' minusplus '],
  [/\^\s*\{?\s*(?:\\ast|\\star|\*)\s*\}?|\\(?:ast|star)(?![a-zA-Z])|⋆/g, ' star '],
  [/(?<![\p{L}\p{N}])(\p{Lu}{1,4}|\p{Ll})\*/gu, '$1 star '],
  [/\^\s*\{?\s*\\?(?:prime|')\s*\}?|[′]/g, ' prime '],
  [/\^\s*\{?\s*\\(?:dagger|dag)\s*\}?/g, ' dagger '],
  [/\^\s*\{?\s*[-−–]\s*\}?|⁻|₋|−/g, ' minus '],
  [/(?<=[\p{L}\p{N}}])-(?=[\s$)\]},.;:]*$)/gu, ' minus '],
  [/\+\s*\/\s*[-−–]|\(?\bplus or minus\b\)?/gi, ' plusminus '],
  [/\+/g, ' plus '],
  [/[⁺₊]/g, ' plus '],
  [/(?<=[\p{L}\p{N}])♯|#/gu, ' sharp '],
  [/&/g, ' and '],
  [/\\var(?=(?:epsilon|phi|theta|rho|sigma|pi|kappa)(?![a-zA-Z]))/g, '\\'],
  [/∞|\\infty(?![a-zA-Z])/g, ' infinity '],
]
const HAS_SIGN = /plus or minus|[&<>=\\±∓⋆*^′⁻₋−⁺₊+♯#∞≤≥≠⩽⩾←→↔⇒⟶]|-[\s$)\]},.;:]*$/i

/** A prefix added by an archive that is not part of the title. */
const STAMP = /^\W*(?:retracted(?:\s+article)?|withdrawn)\s*[:\-–—\]]\s*/i

/**
 * Additions by indexes to a title: a note that it is an abstract, its language, its title in another language, notes of CINAHL, and
 * classification codes that a publisher printed with it.
 */
const NOTE =
  /[([](?:[^()[\]]*\b(?:abstract|panel|poster|demo|demonstration|keynote|invited|tutorial|summary only|in press|meeting|experience paper)\b[^()[\]]*|(?:in )?(?:chinese|german|french|spanish|russian|japanese|italian|portuguese|polish|korean|turkish))[)\]]|\.?\s*\[(?:erratum|comment|see comment|correction|corrected|republished|retraction|published erratum)\b[^\]]*\]?.*$|\s+LA:\s*\w+\s*$|<ORIGINAL>.*$|\s*\.{3}\s*(?:includes|including|with|see) (?:\w+ )?(?:discussions?|commentar(?:y|ies)|repl(?:y|ies))\b[^.]*\.?$|\s(?:[01]\d|2[0-2]) [a-z][a-z ,&]+ \d{4} [a-z].*$/gi

/** A group of authors that PubMed appends to a title: `…. The Loom Study Group`. */
const COLLECTIVE =
  /(?<=\S{2}[.?!])\s+(?:\p{Lu}[\p{L}\p{N}.'’&-]*\s+(?:(?:of|for|on|in|the|and)\s+){0,2}){1,9}(?:Investigators|Collaborators|Collaboration|Trialists|Consortium|Network|(?:Study |Research |Working |Trials? |Writing )?Group|Task Force|Committee)\.?\s*$/u

/** Titles that recur in every issue or year. */
const RECURRING =
  /^(?:(?:guest )?editorials?|editors? (?:note|introduction|comments?|message|foreword|preface)|preface|foreword|introduction|intro|front ?matter|back ?matter|title page|copyright(?: notice)?|table of contents|contents|index|(?:author|subject) index|list of (?:reviewers|contributors|figures)|acknowledg\w+|contributors|committees?|organi[sz]ation|program(?:me)? committee|welcome|message from|conclusions?|summary|discussion|abstracts?|in memoriam|obituary|news|letters? to the editor|correspondence|correction|corrections|corrigend\w+|errat\w+|addend\w+|retraction|book reviews?|in brief|announcements?|calendar|call for papers|invited talks?|keynotes?|tutorials?|panel|poster|untitled|unknown|no title|title|withdraw|withdrawn)(?: \w+)?$|\b(?:special|theme|themed) (?:issue|section)\b|^(?:the )?(?:guest )?editors? (?:introduction|note|column|message)\b|^(?:introduction|preface|foreword|welcome) to (?:the )?(?:\w+ )?(?:special|minitrack|mini track|proceedings|workshop|conference|issue|section|volume|track|symposium|panel)\b|^(?:an )?(?:overview|findings|report|results|summary|proceedings|introduction) (?:of|on|from|to) (?:the )?(?:\w+ ){0,4}?(?:shared tasks?|conference|workshop|challenge|competition|track|task|lab|campaign|evaluation|symposium|minitrack)\b|\bshared task\b|^(?:the )?year in review\b|^(?:annual|progress|status) report\b|^message from\b|^(?:reviewers|acknowledgement)\b/

/** Prepares a title. */
export function comparableTitle(title: string): ComparableTitle {
  const whole = title.replace(/[\p{Cf}\u00ad]/gu, '').replace(STAMP, '')
  const noted = whole.replace(NOTE, ' ').replace(COLLECTIVE, '')
  const unstamped = /\p{L}/u.test(noted) ? noted : whole
  const main = /^(.{12,}?)(?:\s*[:;]\s|\s+[-–—]+\s+|[?!.]\s+(?=\p{Lu}))/u.exec(unstamped)?.[1]
  const words = wordsOf(unstamped)
  const squashed = words.join('')
  return {
    words,
    squashed,
    size: Math.max(words.length, Math.ceil(unspaced(squashed) / 2)),
    isRecurring: RECURRING.test(words.join(' ')),
    mainWords: main === undefined ? 0 : wordsOf(main).length,
  }
}

function wordsOf(printed: string): string[] {
  const title = withCommands(printed)
  const signed = HAS_SIGN.test(title)
    ? SIGNS.reduce((text, [sign, word]) => text.replace(sign, word), title.normalize('NFC'))
    : title
  const words = simplified(signed).split(' ')
  return words[0] === '' ? [] : words
}

/** A title in capitals with its LaTeX commands in lower case: `\ell` for `\ELL`. */
const withCommands = (title: string) =>
  title.includes('\\') && !/\p{Ll}/u.test(title)
    ? title.replace(/\\[A-Z]+/g, (command) => command.toLowerCase())
    : title

/** The number of characters of scripts without spaces between words. */
const unspaced = (text: string) =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu,
  )?.length ?? 0
