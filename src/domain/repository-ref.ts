/** A repository as the catalogue keys it: host, owner and name in lower case. */
export interface RepositoryRef {
  host: string
  owner: string
  name: string
  url: string
}

const HOSTS = 'github\\.com|gitlab\\.com|bitbucket\\.org|huggingface\\.co|codeberg\\.org'
const PART = '[\\w.-]+'
const LINK = new RegExp(
  `(?<![\\w.-])(?:https?:\\/\\/)?(?:www\\.)?(${HOSTS})[/:]((?:${PART})(?:\\/+${PART})*)`,
  'gi',
)

/** First path parts that are pages of the host, not owners. */
const PAGES: Record<string, Set<string>> = {
  'github.com': new Set(
    'about,apps,collections,contact,customer-stories,enterprise,events,explore,features,issues,login,marketplace,notifications,orgs,organizations,pricing,pulls,readme,search,security,settings,signup,site,sponsors,stars,topics,trending,users,your-repo,anonymous'.split(
      ',',
    ),
  ),
  'huggingface.co': new Set(
    'papers,collections,docs,blog,models,learn,join,login,organizations,settings,tasks,posts'.split(
      ',',
    ),
  ),
  'gitlab.com': new Set(['explore', 'users', 'help', 'groups']),
  'bitbucket.org': new Set(['product', 'account']),
  'codeberg.org': new Set(['explore', 'user']),
}

/**
 * Reads a text that is to be one repository link: URL, bare host, `git@` form, Markdown or LaTeX around it.
 * Null when it is none: only an owner, a page of the host, a gist, GitHub Pages, or words beside the link.
 */
export function parseRepositoryRef(text: string): RepositoryRef | null {
  const bare = unwrap(text)
  if (/\s/.test(bare)) return null
  const found = findRepositoryLinks(bare)
  return found.length === 1 ? (found[0] ?? null) : null
}

/**
 * Reads a column that is to hold repositories: several separated by `;` or ` + `, Markdown badges, or a bare
 * `owner/name`, which is one of GitHub. Parts that are no repository are left out.
 */
export function parseRepositoryColumn(text: string): RepositoryRef[] {
  const parts = text.split(/;|,\s|\s\+\s/).map((part) => part.trim())
  return distinct(
    parts.flatMap((part) => {
      const bare = /^([A-Za-z\d][\w-]*)\/([\w.-]+)$/.test(part) ? `github.com/${part}` : part
      return parseRepositoryRef(bare) ?? []
    }),
  )
}

/** All repository links that stand in a running text, each once, in order. */
export function findRepositoryLinks(text: string): RepositoryRef[] {
  const found: RepositoryRef[] = []
  for (const [, host = '', path = ''] of unescapeLatex(text).matchAll(LINK)) {
    const ref = fromPath(host.toLowerCase(), path.split(/\/+/))
    if (ref) found.push(ref)
  }
  return distinct(found)
}

function fromPath(host: string, path: string[]): RepositoryRef | null {
  const isTyped = host === 'huggingface.co' && /^(?:datasets|spaces)$/i.test(path[0] ?? '')
  const typed = isTyped ? `${path[0]?.toLowerCase()}/` : ''
  const [owner = '', rawName = ''] = path.slice(isTyped ? 1 : 0).map(trimEnd)
  const name = rawName.replace(/\.git$/i, '')
  if (!isName(owner) || !isName(name) || PAGES[host]?.has(owner.toLowerCase())) return null
  // `owner/owner.github.io` is a site's source; a host's own file types are no repositories.
  if (/\.github\.io$/i.test(name) || /\.(?:html?|pdf|svg|png)$/i.test(name)) return null
  return {
    host,
    owner: `${typed}${owner}`.toLowerCase(),
    name: name.toLowerCase(),
    url: `https://${host}/${typed}${owner}/${name}`,
  }
}

const trimEnd = (part: string) =>
  part.replace(/[.,:;!?)\]}'"*_]+$/, (tail) => tail.match(/^_+$/)?.[0] ?? '')

const isName = (part: string) =>
  part.length <= 100 && /[A-Za-z\d]/.test(part) && !/^\.+$/.test(part)

function unwrap(text: string): string {
  const markdown = /\]\(\s*(https?:\/\/[^\s)]+)[^)]*\)\s*$/.exec(text)?.[1]
  const latex = /\\(?:url|href)\{([^}]+)\}/.exec(text)?.[1]
  const git = text.replace(/^git@|^(?:git\+)?ssh:\/\/git@|^git\+(?=https)/, '')
  return (markdown ?? latex ?? git).trim().replace(/^[<("'{]+|[>)"'}.,;]+$/g, '')
}

function unescapeLatex(text: string): string {
  return text.replace(/\\([_#%&~])/g, '$1')
}

function distinct(refs: RepositoryRef[]): RepositoryRef[] {
  const byKey = new Map(refs.map((ref) => [`${ref.host}/${ref.owner}/${ref.name}`, ref] as const))
  return [...byKey.values()]
}
