import { decodeHTMLStrict } from 'entities'

/** An entity of HTML whose signs may be escaped for LaTeX: `&lt;`, `\&lt;`, `{\&}lt;`, `\&\#233;`. */
const ENTITY = /(?<!\\)(?:\{\\&\}|\\?&)((?:\\?#(?:\d{1,7}|x[\da-f]{1,6}))|[a-z][a-z\d]{1,30});/gi

/** Of a letter with an accent, whose semicolon programs take for what separates names: `Kr&uumlger`. */
const LETTER =
  /(?<!\\)&(?:amp;)?([A-Za-z](?:acute|grave|circ|uml|tilde|ring|cedil|slash|caron)|szlig|[Aa][Ee]lig)(?:;|(?=[^;]|$))/g

/** A text with its entities of letters, also where their semicolon is missing. */
export const withLetters = (text: string): string =>
  text.includes('&')
    ? text.replace(LETTER, (whole, name: string) => {
        const letter = decodeHTMLStrict(`&${name};`)
        return letter.length === 1 ? letter : whole
      })
    : text

/** Signs that LaTeX would read as its own, as commands. */
const COMMANDS: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

/**
 * LaTeX with the entities of HTML that programs escaped: letters become themselves, others entities without a backslash. What is
 * left of one in LaTeX would be an accent, as `\&quot;M` is `\"M`, or nothing.
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
