/** Archives in arXiv ids before April 2007; no other identifiers start like this. */
const ARCHIVE =
  '(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|stat|supr-con)'
const NEW_ID = String.raw`\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}`
const OLD_ID = String.raw`${ARCHIVE}(?:\.[a-z]{2})?/\d{7}`
const ID = `((?:${NEW_ID}|${OLD_ID}))(?:v\\d+)?(?![\\d/.]*\\d)`

const BARE = new RegExp(`^${ID}(?:\\s*\\[[\\w.-]+\\].*)?$`, 'i')
const NAMED = new RegExp(
  String.raw`\b(?:arxiv|corr)\b(?:\.org/(?:abs|pdf)/|[\s:,.-]*(?:e-?prints?|preprint|abs)?[\s:/]*(?:arxiv[:.\s]*)?(?:abs/)?)\s*${ID}`,
  'i',
)
/** Text allowed before the paper's own id. "See also" and "comment on" precede ids of other papers. */
const LEAD =
  /^(?:[\s({[]|\\url\{|https?:\/\/(?:www\.|export\.)?|(?:an?|as|at|available|e-?print|in|is|on|online|posted|preprint|published|the|this|version|accessible|accepted|also|and)\b[\s,:;.]*)*$/i

/** Reads the arXiv id in a field meant for one. */
export function arxivIdOf(field: string): string | null {
  const text = field.trim()
  return BARE.exec(text)?.[1] ?? NAMED.exec(text)?.[1] ?? null
}

/** Finds the paper's own arXiv id in the name of a journal or in a remark: `arXiv preprint arXiv:2101.00001`. */
export function arxivMentionedIn(text: string): string | null {
  const found = NAMED.exec(text)
  return found && LEAD.test(text.slice(0, found.index)) ? (found[1] ?? null) : null
}

/** Joins the archive and number of an old arXiv id: `hep-th` and `9901001`. */
export function arxivIdOfParts(archive: string, number: string): string | null {
  const id = `${archive.replace(/\..*$/, '').toLowerCase()}/${number}`
  return BARE.test(id) ? id : null
}
