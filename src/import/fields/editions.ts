import {
  type Conference,
  findConference,
  findConferenceNamed,
} from '../../domain/venues/conferences.ts'

const ACL_LICENCE = { id: 'CC-BY-4.0', since: 2016 }
const PMLR_LICENCE = { id: 'CC-BY-4.0', since: 2022 }

/** Licence of the metadata of a conference, by its code, and the first year under this licence. */
const LICENCES: Record<string, { id: string; since: number }> = {
  ...{ acl: ACL_LICENCE, naacl: ACL_LICENCE, coling: ACL_LICENCE, emnlp: ACL_LICENCE },
  ...{ eacl: ACL_LICENCE, aistats: PMLR_LICENCE },
}

export interface Edition {
  conference: Conference
  year: number
}

/**
 * Reads the conference and year in the name of a file: `iclr2018.json.gz`, `3dv2025.json`, `cvpr-2019 (1).json`, `2024_midl.json`,
 * `iclr2024-workshops.json`, or `iclr/2018.json`. An unknown conference gets the text beside the year as its name. Null when the name
 * has no year, or only a year.
 */
export function editionOfFile(path: string): Edition | null {
  const parts = path.split(/[\\/]/)
  const name = parts.at(-1) ?? ''
  const [, before = '', year = '', after = ''] =
    /^(.*?)[-_. ]*(?<!\d)((?:19|20)\d\d)(?!\d)(.*)$/.exec(name) ?? []
  if (year === '') return null
  const [rest = ''] = /^[-_. ]*[a-z][a-z-]*(?=[-_. ]|$)/i.exec(after) ?? []
  const isExtension = (word: string) => /^\.?(?:jsonl?|ndjson|gz|zst)$/i.test(word)
  const suffix = isExtension(rest.replace(/^[-_ ]+/, '')) ? '' : codeOf(rest)
  const folder = codeOf(parts.at(-2) ?? '')
  const code = codeOf(before)
  if (code !== '') return editionNamed(code, year, suffix)
  return suffix === '' || WORKSHOP.test(suffix)
    ? editionNamed(folder, year, suffix)
    : editionNamed(suffix, year, '')
}

const WORKSHOP = /^(?:w|ws|wksp|workshops?)$/

const codeOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)

function editionNamed(code: string, year: string, suffix: string): Edition | null {
  if (!/[a-z]/.test(code)) return null
  const short = code.replace(/-?(?:ws|wksp|workshops?)$/, '')
  const isWorkshop = WORKSHOP.test(suffix) || (short !== code && short !== '')
  if (isWorkshop) return { conference: workshopsAt(short || code), year: Number(year) }
  return { conference: findConference(code) ?? unknown(code), year: Number(year) }
}

/** A venue for events at a conference (workshops, tutorials), which differs from the conference itself. */
export function workshopsAt(code: string): Conference {
  const { code: known, venue } = findConference(code) ?? unknown(code)
  const name = `${venue.acronym ?? venue.name} Workshops`
  return {
    code: `${known}-workshops`,
    venue: { slug: `${known}-workshops`, name, acronym: null, kind: 'workshop' },
  }
}

function unknown(code: string): Conference {
  const of = /^([a-z]{2,})w$/.exec(code)?.[1]
  if (of && findConference(of)) return workshopsAt(of)
  const acronym = code.replaceAll('-', ' ').toUpperCase()
  return { code, venue: { slug: code, name: acronym, acronym, kind: 'conference' } }
}

/** The conference that the id and page of a record name, regardless of the name of its file; null when they name none. */
export function editionOfRecord({ id, site }: { id: string; site: string }): Edition | null {
  const acl = /^(\d{4})\.(?:findings-([a-z]+)|([a-z]+)-[a-z0-9]+)\.\d+$/i.exec(id)
  if (acl) return edition(acl[2] ?? acl[3] ?? '', acl[1] ?? '')
  const page = /^https?:\/\/(?:www\.)?(iclr|nips|neurips|icml)\.cc\/virtual\/(\d{4})\//.exec(site)
  return page ? edition(page[1] ?? '', page[2] ?? '') : null
}

/** The conference that the BibTeX of a record names. Less reliable, because some records have the BibTeX of another paper. */
export function editionOfBibtex(bibtex: string): Edition | null {
  const year = /\byear\s*=\s*[{"]?(\d{4})/i.exec(bibtex)?.[1] ?? ''
  const book = /\bbooktitle\s*=\s*[{"]*([^}"]*)/i.exec(bibtex)?.[1] ?? ''
  const conference = findConferenceNamed(book)
  return conference && year !== '' ? { conference, year: Number(year) } : null
}

/** Licence of the metadata of an edition; null when none is known. */
export function licenceOf({ conference: { code }, year }: Edition): string | null {
  const licence = LICENCES[code]
  return licence && year >= licence.since ? licence.id : null
}

function edition(code: string, year: string): Edition | null {
  const found = findConference(code)
  return found && year !== '' ? { conference: found, year: Number(year) } : null
}
