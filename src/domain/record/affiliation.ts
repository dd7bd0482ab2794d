import { simplified } from './title-key.ts'

/** Words at the end of a company's name that say what sort of company it is. */
const LEGAL =
  /(?:\s(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|bv|nv|oy|ab|srl|spa|pty|pvt|kk))+$/
/** Abbreviations that stand for one word in the name of an institution. */
const WORDS: Record<string, string> = {
  univ: 'university',
  inst: 'institute',
  acad: 'academy',
  natl: 'national',
  lab: 'laboratory',
  labs: 'laboratories',
  centre: 'center',
}
/** Left out, as names are written with and without. */
const SMALL = new Set(['the', 'at', 'in'])

/**
 * The key by which names of institutions are compared: lower case, without accents, punctuation, the legal form of a company
 * and a short form in brackets: so that "Univ. of California at Berkeley" and "The University of California, Berkeley" are one.
 */
export function institutionKey(name: string): string {
  const plain = simplified(withoutShortForm(name).replaceAll('&', ' and ')).replace(LEGAL, '')
  const words = plain.split(' ').filter((word) => !SMALL.has(word))
  return words
    .map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : word))
    .join(' ')
    .slice(0, 200)
}

/** `German Aerospace Center (DLR)` without the short form; what else is in brackets may be a campus. */
const withoutShortForm = (name: string) =>
  name.replace(/\s*[(（]\p{Lu}[\p{Lu}\d&.*-]{1,11}[)）]/gu, ' ')

/** The key by which short forms are compared. */
export function acronymKey(acronym: string): string {
  return simplified(acronym).replaceAll(' ', '')
}

/** Letters with which a name would be abbreviated: `mit` of "Massachusetts Institute of Technology". */
export function initialsOf(name: string): string {
  const words = institutionKey(name).split(' ')
  return words.length < 2
    ? ''
    : words
        .filter((word) => !OF.has(word))
        .map((word) => word[0])
        .join('')
}

const OF = new Set(
  'of for and de la le les des der die das du di da del und et e y i a an on'.split(' '),
)

/** The affiliations in a text that holds several: sources put a semicolon or a plus sign between them. */
export function affiliationsIn(text: string): string[] {
  return text
    .split(/[;；]|\+|\s\|\s/)
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part))
}

/** Longest affiliation whose parts are looked at, and most of them. */
const MOST_PARTS = 16
/** A name with commas in it, as "University of California, San Diego", has at most as many parts. */
const MOST_JOINED = 3

/** A part of an affiliation that may be the name of an institution. */
export interface Candidate {
  key: string
  /** As printed. */
  text: string
  /** Its place: the first of its parts, and how many. */
  from: number
  length: number
}

/** What in an affiliation may be a name of an institution: its parts between commas, and two or three of them together. */
export function candidatesIn(affiliation: string): Candidate[] {
  const parts = partsOf(affiliation).slice(0, MOST_PARTS)
  const found = new Map<string, Candidate>()
  for (let length = Math.min(MOST_JOINED, parts.length); length > 0; length--)
    for (let from = 0; from + length <= parts.length; from++) {
      const text = parts.slice(from, from + length).join(', ')
      const key = institutionKey(text)
      const candidate = { key, text, from, length }
      if (mayName(candidate, parts) && !found.has(key)) found.set(key, candidate)
    }
  return [...found.values()]
}

/** Numbers and marks of footnotes before a name, and postcodes after it, are no part of it. */
const partsOf = (affiliation: string) =>
  affiliation
    .split(/[,，/]|\s[-–—]\s|\.\s+(?=\p{Lu})/u)
    .map((part) => part.replace(/^[\s\d*†‡§¶#^()]+|[\s.*†‡§¶#^]+$/gu, ''))
    .filter((part) => /\p{L}{2}/u.test(part))

/** Words that most names of institutions have, and names of places do not. */
const INSTITUTIONAL =
  /universi|institut|college|academ|laborator|school|hospital|corporation|research|technolog|polytech|politecn|center|ecole|hochschule|foundation|council|agency|observator|museum|societ/
/** A unit, such as "Institute of Automation": many institutions have one of that name. */
const UNIT =
  /^(?:(?:graduate|key|state key|national key|joint|advanced|department|dept|faculty|division|school|institute|laboratory|laboratories|center|college|academy|research|group|unit|chair|section|program|programme|office|bureau|ministry|hospital|clinic|team|campus|centre|instituto|institut|facultad|faculte|fakultat|departamento|departement|dipartimento|escuela|ecole)\b)/
/** A name that begins so is a unit only where nothing of a university follows. */
const OF_A_PLACE = /\buniversit/

/** Names of fields of study alone, such as "Computer Science". */
const FIELDS =
  /^(?:(?:computer|computing|information|data|electrical|electronic|electronics|mechanical|software|systems?|science|sciences|engineering|technology|mathematics|mathematical|statistics|physics|chemistry|biology|medicine|medical|informatics|artificial|intelligence|machine|learning|robotics|vision|language|linguistics|natural|processing|applied|and|of|for|research|laboratory|laboratories|center|group|ai|nlp|ml|cs|eecs|ece|international|national|university|institute|college|school|academy)(?:\s|$))+$/

/** Names of several universities together: without the campus, which another part may name, nobody knows which is meant. */
const SYSTEM =
  /^(?:university of (?:california|texas|wisconsin|illinois|north carolina|massachusetts|colorado|nebraska|tennessee|missouri|alabama|arkansas|alaska|hawaii|louisiana|maine|maryland|minnesota|paris|london|wales)|(?:indian|national|birla) institute of technology|(?:indian|international) institute of information technology|(?:state|city) university of new york|california state university|texas a and m university|louisiana state university|max planck (?:institute|society))$/

/** Whether a part may be a name on its own: in doubt it is not. */
function mayName({ key, text, from }: Candidate, parts: readonly string[]): boolean {
  const isWhole = parts.length === 1
  if (key.length < 3 || SHARED.has(key) || FIELDS.test(key)) return false
  if (!isWhole && (SYSTEM.test(key) || (UNIT.test(key) && !OF_A_PLACE.test(key)))) return false
  // Places come last: a name without a word of institutions is taken for one where it stands first, as that of a company.
  return INSTITUTIONAL.test(key) || from === 0 || hasCapitals(text, parts)
}

/** Whether a word is in capitals, as "ETH" and "INRIA" are, where others are not. Four letters alone may be anything: "CMS", "IIT". */
function hasCapitals(text: string, parts: readonly string[]): boolean {
  if (/^\p{L}{1,4}$/u.test(text)) return false
  const isAbbreviated =
    /(?<!\p{L})\p{Lu}{3,}(?!\p{L})/u.test(text) && !/^(?:USA|UAE|PRC|ROC)$/.test(text)
  return isAbbreviated && parts.some((part) => /\p{Ll}{3}/u.test(part))
}

/** Names that several institutions have, of which papers often name more than one. */
const SHARED = new Set(
  `northeastern university;trinity college;kings college;queens university;victoria university;soochow university;loyola university;
  american university;national university;southeast university;southern university;southwest university;open university;western university;
  china university of geosciences;china university of mining and technology;china university of petroleum;north china electric power university;
  university of science and technology;institute of technology;technical university;polytechnic university;medical university;catholic university;
  federal university;islamic university;city university;normal university;concordia university;university of newcastle;university of st thomas`
    .split(';')
    .map((name) => name.replace(/\s+/g, ' ').trim()),
)

/** Whether several institutions have the name that has this key. */
export const isShared = (key: string): boolean => SHARED.has(key)

/** The part of a host name that belongs to one owner: `cmu.edu` of `cs.cmu.edu`, `ox.ac.uk` of `robots.ox.ac.uk`. */
export function siteOf(domain: string): string {
  const labels = domain.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  const isNational = top.length === 2 && /^(?:ac|edu|co|com|gov|org|net|res)$/.test(second)
  return labels.slice(isNational ? -3 : -2).join('.')
}
