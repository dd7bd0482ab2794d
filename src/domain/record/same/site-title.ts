/** Names of sites that do not occur in titles of papers. */
const SITE =
  '(?:Springer ?Link|Springer Nature Link|Science ?Direct|Research ?Gate|Request PDF|Semantic Scholar|IEEE (?:Journals & Magazine|Conference Publication|Xplore(?: Document)?)|(?:The )?ACM Digital Library|PubMed(?: Central)?|PMC|NCBI|Europe PMC|Wiley Online Library|OUP Academic|Oxford Academic|Oxford Journals|Cambridge Core|Taylor (?:&|and) Francis Online|SAGE Journals|MIT Press Journals(?: & Magazine)?|MIT Press|Annual Reviews|JSTOR|Project MUSE|Academia\\.edu|ScienceOpen|OpenReview|Papers With Code|arXiv(?:\\.org)?|bioRxiv|medRxiv|ChemRxiv|SSRN|PLOS ONE|PNAS|Nature|Science|MDPI|Frontiers|Emerald Insight|Ingenta ?Connect|DeepAI|Scribd|DOAJ|ERIC)'

/** A site at the end of the title of a page. Names that are also ordinary words count only after `|`, `·` or `»`. */
const AT_END = new RegExp(
  `\\s+(?:[|·»]+\\s+${SITE}|on JSTOR|[-‐-―]\\s+(?:Abstract\\s+[-‐-―]\\s+)?(?!(?:Nature|Science|Frontiers|ERIC|PMC|arXiv|SSRN) *$)${SITE}|[-‐-―]\\s+PMC)\\s*$`,
  'u',
)

/** Text of a site before the title: a file type or an arXiv id in brackets, or a label. */
const AT_START =
  /^(?:[([](?:PDF|HTML|\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)[)\]]|Full article:|Project MUSE -|Taylor & Francis Online *::?)\s+(?=\S)/u

/** The title of a page, such as a browser extension saves, without the text that the site adds to the title of the paper. */
export function withoutSite(title: string): string {
  let [before, now] = ['', title]
  while (before !== now) {
    before = now
    now = now.replace(AT_END, '').replace(AT_START, '')
  }
  return /\p{L}/u.test(now) ? now : title
}

/** Whether a text is only the name of such a site. */
export const isOnlySites = (text: string): boolean => ONLY.test(text.trim())
const ONLY = new RegExp(`^${SITE}$`, 'u')
