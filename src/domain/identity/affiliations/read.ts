import { affiliationsIn } from '../../record/affiliation.ts'
import { simplified } from '../../record/title-key.ts'
import {
  ANCHORS,
  BEGINNINGS,
  DESCRIPTIVE,
  FIELDS,
  KINDS,
  OF_COUNTRIES,
  SHORT_FORMS,
  SHORT_PHRASES,
  SMALL,
  SPELLINGS,
  UMBRELLAS,
} from './institution-words.ts'
import { placeAt } from './places.ts'
import { isOfCampuses, mainCampus } from './systems.ts'

/** A part of an affiliation between commas, with its words by kind. */
interface Part {
  /** Words that usually belong to one institution only. */
  telling: string[]
  /** Places in the order of the text, in one spelling each. */
  places: string[]
  /** The first town, and the first town after another place, which may be the campus. */
  town: string | undefined
  campus: string | undefined
  /** Whether "of" precedes the first place. */
  isOf: boolean
  /** Kinds of institution, such as "university"; fields and adjectives. */
  kinds: string[]
  descriptive: string[]
  /** An organisation with many institutes. */
  umbrella: string | null
  /** Whether it has the form of a town: one or two capitalised words. */
  mayBeTown: boolean
}

/**
 * The texts that identify the institutions of a printed affiliation: each word that few institutions have ("carnegie"), and for a name with
 * only a place and common words, all of them together ("kent university"). Places alone are left out, except for the campus of a university that has
 * several, and so is "School of Software", which many universities have.
 */
export function namesInAffiliation(affiliation: string): Set<string> {
  const names = new Set<string>()
  for (const text of affiliationsIn(affiliation)) {
    const parts = partsOf(text)
    for (const [at, part] of parts.entries())
      if (!isTown(parts, at)) for (const name of namesOf(part, parts, at)) names.add(name)
    for (const name of umbrellasOf(parts)) names.add(name)
  }
  return names
}

/** The parts between commas, brackets and dashes. A unit and a university printed without a comma are two parts. */
const partsOf = (text: string): Part[] =>
  text
    .split(/[,，、/()（）:]|\s[-–—]\s|(?<=\p{L}{4})\.\s+(?=\p{Lu}\p{Ll}{3})/u)
    .filter((part) => /\p{L}{2}/u.test(part))
    .flatMap((printed) => {
      const words = simplified(printed.replace(FOOTNOTES, '')).split(' ')
      const short = words.flatMap((word) => SHORT_FORMS.get(word) ?? [])
      const rest = words.filter((word) => !SHORT_FORMS.has(word)).join(' ')
      return [rest, ...short].map((one) => readPart(wordsOf(one), TOWN.test(printed)))
    })

const TOWN = /^\s*\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{Ll}'’-]+)?\s*$/u

/** Marks of footnotes that are printed without a space: `1College`, `University2`. */
const FOOTNOTES = /(?<=^|\s)\d{1,2}(?=\p{L}{4})|(?<=\p{L}{5})\d{1,2}(?=\s|$)/gu
/** Numbers, and postcodes of Britain and the Netherlands. */
const NUMBERS = /^(?:\d+|[a-z]{1,2}\d{1,2}[a-z]?|\d[a-z]{2}|\d{4}[a-z]{2})$/
/** Abbreviations of states, provinces and countries in addresses. */
const STATES = new Set(
  'al ak az ar ca co ct de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok or pa ri sc sd tn tx ut va vt wa wi wv wy dc ab bc mb nb nl ns on qc sk vic cn jp kr'.split(
    ' ',
  ),
)

const PHRASES = [...SHORT_PHRASES, ...UMBRELLAS]

/** The words of a part in one spelling, with short forms expanded. */
function wordsOf(text: string): string[] {
  const words = text.split(' ').map((word) => BEGINNINGS.get(word) ?? SPELLINGS.get(word) ?? word)
  let plain = words.join(' ')
  for (const [pattern, written] of PHRASES) plain = plain.replace(pattern, written)
  return plain.split(' ')
}

const UMBRELLA_WORDS: ReadonlySet<string> = new Set(UMBRELLAS.map(([, word]) => word))

function readPart(all: string[], mayBeTown: boolean): Part {
  const words = withoutUnit(all)
  const part: Part = {
    telling: [],
    places: [],
    campus: undefined,
    town: undefined,
    isOf: false,
    kinds: [],
    descriptive: [],
    umbrella: null,
    mayBeTown,
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const place = placeAt(words, at)
    if (UMBRELLA_WORDS.has(word)) part.umbrella = word
    else if (place) {
      if (part.places.length === 0) part.isOf = words[at - 1] === 'of'
      else if (place.kind === 'town') part.campus ??= place.name
      if (place.kind === 'town') part.town ??= place.name
      if (!part.places.includes(place.name)) part.places.push(place.name)
      at += place.length - 1
    } else if (KINDS.has(word)) part.kinds.push(word)
    else if (DESCRIPTIVE.has(word) || FIELDS.has(word) || OF_COUNTRIES.has(word))
      part.descriptive.push(word)
    else if (word.length > 1 && !SMALL.has(word) && !NUMBERS.test(word) && !STATES.has(word))
      part.telling.push(word)
  }
  return part
}

const UNIT_HEADS = new Set(
  'department school faculty laboratory division center institute college group key state graduate program chair'.split(
    ' ',
  ),
)
/** Kinds of which the name after a unit must have one. */
const NAMED_SO = ['university', 'institute', 'college', 'academy', 'polytechnic', 'school']

/** The words without a unit before the name of the institution: "Department of Physics University of Kent". */
function withoutUnit(words: string[]): string[] {
  let from = 0
  while (isOfUnit(words, from)) from++
  const isUnit =
    UNIT_HEADS.has(words[0] ?? '') && words.slice(0, from).some((one) => FIELDS.has(one))
  const rest = words.slice(from)
  return isUnit && NAMED_SO.some((kind) => rest.includes(kind)) ? rest : words
}

function isOfUnit(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '-'
  if (word === 'tech') return words[at - 1] === 'and'
  return (at === 0 && UNIT_HEADS.has(word)) || FIELDS.has(word) || SMALL.has(word)
}

const isAnchored = ({ kinds }: Part) => kinds.some((kind) => ANCHORS.has(kind))
const isPlace = ({ telling, places, kinds, umbrella }: Part) =>
  places.length > 0 && telling.length === 0 && kinds.length === 0 && umbrella === null

/** Whether a part is a town missing from the list of places: a name between an institution and its country or state. */
function isTown(parts: readonly Part[], at: number): boolean {
  const [part, next] = [parts[at], parts[at + 1]]
  if (!part?.mayBeTown || !next || !isPlace(next) || part.telling.length === 0) return false
  if (part.kinds.length > 0 || part.places.length > 0) return false
  return parts.slice(0, at).some(isAnchored)
}

/** Whether a part is a two-letter state, such as "SP" in Brazil. Not the first part, which may be a company, such as "HP". */
function isState({ telling, kinds, descriptive }: Part, at: number): boolean {
  return (
    at > 0 && kinds.length + descriptive.length === 0 && telling.every((word) => word.length < 3)
  )
}

function namesOf(part: Part, parts: readonly Part[], at: number): string[] {
  const { telling, places, kinds, descriptive, umbrella } = part
  if (isPlace(part) || (telling.length > 0 && isState(part, at))) return []
  if (telling.length > 0) return telling
  if (umbrella !== null) return descriptive.length > 0 ? [nameOf([umbrella, ...descriptive])] : []
  const isNamed =
    places.length > 0
      ? isAnchored(part)
      : (kinds.includes('university') && descriptive.length > 0) ||
        (isAnchored(part) &&
          (kinds.includes('national') || descriptive.some((word) => OF_COUNTRIES.has(word))))
  if (!isNamed) return []
  const name = nameOf([...placeOf(part), ...sortsOf(kinds), ...descriptive])
  const system = nameOf([...sortsOf(kinds), ...descriptive])
  if (places[0] !== undefined && isOfCampuses(system)) return [`${system} / ${places[0]}`]
  if (!isOfCampuses(name)) return [name]
  const campus = part.campus ?? townAfter(parts, at)
  const main = mainCampus(name)
  if (campus === undefined) return main === '' ? [] : [name]
  return [campus === main ? name : `${name} / ${campus}`]
}

const nameOf = (words: readonly string[]) =>
  [...new Set(words.flatMap((word) => word.split(' ')))].sort().join(' ')

/** Places for which "University of X" and "X University" differ: the University of Washington and Washington University. */
const ORDER_TELLS = new Set(['washington', 'miami', 'york', 'newcastle'])

const placeOf = ({ places: [place], isOf, kinds }: Part): string[] =>
  place === undefined
    ? []
    : isOf && ORDER_TELLS.has(place) && sortsOf(kinds).join() === 'university'
      ? [`of ${place}`]
      : [place]

/** The kinds without "university" if another implies it, as in "Ohio State" and "Hong Kong Polytechnic". */
const sortsOf = (kinds: readonly string[]) =>
  kinds.includes('state') || kinds.includes('polytechnic')
    ? kinds.filter((kind) => kind !== 'university')
    : kinds

/** The first town after a part. */
function townAfter(parts: readonly Part[], at: number): string | undefined {
  for (const [index, part] of parts.entries()) {
    if (index <= at) continue
    if (isPlace(part) && part.town !== undefined) return part.town
    if (isTown(parts, index)) return part.telling.join(' ')
  }
  return undefined
}

/** Organisations whose institutes are identified by their towns if nothing else names them. */
const BY_TOWN = new Set(['maxplanck', 'fraunhofer', 'helmholtz'])

/** The institutes of organisations printed in a separate part: "Institute of Automation, Chinese Academy of Sciences". */
function umbrellasOf(parts: readonly Part[]): string[] {
  return parts.flatMap(({ umbrella, telling, descriptive }, at) => {
    if (umbrella === null || telling.length > 0 || descriptive.length > 0) return []
    const units = parts.filter(
      (part) =>
        part.telling.length === 0 &&
        part.umbrella === null &&
        part.descriptive.length > 0 &&
        part.kinds.some((kind) => ['institute', 'center', 'laboratory', 'academy'].includes(kind)),
    )
    if (units.length > 0) return units.map((unit) => nameOf([umbrella, ...unit.descriptive]))
    const town = parts[at]?.town ?? townAfter(parts, at)
    return BY_TOWN.has(umbrella) && town !== undefined ? [`${umbrella} / ${town}`] : []
  })
}
