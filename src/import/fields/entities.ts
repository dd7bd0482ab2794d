import { decodeHTMLStrict } from 'entities'

/** An HTML entity whose characters may be escaped for LaTeX: `&lt;`, `\&lt;`, `{\&}lt;`, `\&\#233;`. */
const ENTITY = /(?<!\\)(?:\{\\&\}|\\?&)((?:\\?#(?:\d{1,7}|x[\da-f]{1,6}))|[a-z][a-z\d]{1,30});/gi

/** Entity of a letter, also without its semicolon, which programs mistake for a separator of names: `Kr&uumlger`. */
const LETTER =
  /(?<!\\)&(?:amp;)?([A-Za-z](?:acute|grave|circ|uml|tilde|ring|cedil|slash|caron)|szlig|[Aa][Ee]lig)(?:;|(?=[^;]|$))/g

/** Replaces entities of letters, also where their semicolon is missing. */
export const withLetters = (text: string): string =>
  text.includes('&')
    ? text.replace(LETTER, (whole, name: string) => {
        const letter = decodeHTMLStrict(`&${name};`)
        return letter.length === 1 ? letter : whole
      })
    : text

/** LaTeX commands for characters with a meaning in LaTeX. */
const COMMANDS: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

/**
 * Replaces HTML entities in LaTeX that programs escaped: entities of letters become the letters, others lose the backslash. Otherwise
 * LaTeX would read the rest of an entity as an accent (`\&quot;M` as `\"M`) or drop it.
 */
export const entitiesInLatex = (text: string): string =>
  text.includes('&')
    ? withLetters(text).replace(ENTITY, (whole, escaped: string) => {
        const entity = `&${escaped.replace('\\', '')};`
        const sign = decodeHTMLStrict(entity)
        if (sign === entity) return whole
        return COMMANDS[sign] ?? (/^\p{L}+$/u.test(sign) ? sign : entity)
      })
    : text
