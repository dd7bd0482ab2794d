import type { VenueClaim } from '../record/paper-record.ts'

/** A conference with many spellings in sources, or another series that is listed like one. */
export interface Conference {
  /** Its slug, and its code in the file names of lists. */
  code: string
  venue: VenueClaim
}

/** Code, acronym and name of known conferences. Other conferences are named by their codes. */
const NAMES: [code: string, acronym: string, name: string, kind?: VenueClaim['kind']][] = [
  ['acl', 'ACL', 'Annual Meeting of the Association for Computational Linguistics'],
  [
    'naacl',
    'NAACL',
    'Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics',
  ],
  ['coling', 'COLING', 'International Conference on Computational Linguistics'],
  ['emnlp', 'EMNLP', 'Conference on Empirical Methods in Natural Language Processing'],
  [
    'eacl',
    'EACL',
    'Conference of the European Chapter of the Association for Computational Linguistics',
  ],
  ['aistats', 'AISTATS', 'International Conference on Artificial Intelligence and Statistics'],
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
  // A journal with reviews at OpenReview, like those of conferences.
  ['tmlr', 'TMLR', 'Transactions on Machine Learning Research', 'journal'],
]

const CONFERENCES: Conference[] = NAMES.map(([code, acronym, name, kind = 'conference']) => ({
  code,
  venue: { slug: code, name, acronym, kind },
}))

/** Other codes of conferences: former and usual acronyms, in file names of lists, Anthology ids and URLs of venues. */
const ALIASES = new Map([
  ['nips', 'neurips'],
  ['thewebconf', 'www'],
  ['webconf', 'www'],
  ['the-web-conference', 'www'],
  ['acm-mm', 'acmmm'],
  ['mm', 'acmmm'],
  ['acmmultimedia', 'acmmm'],
  ['acm-multimedia', 'acmmm'],
  ['sigkdd', 'kdd'],
  ['siggraph-asia', 'siggraphasia'],
])

/** The conference with this code or alias, or null. */
export function findConference(code: string): Conference | null {
  const lower = code.toLowerCase()
  const wanted = ALIASES.get(lower) ?? lower
  return CONFERENCES.find((known) => known.code === wanted) ?? null
}

/** The conference with this acronym, if it is written as an acronym: `ICLR`, `NIPS`, but not `alt`. */
export function conferenceOfAcronym(acronym: string): Conference | null {
  const found = findConference(acronym.replace(/\s+/g, ''))
  const isWritten = acronym === found?.venue.acronym || acronym === acronym.toUpperCase()
  return isWritten ? found : null
}

/** Endings of names of conferences, after which year, volume and place follow. */
const ALIAS_NAMES: [RegExp, string][] = [
  [/north american chapter of the association for computational linguistics/, 'naacl'],
  [/european chapter of the association for computational linguistics/, 'eacl'],
  [/neural information processing systems/, 'neurips'],
  [/annual meeting of the (?:association for computational linguistics|acl)\b/, 'acl'],
  [/empirical methods in natural language processing/, 'emnlp'],
  [/artificial intelligence and statistics/, 'aistats'],
  [/computer vision and pattern recognition/, 'cvpr'],
  [/world wide web conference/, 'www'],
  [/international conference on world wide web$/, 'www'],
  [/conference on computational learning theory/, 'colt'],
  [/findings of the association for computational linguistics: ?(acl|emnlp|naacl|eacl)\b/, ''],
]

/** The conference that a printed venue names, such as `Proceedings of the 60th …` or `CVPR 2019 6`; null if there is none. */
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
 * Whether a text contains the name as a whole: `… on Machine Learning and Applications` is a different conference from
 * `… on Machine Learning`.
 */
function endsName(text: string, name: string): boolean {
  const at = text.indexOf(name)
  // A name of one or two words is also part of others.
  if (at === -1 || !name.includes(' ', name.indexOf(' ') + 1)) return false
  if (REGION.test(text.slice(0, at))) return false
  return /^\s*(?:$|[^a-z\s]|[a-z]+[ '’-]*\d)/.test(text.slice(at + name.length))
}

/** Regions before a name that make it a different conference: the `Pacific-Asia Conference on Knowledge Discovery …`. */
const REGION =
  /\b(?:pacific|asian?|european|african|american|australasian)[ -](?:international |joint )*$/
