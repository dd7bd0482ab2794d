import { accentsToUnicode, latexToText } from '../fields/latex.ts'
import { cleanText } from '../input/outcome.ts'
import { type BylineForm, namesInByline } from '../names/byline.ts'
import { isName, isSuffix, personOfParts, type StatedName } from '../names/names.ts'
import { withMeantAccents } from '../names/strays.ts'

/**
 * Reads the names of a BibTeX byline, in order: separated by `and`, family name first if there is a comma, groups in braces. Names
 * that people separate by semicolons or commas are read too, and reported in `lost`.
 */
export function namesInBibtex(byline: string, lost: string[]): StatedName[] {
  const text = withMeantAccents(byline.replace(/\s+/g, ' ').trim(), lost)
  return namesInByline(text, FORM, lost).flatMap((printed) => nameOf(printed, lost) ?? [])
}

const FORM: BylineForm = {
  ...{ split: splitOutside, plain, isInverted: true, isAndSeparator: true },
  isOneName: hasNamedParts,
}

function nameOf(printed: string, lost: string[]): StatedName | null {
  const text = printed.trim()
  // `{NASA and ESA}` is one name, in the order of its words.
  if (/^\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}$/.test(text)) return named(text)
  if (hasNamedParts(text)) return nameOfNamedParts(text)
  const [family = '', ...rest] = splitOutside(text, /,/g).map(plain)
  if (rest.length === 0) return inOrder(text)
  const given = rest.at(-1) ?? ''
  const middle = rest.length > 1 ? (rest[0] ?? '') : ''
  // BibTeX's order is `Last, Jr., First`; files also have `Last, First, Jr.`.
  const [first, suffix] = isSuffix(given) && middle !== '' ? [middle, given] : [given, middle]
  return personOfParts({ family, given: first, suffix }, lost)
}

/** Reads a name in spoken order. Braces may mark several words as the family name: `Andrea {Cozzi Lepri}`. */
function inOrder(text: string): StatedName | null {
  const [, given = '', family = ''] =
    /^([^{}]*(?:\{[^{}\s]*\}[^{}]*)*)\s\{((?:[^{}]|\{[^{}]*\})+)\}$/.exec(text) ?? []
  return /\s/.test(family) && given.trim() !== ''
    ? personOfParts({ family: plain(family), given: plain(given) })
    : named(text)
}

function named(text: string): StatedName | null {
  const name = plain(text)
  return name === '' || !isName(name) ? null : personOfParts({ family: name, given: '' })
}

function hasNamedParts(text: string): boolean {
  return /\b(?:family|given)\s*=/.test(text)
}

/** Reads a name in BibLaTeX's notation `family=Duchamp, given=Philippe, prefix=du`. */
function nameOfNamedParts(text: string): StatedName | null {
  const parts = new Map(
    splitOutside(text, /,/g).map((part) => {
      const at = part.indexOf('=')
      return [
        part.slice(0, at).trim().toLowerCase(),
        plain(part.slice(at + 1).replace(/^\s*"|"\s*$/g, '')),
      ]
    }),
  )
  const part = (name: string) => parts.get(name) ?? ''
  return personOfParts({
    family: [part('prefix'), part('family')].filter(Boolean).join(' '),
    ...{ given: part('given'), suffix: part('suffix') },
  })
}

/** Converts LaTeX to text, also if programs escaped the backslash of an accent, since names do not contain backslashes. */
function plain(text: string): string {
  const read = latexToText(text)
  const name = read.includes('\\') ? accentsToUnicode(read.replaceAll('ı', 'i')) : read
  return cleanText(name) ?? ''
}

/** Splits at separators outside braces. */
function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = []
  let from = 0
  for (const match of text.matchAll(separator)) {
    const before = text.slice(from, match.index)
    const opened = (before.match(/(?<!\\)\{/g) ?? []).length
    if (opened !== (before.match(/(?<!\\)\}/g) ?? []).length) continue
    parts.push(before)
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}
