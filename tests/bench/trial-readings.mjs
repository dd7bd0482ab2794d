import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

/** Readers of the data without any code of `src`, so that a fault there shows. */

/** All files of the folder except its descriptions, by path, as a user would name them. */
export const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

/**
 * The content of a file: each entry with its title (null if it has none) and its id there, if any; and the `part` of the catalogue's
 * records that must contain them. Null for files without papers.
 */
export function readingOf(path, folder) {
  const inside = relative(folder, path)
  const [pattern, read] = READERS.find(([known]) => known.test(inside)) ?? []
  if (!pattern) return null
  const name = basename(path).replace(/\.gz$/, '')
  const { source, entries } = read(textOf(path), name)
  return { part: partNamed(source, name), entries }
}

/** If records of one source are in different lists, or have the same ids in different files, the part distinguishes them. */
export function partOf({ source, key }) {
  return partNamed(source, key.split('/', 1)[0])
}

function partNamed(source, name) {
  if (source === 'paperlists') return `${source} ${/\d{4}/.exec(name)?.[0]}`
  return LIBRARIES.has(source) ? `${source} ${name}` : source
}

const LIBRARIES = new Set(['bibtex', 'ris', 'csv', 'endnote-xml', 'csl-json'])

/** The ids that identify an entry as the record with this key. */
export const idOf = ({ source, key }) =>
  LIBRARIES.has(source) ? key.split('/').slice(1, -1).join('/') : key

/** A title without format-specific differences: marks, commands, entities, case, accents. */
export const titleKey = (title) =>
  title
    .replace(/<\/?[a-z][^<>]*>|&[a-z]+;|&#x?[\da-f]+;/gi, '')
    .replace(/\\[a-z]+/gi, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

function textOf(path) {
  const bytes = readFileSync(path)
  const plain = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  // A UTF-8 file may contain U+FFFD from its source.
  return new TextDecoder(isUtf8(plain) ? 'utf-8' : 'latin1').decode(plain)
}

const titled = (title) => ({ title: typeof title === 'string' ? title.trim() || null : null })
const all = (source, entries) => ({ source, entries })

const READERS = [
  [
    /^paperlists\//,
    (text) =>
      all(
        'paperlists',
        JSON.parse(text).map(({ title }) => titled(title)),
      ),
  ],
  [/^hf-daily\//, (text) => all('hf-daily', hfDaily(JSON.parse(text)))],
  [/^cv-arxiv-daily\.json/, (text) => all('cv-daily', cvDaily(JSON.parse(text)))],
  [/^hf-papers-listing\.txt$/, (text) => all('hf-listing', hfListing(text))],
  [/\.bib(\.gz)?$/, (text) => all('bibtex', bibtex(text))],
  [/\.ris$/, (text) => all('ris', ris(text))],
  [/\.atom$/, (text) => all('arxiv-atom', elements(text, 'entry').map(titleElement))],
  [
    /^er\/.*\.xml(\.gz)?$/,
    (text) => all('endnote-xml', elements(text, 'record').map(titleElement)),
  ],
  [/^er\/(ACM|DBLP2)\.csv$/, (text) => all('csv', table(text))],
  [/^formats\/cr_.*\.json$/, (text) => all('crossref', crossref(JSON.parse(text)))],
  [/^formats\/oa_.*\.json$/, (text) => all('openalex', [titled(JSON.parse(text).title)])],
  [/^formats\/s2_.*\.json$/, (text) => all('s2', s2(JSON.parse(text)))],
]

/** Some days contain Python's notation, in which the id comes first. */
function hfDaily(day) {
  const entries = Array.isArray(day) ? day : day.data
  return entries.map((entry) => {
    if (typeof entry !== 'string') return { ...titled(entry.title), id: entry.paper?.id }
    const title = [...entry.matchAll(/'title': (['"])(.*?)\1, '/g)].at(-1)?.[2]
    return { ...titled(title), id: /^\{'paper': \{'id': '([^']+)'/.exec(entry)?.[1] }
  })
}

const cvDaily = (topics) =>
  Object.entries(topics).flatMap(([topic, rows]) =>
    Object.entries(rows).map(([id, row]) => ({
      ...titled(row.split('|')[2]),
      id: `${topic}/${id.replace(/v\d+$/, '')}`,
    })),
  )

/** Two lines of a banner, then title and abstract in turn. */
function hfListing(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines
    .slice(2)
    .filter((_, i) => i % 2 === 0)
    .map((title, i) => titled(i === 0 ? title.replace(/^Subscribe/, '') : title))
}

/** Entries that are not papers have no title here: sets of entries, and journals. */
const bibtex = (text) =>
  text
    .split(/^[ \t]*@(?=[a-z]+[ \t]*[{(])/im)
    .slice(1)
    .filter((entry) => !/^(string|preamble|comment)\b/i.test(entry))
    .map((entry) => ({
      ...titled(
        /^(set|xdata|periodical)\b/i.test(entry)
          ? null
          : /[\s,{]title\s*=\s*["{]+([^\n]*)/i.exec(entry)?.[1],
      ),
      id: /^[a-z]+\s*[{(]\s*([^\s,]+)/i.exec(entry)?.[1],
    }))

const ris = (text) =>
  text
    .split(/^\ufeff?TY {1,2}- /m)
    .slice(1)
    .map((entry) => titled(/^(?:TI|T1|TT) {1,2}- (.*)$/m.exec(entry)?.[1]))

const elements = (xml, tag) =>
  [...xml.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, x]) => x)

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** The text of the first title; its markup may be in entities. */
const titleElement = (xml) =>
  titled(
    elements(xml, 'title')[0]
      ?.replace(/<[^>]+>/g, '')
      .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name]),
  )

const table = (text) =>
  parse(text, { columns: true, relax_quotes: true, bom: true }).map(({ id, title }) => ({
    ...titled(title),
    id,
  }))

const crossref = ({ message }) =>
  message.items.map(({ DOI, title }) => ({ ...titled(title?.[0]), id: DOI?.toLowerCase() }))

const s2 = ({ data }) =>
  data
    .map((entry) => entry.citingPaper ?? entry.citedPaper ?? entry)
    .map(({ paperId, title }) => ({ ...titled(title), id: paperId ?? undefined }))
