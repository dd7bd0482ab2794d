/**
 * Reports phrases at which a reader stumbles, with alternatives: `node tests/language.mjs [files or folders]`. Reads the schema, every
 * README, and the comments and messages of src and tests. A text that must stay is listed in ALLOWED with its reason.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Phrases to avoid, with alternatives. */
const BANNED = [
  [/, the most (?:allowed|that (?:is|are) read)\b/, 'the limit of …'],
  [/\bof a thing of type\b/, 'of type'],
  [/\bborne with\b/, 'tolerated'],
  [/\bjust what was typed\b/, 'exact matches rank first'],
  [/\b(?:what|as) (?:is|was) typed\b/, 'say what the text is, such as "the search text"'],
  [/\bwhat hangs on (?:it|them)\b/, 'say what depends on it'],
  [/\bwhat (?:it is|they are|it was|they were) made of\b/, 'name the parts'],
  [/\b(?:is|are|was|were) told (?:by|of|in|to|as)\b/, 'reported, shown, listed'],
  [/\btells of\b/, 'describes, reports'],
  [/\btells the (?:place|position)\b/, 'reports the position'],
  [/\b(?:tells|told) more\b/, 'find details in …; Run paperql --help for usage.'],
  [/\bas it says\b/, 'say which'],
  [/\bno longer than a source says so\b/, 'only while a source asserts it'],
  [/\bmay have been meant\b/, 'spell-corrected'],
  [/\b(?:gone|goes|go) on with\b/, 'resume, continue'],
  [/\bin (?:a|one) piece\b(?! of)/, 'uninterrupted, whole'],
  [/\b(?:is|are) no more[.,:;]/, 'is deleted'],
  [/\bonce it is whole\b/, 'atomically, complete'],
  [/\btakes less\b/, 'is cheaper'],
  [/\bis no reference\b/, 'is not a reference'],
  [/\bas many that is\b/, 'say the quantity'],
  [/\bby which values\b/, 'facet counts'],
  [/\bknew it no more\b/, 'not found'],
  [/\bstands? so\b/, 'in this state'],
  [/\bholds? instead of\b/, 'overrides'],
  [/\btaken up \d/, 'resumed'],
  [/\bso many\b(?! (?:as|times|rows|that|of the))/, 'say the number or limit'],
  [/\bsuch of them as\b/, 'those that'],
  [/\bby way of\b/, 'by, through'],
  [/\btyped into a search box\b/, 'autocomplete'],
  [/\bis no obstacle\b/, 'is tolerated'],
  [/\bto who(?:ever)? sends\b/, 'to clients that send'],
  [/\bis whom to name\b/, 'lists the sources to credit'],
  [/\bknow better than rules\b/, 'override the rules by hand'],
  [/\blost on the way\b/, 'dropped'],
  [/\bwhat is there already\b/, 'existing papers'],
  [/\bhow far imports? came\b/, 'progress of imports'],
  [/\bbegin(?:s)? anew\b/, 'start over'],
  [/\b(?:come|came|comes) to its end\b/, 'finish'],
  [/\bNo file is called\b/, 'No files match'],
  [/" is no [a-z]/, 'Unknown …, or "is not a …"'],
  [/\}\s?is no [a-z]/, 'is not a'],
  [/\bhas no other end\b/, 'exits when stopped'],
  [/\bbefore it was kept\b/, 'before this was recorded'],
]

/** Texts that keep a phrase: the file, a part of the text, and the reason. */
const ALLOWED = []

const PATTERNS = [
  ...['schema.graphql', 'README.md', '.env.example', 'src/**/*.{ts,mjs,md}'],
  'tests/**/*.{ts,mjs,md}',
]
const IGNORED = ['**/node_modules/**', 'tests/language.mjs', 'tests/fixtures/**', '**/results/**']

/** The text with each line end and the marks around it as one space, and the offset at which each line begins. */
function joined(text) {
  const starts = []
  let whole = ''
  for (const line of text.split('\n')) {
    starts.push(whole.length)
    whole += `${line.trim().replace(/^(?:\/\/|\*|\/\*\*|#)\s?/, '')} `
  }
  return { whole, starts }
}

function lineAt(starts, offset) {
  let line = starts.findIndex((start) => start > offset)
  if (line < 0) line = starts.length
  return line
}

function findIn(file) {
  const { whole, starts } = joined(readFileSync(`${ROOT}${file}`, 'utf8'))
  return BANNED.flatMap(([pattern, instead]) =>
    [...whole.matchAll(new RegExp(pattern, `gi`))].flatMap(({ index, 0: phrase }) => {
      const text = whole.slice(Math.max(0, index - 40), index + phrase.length + 40).trim()
      const isAllowed = ALLOWED.some(([path, part]) => path === file && text.includes(part))
      return isAllowed ? [] : [{ file, line: lineAt(starts, index), phrase, text, instead }]
    }),
  ).sort((a, b) => a.line - b.line)
}

const wanted = process.argv.slice(2).map((path) => relative(ROOT, path))
const files = globSync(PATTERNS, { cwd: ROOT, ignore: IGNORED, dot: true })
  .filter((file) => wanted.length === 0 || wanted.some((path) => file.startsWith(path)))
  .sort()
const found = files.flatMap(findIn)
for (const { file, line, phrase, text, instead } of found)
  console.log(`${file}:${line}: "${phrase}": ${instead}\n    … ${text} …`)
console.log(
  found.length === 0
    ? `${files.length} files: plain`
    : `${found.length} phrases in ${new Set(found.map(({ file }) => file)).size} of ${files.length} files`,
)
process.exitCode = found.length === 0 ? 0 : 1
