import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import {
  isYear,
  lostDate,
  partsAsText,
  publishedFromEdtf,
  publishedFromIso,
  publishedFromParts,
} from '../fields/dates.ts'
import { isOfNone, languageTag } from '../fields/languages.ts'
import { count } from '../input/json.ts'
import type { Form } from '../input/shape.ts'

/** A form for texts that pass a test. */
export const ofText = (what: string, test: (text: string) => boolean): Form => ({
  what,
  fits: (value) => typeof value === 'string' && (value.trim() === '' || test(value.trim())),
})

export const TEXT: Form = { what: 'text', fits: (value) => typeof value === 'string' }

/** A value such as the number of a volume or an id, which programs write as text or as a number. */
export const TEXT_OR_NUMBER: Form = {
  what: 'text',
  fits: (value) => typeof value === 'string' || Number.isFinite(value),
}

export const FLAG: Form = { what: 'true or false', fits: (value) => typeof value === 'boolean' }
export const COUNT: Form = { what: 'a count', fits: (value) => count(value) !== null }
export const YEAR: Form = { what: 'a year of a paper', fits: (value) => isYear(Number(value)) }

/** An existing day, month or year, or an instant. */
export const DATE = ofText('a date of a paper', (text) => {
  const published = publishedFromIso(text)
  return published !== null && lostDate([text], published).length === 0
})

export const ADDRESS = ofText('a web address', (text) => /^https?:\/\/\S+$/.test(text))
/** A date, a range, or an uncertain or unknown date, in EDTF. */
export const EDTF = ofText('a date', (text) => {
  const published = publishedFromEdtf(text)
  return lostDate([text], published).length === 0 && (published !== null || !/\d/.test(text))
})

/** `date-parts` of Crossref; all of them may be missing. */
export const DATE_PARTS: Form = {
  what: 'a date of a paper',
  fits: (value) =>
    Array.isArray(value) && lostDate([partsAsText(value)], publishedFromParts(value)).length === 0,
}

/** An instant in milliseconds since 1970. */
export const INSTANT: Form = {
  what: 'an instant',
  fits: (value) => typeof value === 'number' && value > 0 && value < 1e14,
}

export const ROR = ofText('a ROR id', (text) => normaliseRor(text) !== null)
export const DOI = ofText('a DOI', (text) => normaliseIdentifier('doi', text) !== null)

export const LANGUAGE = ofText(
  'a known language',
  (text) => isOfNone(text) || languageTag(text) !== null,
)

export const SCORE: Form = {
  what: 'a score from 0 to 1',
  fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
}

/** One of some words. */
export const oneOf = (words: readonly string[]): Form =>
  ofText('a known value', (text) => words.includes(text.toLowerCase()))

/** Any of several forms. */
export const either = (...forms: Form[]): Form => ({
  what: forms.map(({ what }) => what).join(' or '),
  fits: (value) => forms.some((form) => form.fits(value)),
})

export const LIST: Form = { what: 'a list', fits: Array.isArray }

export const OBJECT: Form = {
  what: 'an object',
  fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
