import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

/** Public data, read by separate code: nothing of `src` is used here. */
export const DATA = new URL('../../../shared/data/', import.meta.url)
export const hasData = () => existsSync(new URL('er/hard-pairs.json', DATA))

const read = (name) => {
  const bytes = readFileSync(new URL(name, DATA))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
/** The names of all lists, such as `acl2022`. */
export const listNames = () =>
  readdirSync(new URL('paperlists/', DATA))
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => name.slice(0, -'.json.gz'.length))
    .sort()
export const listOf = (name) => JSON.parse(read(`paperlists/${name}.json.gz`).toString())

/** A record in paperql's own format, which needs no interpretation by importers. */
export function record(source, key, over) {
  return {
    ...{ abstract: null, published: null, eventYear: null, language: null, isRetracted: false },
    ...{ landingUrl: null, pdfUrl: null, citationCount: null, identifiers: [], authors: [] },
    ...{ venue: null, topics: [], repositories: [], source, key, licence: null, title: '' },
    ...{ kind: 'other', ...over },
  }
}
const people = (names) => names.map((name) => ({ name, identifiers: [], affiliation: null }))
const yearOf = (year) =>
  /^\d{4}/.test(year ?? '')
    ? { published: { on: `${year.slice(0, 4)}-01-01`, precision: 'year' } }
    : {}
const venueOf = (name, kind = 'other') =>
  name ? { venue: { slug: slugOf(name), name, acronym: null, kind } } : {}
const slugOf = (name) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60) || 'x'
const doiOf = (text) => {
  const value = /10\.\d{4,9}\/\S+/.exec(text ?? '')?.[0].toLowerCase()
  return value ? { identifiers: [{ scheme: 'doi', value: value.replace(/[.,;]+$/, '') }] } : {}
}
const placeOf = (fields) => {
  const publication = Object.fromEntries(Object.entries(fields).filter(([, value]) => value))
  return Object.keys(publication).length > 0 ? { publication } : {}
}

/** The pairs of bib-dedupe with the expected result. */
export function hardPairs() {
  const kinds = { article: 'journal_article', inproceedings: 'conference_paper' }
  const one = (r, key) =>
    record('pairs', key, {
      title: r.title,
      kind: kinds[r.ENTRYTYPE] ?? 'other',
      abstract: r.abstract ?? null,
      authors: people(
        (r.author ?? '')
          .split(/ and |;/)
          .map((name) => name.trim())
          .filter(Boolean),
      ),
      ...yearOf(r.year),
      ...venueOf(r.journal ?? r.booktitle, r.journal ? 'journal' : 'conference'),
      ...doiOf(r.doi),
      ...placeOf({ volume: r.volume, number: r.number, pages: r.pages }),
    })
  return JSON.parse(read('er/hard-pairs.json').toString()).cases.map((pair, i) => ({
    records: [one(pair.record_a, `${i}/a`), one(pair.record_b, `${i}/b`)],
    isOne: pair.expected_duplicate,
    id: pair.id,
  }))
}

/** DBLP and ACM, and the pairs of rows that are one paper. */
export function dblpAcm() {
  // Decoded as UTF-8 if it is valid.
  const textOf = (name) => {
    const text = new TextDecoder('utf-8').decode(read(`er/${name}`))
    return text.includes('\ufffd') ? new TextDecoder('latin1').decode(read(`er/${name}`)) : text
  }
  const rows = (name) => parse(textOf(name), { columns: true, relax_quotes: true, bom: true })
  const one = (source) => (row) =>
    record(source, `${source}/${row.id}`, {
      title: row.title,
      authors: people(
        row.authors
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      ),
      ...yearOf(row.year),
      ...venueOf(row.venue),
    })
  const truth = parse(read('er/DBLP-ACM_perfectMapping.csv'), { columns: ['dblp', 'acm'] })
  return {
    dblp: rows('DBLP2.csv').map(one('dblp')),
    acm: rows('ACM.csv').map(one('acm')),
    truth: new Set(truth.map(({ dblp, acm }) => `dblp/${dblp} acm/${acm}`)),
  }
}

const inside = (xml, tag) =>
  [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, x]) => x)
const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', '#xD': ' ' }
const plain = (xml = '') =>
  xml
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|apos|amp|#xD);/g, (_, name) => ENTITIES[name])
    .trim()

/** A systematic review in EndNote's format; `duplicates` are the keys of records with a duplicate. */
export function review(name) {
  const duplicates = new Set()
  const records = inside(read(`er/${name}.xml.gz`).toString(), 'record').map((xml, i) => {
    const text = (tag) => plain(inside(xml, tag)[0])
    const key = `${name}/${i}`
    if (/dup/i.test(text('caption'))) duplicates.add(key)
    const journal = text('secondary-title') || text('full-title')
    return record('review', key, {
      title: plain(inside(inside(xml, 'titles')[0] ?? '', 'title')[0]),
      kind: /<ref-type name="Journal/.test(xml) ? 'journal_article' : 'other',
      abstract: text('abstract') || null,
      authors: people(
        inside(inside(xml, 'authors')[0] ?? '', 'author')
          .map(plain)
          .filter(Boolean),
      ),
      ...yearOf(text('year')),
      ...venueOf(journal, 'journal'),
      ...doiOf(text('electronic-resource-num')),
      ...placeOf({ volume: text('volume'), number: text('number'), pages: text('pages') }),
    })
  })
  return { records, duplicates }
}
