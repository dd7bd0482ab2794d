/** A GraphQL example of a README, with the position of its printed answer. */
export interface Example {
  line: number
  /** The imports in the README since the previous example. */
  imports: { format: string; text: string }[]
  query: string
  /** Whether it needs the demonstration data. */
  isOnDemo: boolean
  variables: Record<string, unknown>
  /** The printed answer; undefined if the README prints none. */
  printed: unknown
  /** The start and the end of the printed answer. */
  start: number
  end: number
}

const BLOCK = /^```(graphql|json variables|json|sh)\n([\s\S]*?)^```$/gm

/** A record that is written out in a shell command: the examples below have it in the catalogue. */
const IMPORT = /^echo '([^']*)' \|\s+npm run paperql -- import (\S+) -$/m

const NOTHING_PRINTED = { variables: {}, printed: undefined, start: 0, end: 0 }

/** A shell command that starts a server with demonstration data, for the examples up to the next heading. */
const DEMO = /^PAPERQL_SAMPLE=demo /m

/** Finds blocks of `graphql`, each with the directly following blocks of `json variables` and `json`. */
export function examplesOf(markdown: string): Example[] {
  const examples: Example[] = []
  let imports: Example['imports'] = []
  let last = -1
  let demoFrom = -1
  for (const { 0: whole, 1: kind, 2: body = '', index } of markdown.matchAll(BLOCK)) {
    const example = examples.at(-1)
    const follows = last >= 0 && markdown.slice(last, index).trim() === ''
    last = index + whole.length
    if (kind === 'sh') {
      const [, text, format] = IMPORT.exec(body) ?? []
      if (DEMO.test(body)) demoFrom = index
      if (text !== undefined && format !== undefined) imports.push({ format, text })
      last = -1
    } else if (kind === 'graphql') {
      const line = markdown.slice(0, index).split('\n').length
      const isOnDemo = demoFrom >= 0 && !/^#/m.test(markdown.slice(demoFrom, index))
      examples.push({ ...NOTHING_PRINTED, line, imports, query: body, isOnDemo })
      imports = []
    } else if (!example || !follows) last = -1
    else if (kind === 'json variables') example.variables = JSON.parse(body)
    else {
      const start = index + whole.indexOf('\n') + 1
      Object.assign(example, { printed: JSON.parse(body), start, end: start + body.length })
      last = -1
    }
  }
  return examples
}

/** Inserts each answer at its place in the README. */
export function withAnswers(markdown: string, answers: { of: Example; answer: unknown }[]): string {
  let text = markdown
  for (const { of, answer } of answers.toReversed()) {
    if (of.printed === undefined) continue
    text = `${text.slice(0, of.start)}${print(elide(answer, of.printed))}\n${text.slice(of.end)}`
  }
  return text
}

const MORE = '…'

/**
 * The answer, shortened like the printed one: a text that ends with "…" is the start of a longer one, and a last entry "…" of a list is any
 * number of further entries.
 */
export function elide(answer: unknown, printed: unknown): unknown {
  if (typeof answer === 'string' && typeof printed === 'string')
    return printed.endsWith(MORE) && answer.startsWith(printed.slice(0, -1)) ? printed : answer
  if (Array.isArray(answer) && Array.isArray(printed)) {
    const isCut = printed.at(-1) === MORE && answer.length >= printed.length
    const kept = isCut ? answer.slice(0, printed.length - 1) : answer
    return [...kept.map((entry, i) => elide(entry, printed[i])), ...(isCut ? [MORE] : [])]
  }
  if (isRecord(answer) && isRecord(printed)) {
    const entries = Object.entries(answer).map(([key, value]) => [key, elide(value, printed[key])])
    return Object.fromEntries(entries)
  }
  return answer
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const WIDTH = 100

/** JSON in which everything that fits on a line is on one line. */
function print(value: unknown, indent = '', before = 0): string {
  const short = inline(value)
  if (indent !== '' && before + short.length < WIDTH) return short
  if (typeof value !== 'object' || value === null) return short
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    const lines = value.map((entry) => deeper + print(entry, deeper, deeper.length))
    return value.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`
  }
  const lines = Object.entries(value).map(([key, entry]) => {
    const name = `${deeper}${JSON.stringify(key)}: `
    return name + print(entry, deeper, name.length)
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([key, entry]) => `${JSON.stringify(key)}: ${inline(entry)}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
