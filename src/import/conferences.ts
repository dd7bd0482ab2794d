import type { VenueClaim } from '../domain/paper-record.ts'

/** A conference a list may be of: how its records name it, and the licence of its metadata. */
interface Conference {
  /** As in the lists' file names. */
  code: string
  venue: VenueClaim
  licence: string | null
}

const ACL_LICENCE = 'CC-BY-4.0'

const conference = (
  code: string,
  acronym: string,
  name: string,
  licence: string | null = null,
) => ({
  code,
  venue: { slug: code, name, acronym, kind: 'conference' as const },
  licence,
})

const CONFERENCES: Conference[] = [
  conference(
    'acl',
    'ACL',
    'Annual Meeting of the Association for Computational Linguistics',
    ACL_LICENCE,
  ),
  conference(
    'naacl',
    'NAACL',
    'Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics',
    ACL_LICENCE,
  ),
  conference(
    'coling',
    'COLING',
    'International Conference on Computational Linguistics',
    ACL_LICENCE,
  ),
  conference(
    'emnlp',
    'EMNLP',
    'Conference on Empirical Methods in Natural Language Processing',
    ACL_LICENCE,
  ),
  conference(
    'eacl',
    'EACL',
    'Conference of the European Chapter of the Association for Computational Linguistics',
    ACL_LICENCE,
  ),
  conference(
    'aistats',
    'AISTATS',
    'International Conference on Artificial Intelligence and Statistics',
    'CC-BY-4.0',
  ),
  conference('icml', 'ICML', 'International Conference on Machine Learning'),
  conference('iclr', 'ICLR', 'International Conference on Learning Representations'),
  conference('neurips', 'NeurIPS', 'Conference on Neural Information Processing Systems'),
  conference('www', 'WWW', 'The Web Conference'),
  conference('cvpr', 'CVPR', 'Conference on Computer Vision and Pattern Recognition'),
  conference('aaai', 'AAAI', 'AAAI Conference on Artificial Intelligence'),
]

/** Other spellings: of file names, of Anthology ids, of venues' own addresses. */
const ALIASES: Record<string, string> = { nips: 'neurips', thewebconf: 'www' }

/** The conference of that code or alias, or null. */
function findConference(code: string): Conference | null {
  const wanted = ALIASES[code.toLowerCase()] ?? code.toLowerCase()
  return CONFERENCES.find((known) => known.code === wanted) ?? null
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

/** The conference that a printed venue is, such as `Proceedings of the 60th …` or `CVPR 2019 6`; null when none. */
export function findConferenceNamed(printed: string): Conference | null {
  const text = printed.toLowerCase().replace(/\s+/g, ' ').trim()
  if (/workshop|companion|tutorial|adjunct|co-located/.test(text)) return null
  for (const [form, code] of ALIAS_NAMES) {
    const found = form.exec(text)
    if (found) return findConference(code || (found[1] ?? ''))
  }
  const named = CONFERENCES.find(({ venue }) => text.includes(venue.name.toLowerCase()))
  const short =
    /^(?:in |proc\. |proceedings of |the )*([a-z]{3,8})(?:[ '’-]*(?:19|20)?\d\d\b.*)?$/.exec(
      text,
    )?.[1]
  return named ?? findConference(short ?? '')
}

export interface Edition {
  conference: Conference
  year: number
}

/** A file name such as `iclr2018.json.gz`, or null when it names no conference known. */
export function editionOfFile(name: string): Edition | null {
  const [, code = '', year = ''] = /^([a-z]+)[-_]?(\d{4})\b/i.exec(name) ?? []
  return edition(code, year)
}

/** What a record itself says, which holds whatever its file is called; null when it says nothing. */
export function editionOfRecord(texts: {
  id: string
  site: string
  bibtex: string
}): Edition | null {
  const { id, site, bibtex } = texts
  const acl = /^(\d{4})\.(?:findings-([a-z]+)|([a-z]+)-[a-z0-9]+)\.\d+$/i.exec(id)
  if (acl) return edition(acl[2] ?? acl[3] ?? '', acl[1] ?? '')
  const page = /^https?:\/\/(?:www\.)?(iclr|nips|neurips|icml)\.cc\/virtual\/(\d{4})\//.exec(site)
  if (page) return edition(page[1] ?? '', page[2] ?? '')
  const year = /\byear\s*=\s*[{"]?(\d{4})/.exec(bibtex)?.[1] ?? ''
  const book = /\bbooktitle\s*=\s*([^\n]*)/.exec(bibtex)?.[1]?.toLowerCase() ?? ''
  if (book.includes('artificial intelligence and statistics')) return edition('aistats', year)
  if (book.includes('learning representations')) return edition('iclr', year)
  if (book.includes('the web conference')) return edition('www', year)
  return book.includes('neural information processing systems') ? edition('neurips', year) : null
}

function edition(code: string, year: string): Edition | null {
  const found = findConference(code)
  return found && year !== '' ? { conference: found, year: Number(year) } : null
}
