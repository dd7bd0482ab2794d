const STRING = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/.source
const TOKEN = new RegExp(`${STRING}|\\b(?:True|False|None)\\b`, 'gs')
const WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null' }

/** Parses a Python dictionary written as text (`{'a': None}`) where JSON has an object. Any other value is returned as it is. */
export function fromPython(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\{\s*['"]/.test(value)) return value
  try {
    return JSON.parse(value.replace(TOKEN, (token) => WORDS[token] ?? stringOf(token)))
  } catch {
    return value
  }
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

function stringOf(token: string): string {
  const text = token
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gis,
      (_, x, u, long, other) => {
        const code = x ?? u ?? long
        return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (ESCAPES[other] ?? other)
      },
    )
  return JSON.stringify(text)
}
