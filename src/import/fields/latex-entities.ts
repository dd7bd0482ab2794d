import { decodeHTMLStrict } from 'entities'

/** An entity of HTML whose signs may be escaped for LaTeX: `&lt;`, `\&lt;`, `{\&}lt;`, `\&\#233;`. */
const ENTITY = /(?<!\\)(?:\{\\&\}|\\?&)((?:\\?#(?:\d{1,7}|x[\da-f]{1,6}))|[a-z][a-z\d]{1,30});/gi

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
    ? text.replace(ENTITY, (whole, escaped: string) => {
        const entity = `&${escaped.replace('\\', '')};`
        const sign = decodeHTMLStrict(entity)
        if (sign === entity) return whole
        return COMMANDS[sign] ?? (/^\p{L}+$/u.test(sign) ? sign : entity)
      })
    : text
