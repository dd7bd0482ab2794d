import type { VenueClaim } from '../../domain/record/paper-record.ts'

/** A conference that a list may belong to. */
interface Conference {
  /** Its code in the file names of the lists. */
  code: string
  venue: VenueClaim
  /** The licence of its metadata, and the first year that has it; null when none is stated. */
  licence: { id: string; since: number } | null
}

const ACL_LICENCE = { id: 'CC-BY-4.0', since: 2016 }
const PMLR_LICENCE = { id: 'CC-BY-4.0', since: 2022 }

/** Code, acronym and name of known conferences. Any other conference is named by its code. */
const NAMES: [
  code: string,
  acronym: string,
  name: string,
  licence?: Conference['licence'],
  kind?: VenueClaim['kind'],
][] = [
  ['acl', 'ACL', 'Annual Meeting of the Association for Computational Linguistics', ACL_LICENCE],
  [
    'naacl',
    'NAACL',
    'Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics',
    ACL_LICENCE,
  ],
  ['coling', 'COLING', 'International Conference on Computational Linguistics', ACL_LICENCE],
  ['emnlp', 'EMNLP', 'Conference on Empirical Methods in Natural Language Processing', ACL_LICENCE],
  [
    'eacl',
    'EACL',
    'Conference of the European Chapter of the Association for Computational Linguistics',
    ACL_LICENCE,
  ],
  [
    'aistats',
    'AISTATS',
    'International Conference on Artificial Intelligence and Statistics',
    PMLR_LICENCE,
  ],
  ['icml', 'ICML', 'International Conference on Machine Learning'],
  ['iclr', 'ICLR', 'International Conference on Learning Representations'],
  ['neurips', 'NeurIPS', 'Conference on Neural Information Processing Systems'],
  ['www', 'WWW', 'The Web Conference'],
  ['cvpr', 'CVPR', 'Conference on Computer Vision and Pattern Recognition'],
  ['aaai', 'AAAI', 'AAAI Conference on Artificial Intelligence'],
  ['3dv', '3DV', 'International Conference on 3D Vision'],
  ['acml', 'ACML', 'Asian Conference on Machine Learning'],
  ['acmmm', 'ACM MM', 'ACM International Conference on Multimedia'],
  ['ai4x', 'AI4X', 'AI4X International Conference'],
  ['alt', 'ALT', 'International Conference on Algorithmic Learning Theory'],
  ['automl', 'AutoML', 'International Conference on Automated Machine Learning'],
  ['colm', 'COLM', 'Conference on Language Modeling'],
  ['colt', 'COLT', 'Conference on Learning Theory'],
  ['corl', 'CoRL', 'Conference on Robot Learning'],
  ['eccv', 'ECCV', 'European Conference on Computer Vision'],
  ['iccv', 'ICCV', 'International Conference on Computer Vision'],
  ['icra', 'ICRA', 'International Conference on Robotics and Automation'],
  ['ijcai', 'IJCAI', 'International Joint Conference on Artificial Intelligence'],
  ['iros', 'IROS', 'International Conference on Intelligent Robots and Systems'],
  ['kdd', 'KDD', 'Conference on Knowledge Discovery and Data Mining'],
  ['rss', 'RSS', 'Robotics: Science and Systems'],
  ['siggraph', 'SIGGRAPH', 'SIGGRAPH'],
  ['siggraphasia', 'SIGGRAPH Asia', 'SIGGRAPH Asia'],
  ['uai', 'UAI', 'Conference on Uncertainty in Artificial Intelligence'],
  ['wacv', 'WACV', 'Winter Conference on Applications of Computer Vision'],
  // A journal whose reviews are at OpenReview, as those of conferences are.
  ['tmlr', 'TMLR', 'Transactions on Machine Learning Research', null, 'journal'],
]

const CONFERENCES: Conference[] = NAMES.map(
  ([code, acronym, name, licence = null, kind = 'conference']) => ({
    code,
    venue: { slug: code, name, acronym, kind },
    licence,
  }),
)

/** Other spellings: of file names, of Anthology ids, of venues' own addresses. */
const ALIASES: Record<string, string> = {
  nips: 'neurips',
  thewebconf: 'www',
  webconf: 'www',
  'acm-mm': 'acmmm',
  mm: 'acmmm',
  'siggraph-asia': 'siggraphasia',
}

/** The conference of that code or alias, or null. */
function findConference(code: string): Conference | null {
  const wanted = ALIASES[code.toLowerCase()] ?? code.toLowerCase()
  return CONFERENCES.find((known) => known.code === wanted) ?? null
}

/** The conference whose acronym this is, written as one: `ICLR`, `NIPS`, but not `alt`. */
export function conferenceOfAcronym(acronym: string): Conference | null {
  const found = findConference(acronym.replace(/\s+/g, ''))
  const isWritten = acronym === found?.venue.acronym || acronym === acronym.toUpperCase()
  return isWritten ? found : null
}

/** Names that end a conference's own: what follows is the year, the volume, the place. */
const ALIAS_NAMES: [RegExp, string][] = [
  [/north american chapter of the association for computational linguistics/, 'naacl'],
  [/european chapter of the association for computational linguistics/, 'eacl'],
  [/neural information processing systems/, 'neurips'],
  [/annual meeting of the (?:association for computational linguistics|acl)\b/, 'acl'],
  [/empirical methods in natural language processing/, 'emnlp'],
  [/artificial intelligence and statistics/, 'aistats'],
  [/computer vision and pattern recognition/, 'cvpr'],
  [/findings of the association for computational linguistics: ?(acl|emnlp|naacl|eacl)\b/, ''],
]

/** The conference that a printed venue names, such as `Proceedings of the 60th …` or `CVPR 2019 6`; null when none. */
export function findConferenceNamed(printed: string): Conference | null {
  const text = printed.toLowerCase().replace(/\s+/g, ' ').trim()
  if (/workshop|companion|tutorial|adjunct|co-located/.test(text)) return null
  for (const [form, code] of ALIAS_NAMES) {
    const found = form.exec(text)
    if (found) return findConference(code || (found[1] ?? ''))
  }
  const named = CONFERENCES.find(({ venue }) => endsName(text, venue.name.toLowerCase()))
  const short =
    /^(?:in |proc\. |proceedings of |the )*([a-z]{3,8})(?:[ '’-]*(?:19|20)?\d\d\b.*)?$/.exec(
      text,
    )?.[1]
  return named ?? findConference(short ?? '')
}

/**
 * Whether the name is in the text, and whole there: `… on Machine Learning and Applications` is another conference than
 * `… on Machine Learning`.
 */
function endsName(text: string, name: string): boolean {
  const at = text.indexOf(name)
  // A name of one or two words is also part of others.
  if (at === -1 || !name.includes(' ', name.indexOf(' ') + 1)) return false
  return /^\s*(?:$|[^a-z\s]|[a-z]+[ '’-]*\d)/.test(text.slice(at + name.length))
}

export interface Edition {
  conference: Conference
  year: number
}

/**
 * The conference and year that a file is named after: `iclr2018.json.gz`, `3dv2025.json`, `cvpr-2019 (1).json`,
 * `2024_midl.json`, `iclr2024-workshops.json`, or `iclr/2018.json`. A conference that is not known is named by what stands before
 * the year. Null when the name has no year or nothing else.
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

/** Events beside a conference (workshops, tutorials) are not the conference. */
export function workshopsAt(code: string): Conference {
  const { code: known, venue } = findConference(code) ?? unknown(code)
  const name = `${venue.acronym ?? venue.name} Workshops`
  return {
    code: `${known}-workshops`,
    venue: { slug: `${known}-workshops`, name, acronym: null, kind: 'workshop' },
    licence: null,
  }
}

function unknown(code: string): Conference {
  const of = /^([a-z]{2,})w$/.exec(code)?.[1]
  if (of && findConference(of)) return workshopsAt(of)
  const acronym = code.replaceAll('-', ' ').toUpperCase()
  return { code, venue: { slug: code, name: acronym, acronym, kind: 'conference' }, licence: null }
}

/** The conference that a record's own id and page name, whatever its file is called; null when none. */
export function editionOfRecord({ id, site }: { id: string; site: string }): Edition | null {
  const acl = /^(\d{4})\.(?:findings-([a-z]+)|([a-z]+)-[a-z0-9]+)\.\d+$/i.exec(id)
  if (acl) return edition(acl[2] ?? acl[3] ?? '', acl[1] ?? '')
  const page = /^https?:\/\/(?:www\.)?(iclr|nips|neurips|icml)\.cc\/virtual\/(\d{4})\//.exec(site)
  return page ? edition(page[1] ?? '', page[2] ?? '') : null
}

/** The conference that a record's BibTeX names: less reliable, because some records carry the BibTeX of another paper. */
export function editionOfBibtex(bibtex: string): Edition | null {
  const year = /\byear\s*=\s*[{"]?(\d{4})/i.exec(bibtex)?.[1] ?? ''
  const book = /\bbooktitle\s*=\s*[{"]*([^}"]*)/i.exec(bibtex)?.[1] ?? ''
  const conference = findConferenceNamed(book)
  return conference && year !== '' ? { conference, year: Number(year) } : null
}

/** The licence of the metadata of that edition, or null when none is stated. */
export function licenceOf({ conference: { licence }, year }: Edition): string | null {
  return licence !== null && year >= licence.since ? licence.id : null
}

function edition(code: string, year: string): Edition | null {
  const found = findConference(code)
  return found && year !== '' ? { conference: found, year: Number(year) } : null
}
