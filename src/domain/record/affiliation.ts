import { LRUCache } from 'lru-cache'
import { simplified } from './title-key.ts'

/** Legal forms at the end of company names. */
const LEGAL =
  /(?:\s(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|bv|nv|oy|ab|srl|spa|pty|pvt|kk))+$/
/** Abbreviations of words in names of institutions. */
const WORDS: Record<string, string> = {
  univ: 'university',
  inst: 'institute',
  acad: 'academy',
  natl: 'national',
  lab: 'laboratory',
  labs: 'laboratories',
  centre: 'center',
}
/** The spellings of a word of a name: in full and abbreviated. */
export function spellingsOf(word: string): string[] {
  const full = Object.hasOwn(WORDS, word) ? (WORDS[word] ?? word) : word
  return [full, ...Object.keys(WORDS).filter((short) => WORDS[short] === full)]
}

/** Words ignored in comparisons, because names are written with and without them. */
export const SMALL_WORDS = new Set(['the', 'at', 'in'])

/**
 * The key for comparing names of institutions: lower case, without accents, punctuation, the legal form of a company and a short form in
 * brackets. "Univ. of California at Berkeley" and "The University of California, Berkeley" have the same key.
 */
export function institutionKey(name: string): string {
  const plain = simplified(withoutShortForm(name).replaceAll('&', ' and ')).replace(LEGAL, '')
  const words = plain.split(' ').filter((word) => !SMALL_WORDS.has(word))
  return words
    .map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : word))
    .join(' ')
    .slice(0, 200)
}

/** Removes the short form from `German Aerospace Center (DLR)`; other text in brackets may be a campus. */
const withoutShortForm = (name: string) =>
  name.replace(/\s*[(（]\p{Lu}[\p{Lu}\d&.*-]{1,11}[)）]/gu, ' ')

/** The key for comparing short forms. */
export function acronymKey(acronym: string): string {
  return simplified(acronym).replaceAll(' ', '')
}

/** The initials of a name: `mit` for "Massachusetts Institute of Technology". */
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

/** Splits a text with several affiliations, which sources separate by a semicolon or a plus sign. */
export function affiliationsIn(text: string): string[] {
  return text
    .split(/[;；]|\+|\s\|\s/)
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part))
}

/** Maximum number of parts of an affiliation that are read. */
const MOST_PARTS = 16
/** Maximum number of parts of a name with commas, such as "University of California, San Diego". */
const MOST_JOINED = 3

/** A part of an affiliation that may be the name of an institution. */
export interface Candidate {
  key: string
  /** As printed. */
  text: string
  /** Index of its first part, among the parts between commas. */
  from: number
  /** Its words, counted over the whole affiliation: index of the first, and of the one after the last. */
  start: number
  end: number
}

/**
 * The possible names of institutions in an affiliation, the longest first: its parts between commas, two or three adjacent parts together, and
 * names within a part, as in "Dept. of Physics at Lund University Sweden".
 */
export const candidatesIn = (affiliation: string): readonly Candidate[] => known.memo(affiliation)

/** Cached affiliations: those of a byline are mostly the same, and are read several times. */
const known = new LRUCache<string, readonly Candidate[]>({
  max: 5_000,
  memoMethod: (affiliation) => readCandidates(affiliation),
})

function readCandidates(affiliation: string): Candidate[] {
  const parts = partsOf(affiliation).slice(0, MOST_PARTS)
  const words = parts.map((part) => part.split(/\s+/))
  const starts = words.map((_, i) => words.slice(0, i).reduce((sum, { length }) => sum + length, 0))
  const found = new Map<string, Candidate>()
  const add = (candidate: Omit<Candidate, 'key'>) => {
    const key = institutionKey(candidate.text)
    if (!found.has(key) && mayName({ key, ...candidate }, parts))
      found.set(key, { key, ...candidate })
  }
  for (let length = Math.min(MOST_JOINED, parts.length); length > 0; length--)
    for (let from = 0; from + length <= parts.length; from++) {
      const last = from + length - 1
      const [start, end] = [starts[from] ?? 0, (starts[last] ?? 0) + (words[last]?.length ?? 0)]
      add({ text: parts.slice(from, last + 1).join(', '), from, start, end })
    }
  for (const [from, own] of words.entries())
    for (const [a, b] of namesWithin(own)) {
      const first = starts[from] ?? 0
      add({ text: own.slice(a, b).join(' '), from, start: first + a, end: first + b })
    }
  return [...found.values()]
}

/** The parts of an affiliation, without footnote marks before names and postcodes after them. */
const partsOf = (affiliation: string) =>
  affiliation
    .split(/[,，/]|\s[-–—]\s|\.\s+(?=\p{Lu})/u)
    .map((part) => part.replace(/^[\s\d*†‡§¶#^()]+|[\s.*†‡§¶#^]+$/gu, ''))
    .filter((part) => /\p{L}{2}/u.test(part))

/** Raise this when other parts of an affiliation become candidates, so that stored affiliations are resolved again. */
export const CANDIDATES_VERSION = 2

/** The word by which a name within a part is recognised. */
const ANCHOR =
  /^(?:universi\p{L}+|univ|institut\p{L}*|college|academy|academia|polytech\p{L}*|politecnico|hochschule|[eé]cole)$/iu
const JOINS =
  /^(?:of|for|and|the|&|de|la|le|les|des|du|di|da|do|del|della|der|die|das|und|et|für|y|i|in)$/i
const NAME = /^[\p{Lu}\p{Lo}\d]/u
/** Hospitals, presses and the like, whose own names contain that of a university. */
const OF_ITS_OWN = /\b(?:hospital|clinic|cancer|medical cent|press|museum|alumni|former)/i
/** Ends of names of units and fields, after which another name can begin. */
const UNIT_END =
  /^(?:sciences?|engineering|technolog(?:y|ies)|mathematics|maths?|statistics|physics|chemistry|biology|medicine|informatics|computing|computation|economics|linguistics|psychology|philosophy|education|management|intelligence|learning|robotics|systems?|studies|department|dept|departments|school|faculty|division|laborator(?:y|ies)|labs?|group|cent(?:er|re)|program|programme|student|professor|phd|researcher|ai|nlp|cs|eecs|ece|csail|at|of|in|from|the|with|and|&)$/iu

const MOST_BEFORE = 5
const MOST_AFTER = 6

/** Names of institutions within a part, as first and last word, the longest first: those followed by a country or state only. */
function namesWithin(words: readonly string[]): [number, number][] {
  if (words.length < 3 || words.length > 25 || OF_ITS_OWN.test(words.join(' '))) return []
  const bare = words.map((word) => word.replace(/^[([]+|[)\].:]+$/g, ''))
  const found: [number, number][] = []
  for (const [at, word] of bare.entries()) {
    if (!ANCHOR.test(word)) continue
    for (let a = Math.max(0, at - MOST_BEFORE); a <= at; a++)
      for (let b = Math.min(words.length, at + MOST_AFTER + 1); b > at; b--)
        if (isNameAt(bare, a, b) && b - a > 1 && b - a < words.length) found.push([a, b])
  }
  return found.toSorted(([a, b], [c, d]) => d - c - (b - a) || a - c)
}

function isNameAt(words: readonly string[], a: number, b: number): boolean {
  const own = words.slice(a, b)
  const isName = own.every((word) => NAME.test(word) || JOINS.test(word))
  const [first = '', last = ''] = [own[0], own.at(-1)]
  if (!isName || JOINS.test(first) || !NAME.test(last)) return false
  const before = words[a - 1]
  const isWhole = before === undefined || UNIT_END.test(before)
  const isOfCampuses = OF_CAMPUSES.test(simplified(own.join(' ')))
  return isWhole && isPlace(words.slice(b), isOfCampuses)
}

const COUNTRIES = new Set(
  `usa;us;u s a;united states;united states of america;uk;united kingdom;england;scotland;wales;ireland;northern ireland;china;p r china;pr china;
  peoples republic of china;taiwan;japan;korea;south korea;republic of korea;india;pakistan;bangladesh;sri lanka;nepal;iran;iraq;israel;turkey;turkiye;
  saudi arabia;united arab emirates;uae;qatar;egypt;nigeria;kenya;ghana;ethiopia;morocco;tunisia;algeria;south africa;canada;mexico;brazil;brasil;
  argentina;chile;colombia;peru;ecuador;cuba;australia;new zealand;germany;deutschland;france;italy;italia;spain;espana;portugal;netherlands;
  the netherlands;belgium;luxembourg;switzerland;austria;poland;czech republic;czechia;slovakia;hungary;romania;bulgaria;greece;cyprus;malta;
  croatia;serbia;slovenia;ukraine;russia;russian federation;belarus;estonia;latvia;lithuania;finland;sweden;norway;denmark;iceland;vietnam;thailand;
  malaysia;indonesia;philippines`
    .split(';')
    .map((name) => name.trim()),
)

/** Towns in which universities from elsewhere have a campus. */
const CAMPUS =
  /^(?:shanghai|ningbo|suzhou|shenzhen|zhuhai|weihai|qingdao|abu dhabi|dubai|doha|qatar|singapore|malaysia|hong kong|korea|songdo|rwanda|kigali|silicon valley|erlangen|tokyo|vietnam)\b/
/** Universities whose campuses are separate institutions, named after their towns. */
const OF_CAMPUSES =
  /^(?:indiana|purdue|rutgers|pennsylvania state|penn state|texas a and m|texas a m|arizona state|ohio state|kent state|louisiana state|southern illinois|long island|monash|new york|carnegie mellon|northwestern|cornell|heriot watt|sapienza|auburn|troy|tohoku)\b/

/** Units of the preceding institution: `School of Medicine`, `Miller School of Medicine`. */
const OWN_UNIT = /^(?:[a-z]+ ){0,2}(?:school|college|faculty|department|dept|division) of /
/** Names of states in full, as in addresses without commas. */
const STATES = new Set(
  `alabama;arizona;arkansas;california;colorado;connecticut;delaware;florida;georgia;hawaii;illinois;indiana;iowa;kansas;kentucky;louisiana;maine;
  maryland;massachusetts;michigan;minnesota;mississippi;missouri;nebraska;nevada;new hampshire;new jersey;new mexico;new york;north carolina;ohio;
  oklahoma;oregon;pennsylvania;rhode island;south carolina;tennessee;texas;utah;vermont;virginia;washington;wisconsin;ontario;quebec;alberta;
  british columbia;new south wales;queensland;victoria`
    .split(';')
    .map((name) => name.trim()),
)

/** Whether the words after a name are a place that ends with a country or a state, or empty. A town may be a campus. */
function isPlace(words: readonly string[], isOfCampuses: boolean): boolean {
  const plain = words.filter((word) => !/\d/.test(word))
  const text = simplified(plain.join(' '))
  if (text === '' || COUNTRIES.has(text)) return true
  if (OWN_UNIT.test(text)) return true
  const isNoTown =
    INSTITUTIONAL.test(text) ||
    /health|medic/.test(text) ||
    plain.some((word) => !/^\p{Lu}/u.test(word))
  if (isOfCampuses || isNoTown || CAMPUS.test(text)) return false
  const hasState = words.length > 1 && /^[A-Z]{2}$/.test(plain.at(-1) ?? '')
  const towns = [1, 2, 3].map((n) => text.split(' ').slice(0, n).join(' '))
  const rests = towns.map((town) => text.slice(town.length + 1))
  const isInCountry = rests.some((rest) => COUNTRIES.has(rest) || isState(rest))
  return (hasState && plain.length <= 4) || isInCountry
}

function isState(text: string): boolean {
  const [state = '', ...country] = text.split(/ (?=(?:usa|us|united states|canada|australia)$)/)
  return STATES.has(state) && country.length < 2
}

/** Words that occur in most names of institutions but not in names of places. */
const INSTITUTIONAL =
  /universi|institut|college|academ|laborator|school|hospital|corporation|research|technolog|polytech|politecn|center|ecole|hochschule|foundation|council|agency|observator|museum|societ/
/** A unit, such as "Institute of Automation", whose name many institutions share. */
const UNIT =
  /^(?:(?:graduate|key|state key|national key|joint|advanced|department|dept|faculty|division|school|institute|laboratory|laboratories|center|college|academy|research|group|unit|chair|section|program|programme|office|bureau|ministry|hospital|clinic|team|campus|centre|instituto|institut|facultad|faculte|fakultat|departamento|departement|dipartimento|escuela|ecole)\b)/
/** A name with this is not a unit, even if it begins like one. */
const OF_A_PLACE = /\buniversit/

/** Names of fields of study alone, such as "Computer Science". */
const FIELDS =
  /^(?:(?:computer|computing|information|data|electrical|electronic|electronics|mechanical|software|systems?|science|sciences|engineering|technology|mathematics|mathematical|statistics|physics|chemistry|biology|medicine|medical|informatics|artificial|intelligence|machine|learning|robotics|vision|language|linguistics|natural|processing|applied|and|of|for|research|laboratory|laboratories|center|group|ai|nlp|ml|cs|eecs|ece|international|national|university|institute|college|school|academy)(?:\s|$))+$/

/** Names of university systems, ambiguous without the campus, which another part may name. */
const SYSTEM =
  /^(?:university of (?:california|texas|wisconsin|illinois|north carolina|massachusetts|colorado|nebraska|tennessee|missouri|alabama|arkansas|alaska|hawaii|louisiana|maine|maryland|minnesota|paris|london|wales)|(?:indian|national|birla) institute of technology|(?:indian|international) institute of information technology|(?:state|city) university of new york|california state university|texas a and m university|louisiana state university|max planck (?:institute|society))$/

/** Whether a part may be a name on its own; if in doubt, it is not. */
function mayName({ key, text, from }: Candidate, parts: readonly string[]): boolean {
  const isWhole = parts.length === 1 && text === parts[0]
  if (key.length < 3 || SHARED.has(key) || FIELDS.test(key)) return false
  if (!isWhole && (SYSTEM.test(key) || (UNIT.test(key) && !OF_A_PLACE.test(key)))) return false
  // Places come last. A name without a word of institutions counts if it comes first, like that of a company.
  return INSTITUTIONAL.test(key) || from === 0 || hasCapitals(text, parts)
}

/** Whether a word is in capitals, such as "ETH" and "INRIA", while others are not. Up to four letters alone are ambiguous: "CMS", "IIT". */
function hasCapitals(text: string, parts: readonly string[]): boolean {
  if (/^\p{L}{1,4}$/u.test(text)) return false
  const isAbbreviated =
    /(?<!\p{L})\p{Lu}{3,}(?!\p{L})/u.test(text) && !/^(?:USA|UAE|PRC|ROC)$/.test(text)
  return isAbbreviated && parts.some((part) => /\p{Ll}{3}/u.test(part))
}

/** Names shared by several institutions that often occur in papers. */
const SHARED = new Set(
  `northeastern university;trinity college;kings college;queens university;victoria university;soochow university;loyola university;
  american university;national university;southeast university;southern university;southwest university;open university;western university;
  china university of geosciences;china university of mining and technology;china university of petroleum;north china electric power university;
  university of science and technology;institute of technology;technical university;polytechnic university;medical university;catholic university;
  federal university;islamic university;city university;normal university;concordia university;university of newcastle;university of st thomas`
    .split(';')
    .map((name) => name.replace(/\s+/g, ' ').trim()),
)

/** Whether several institutions share the name with this key. */
export const isShared = (key: string): boolean => SHARED.has(key)

/** The registered domain of a host name: `cmu.edu` for `cs.cmu.edu`, `ox.ac.uk` for `robots.ox.ac.uk`. */
export function siteOf(domain: string): string {
  const labels = domain.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  const isNational = top.length === 2 && /^(?:ac|edu|co|com|gov|org|net|res)$/.test(second)
  return labels.slice(isNational ? -3 : -2).join('.')
}
