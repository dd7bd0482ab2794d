import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pick } from 'es-toolkit'
import { aclIdOf } from '../import/sources/acl-volume.ts'
import { E_MAIL } from './build.ts'
import { INSTITUTION_RORS } from './institutions.ts'

/**
 * Papers of the ACL, under CC BY 4.0, that are in none of the lists: retracted, corrected, or not in English. Without them the sample
 * would have one retraction, no correction and no other language.
 */
export const ADDED = [
  ...['2020.acl-main.563', '2020.wmt-1.65', '2021.acl-long.222', '2023.wassa-1.56'],
  ...['P18-1188', 'D19-1149', '2021.emnlp-main.41', '2024.figlang-1.4'],
  ...['2022.udfestbr-1.1', '2022.udfestbr-1.3'],
  ...['2023.udfestbr-1.2', '2023.udfestbr-1.7', '2023.udfestbr-1.9'],
]

/** Facts that the lists do not state. A paper without any is left out. */
const FACT = /<(?:revision|erratum|retracted|removed|award|attachment|language)[\s>]/

/** Former names in ROR's records that belong to other institutions today, and would match their affiliations. */
const OTHERS = new Set([
  "King's College",
  'University of Illinois',
  'Columbia College',
  'College of New Jersey',
  'University of Malaya',
  'Universiti Kebangsaan Singapura',
  'King Edward VII College of Medicine',
])

const pathOf = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

interface Entry {
  id: unknown
  site?: unknown
}

/** Extracts parts of the Anthology's collections that add to the lists: unchanged elements, without abstracts that the lists have. */
export function buildAnthology(folder: string): string {
  const lists = gunzipSync(readFileSync(pathOf('acl-pmlr.json.gz'))).toString('utf8')
  const held = new Set((JSON.parse(lists) as Entry[]).map(({ id }) => String(id)))
  const wanted = [...held].filter((id) => /^\d{4}\.[\w-]+\.\d+$/.test(id))
  const collections = new Set([...wanted, ...ADDED].map((id) => id.split('-')[0] ?? ''))
  const parts = [...collections].sort().flatMap((collection) => {
    const file = join(folder, `${collection}.xml`)
    return existsSync(file) ? volumesOf(collection, readFileSync(file, 'utf8'), held) : []
  })
  const text = `<?xml version='1.0' encoding='UTF-8'?>\n<anthology>\n${parts.join('\n')}\n</anthology>\n`
  if (E_MAIL.test(text)) throw new Error(`an e-mail address was left: ${E_MAIL.exec(text)?.[0]}`)
  return text
}

function volumesOf(collection: string, xml: string, held: ReadonlySet<string>): string[] {
  const volumes = [...xml.matchAll(/(<volume\s[^>]*\bid="([^"]+)"[^>]*>)(.*?)<\/volume>/gs)]
  const kept = volumes.flatMap(([, tag = '', volume = '', content = '']) => {
    const meta = /<meta>.*?<\/meta>/s.exec(content)?.[0] ?? ''
    const idOf = (number: string) => aclIdOf({ collection, id: volume }, number)
    const papers = papersOf(content, idOf, held)
    return papers.length === 0
      ? []
      : [[tag, withoutEditors(meta), ...papers, '</volume>'].join('\n')]
  })
  return kept.length === 0 ? [] : [`<collection id="${collection}">`, ...kept, '</collection>']
}

function papersOf(
  content: string,
  idOf: (number: string) => string,
  held: ReadonlySet<string>,
): string[] {
  return [...content.matchAll(/<paper\s[^>]*?\bid="(\d+)".*?<\/paper>/gs)].flatMap(
    ([paper, number = '']) => {
      const id = idOf(number)
      if (ADDED.includes(id)) return [paper]
      return held.has(id) && FACT.test(paper)
        ? [paper.replace(/\s*<abstract>.*?<\/abstract>/s, '')]
        : []
    },
  )
}

const withoutEditors = (meta: string) => meta.replace(/\s*<editor>.*?<\/editor>/gs, '')

/** An organisation of ROR, in schema 2 or 1. */
type Organisation = Record<string, unknown> & {
  id: string
  names?: { value: string }[]
  locations?: { geonames_details: { country_code: string } }[]
}

/** Fields of an organisation that the importer reads. */
const FIELDS = 'id status domains links name aliases acronyms labels country'.split(' ')

/** Extracts the institutions of the sample from ROR's data dump (a JSON array). */
export function buildInstitutions(dump: string): string {
  const all = JSON.parse(readFileSync(dump, 'utf8')) as Organisation[]
  const chosen = INSTITUTION_RORS.map((ror) => {
    const found = all.find(({ id }) => id.endsWith(`/${ror}`))
    if (!found) throw new Error(`ROR's data has no ${ror}`)
    const { names, locations } = found
    const country = ({ geonames_details: { country_code } }: NonNullable<typeof locations>[0]) => ({
      geonames_details: { country_code },
    })
    return {
      ...pick(found, FIELDS),
      ...(names && { names: names.filter(({ value }) => !OTHERS.has(value)) }),
      ...(locations && { locations: locations.map(country) }),
    }
  })
  return `[\n${chosen.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`
}

function main(): void {
  const [folder, dump] = process.argv.slice(2)
  if (folder === undefined || dump === undefined) {
    console.error('Usage: npm run sample:registers -- <data/xml of the Anthology> <ROR data.json>')
    process.exitCode = 2
    return
  }
  for (const [name, text] of Object.entries({
    'acl-anthology.xml.gz': buildAnthology(folder),
    'ror.json.gz': buildInstitutions(dump),
  })) {
    const file = gzipSync(text, { level: 9 })
    writeFileSync(pathOf(name), file)
    console.log(`${name}: ${file.length} bytes`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
