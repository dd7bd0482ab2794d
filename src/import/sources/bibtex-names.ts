import { accentsToUnicode, latexToText } from '../fields/latex.ts'
import { isName, isSuffix, nameOfParts } from '../fields/names.ts'
import { cleanText } from '../input/outcome.ts'

/**
 * The names of a byline of BibTeX, in order: separated by `and`, family name first where there is a comma, groups in braces.
 * Bylines that are separated by semicolons or commas only, as people write them by mistake, are read, too.
 */
export function namesInBibtex(byline: string): string[] {
  return separate(byline.replace(/\s+/g, ' ').trim()).flatMap((printed) => nameOf(printed) ?? [])
}

function separate(byline: string): string[] {
  const people = splitOutside(byline, /(?:^|\s)and(?=\s|$)/gi)
  if (people.length > 1) return people.flatMap((part) => listIn(part) ?? [part])
  const bySemicolon = splitOutside(byline, /;/g)
  if (bySemicolon.length > 1 && !byline.includes('&')) return bySemicolon
  return listIn(byline) ?? people
}

/** Three or more whole names between commas, as in `Ann Bee, Carl Dee, Eve Fox and Guy Hay`; null for a single name. */
function listIn(byline: string): string[] | null {
  const parts = splitOutside(byline, /,/g).map((part) => part.trim())
  const areWhole = parts.every((part) => /^[\p{Lu}{\\]\S*\s+\S/u.test(part) && !isSuffix(part))
  return parts.length > 2 && areWhole ? parts : null
}

function nameOf(printed: string): string | null {
  const text = printed.trim()
  // `{NASA and ESA}` is one name, in its order.
  if (/^\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}$/.test(text)) return named(text)
  if (/\b(?:family|given)\s*=/.test(text)) return nameOfNamedParts(text)
  const [family = '', ...rest] = splitOutside(text, /,/g).map(plain)
  if (rest.length === 0) return named(text)
  const given = rest.at(-1) ?? ''
  const middle = rest.length > 1 ? (rest[0] ?? '') : ''
  // BibTeX's order is `Last, Jr., First`; files also have `Last, First, Jr.`.
  const [first, suffix] = isSuffix(given) && middle !== '' ? [middle, given] : [given, middle]
  return nameOfParts({ family, given: first, suffix })
}

function named(text: string): string | null {
  const name = plain(text)
  return name === '' || !isName(name) ? null : nameOfParts({ family: name, given: '' })
}

/** `family=Duchamp, given=Philippe, prefix=du`, as BibLaTeX has it. */
function nameOfNamedParts(text: string): string | null {
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
  return nameOfParts({
    ...{ family: part('family'), given: part('given') },
    ...{ particle: part('prefix'), suffix: part('suffix') },
  })
}

/** Programs escape the backslash of an accent: no name has one in it. */
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
