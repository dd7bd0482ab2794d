/** The key of a repository: host, owner and name in lower case. */
export interface RepositoryRef {
  host: string
  owner: string
  name: string
  url: string
}

/** Normalises a URL; other texts stay. */
export const normalUrl = (text: string): string => (URL.canParse(text) ? new URL(text).href : text)

/** Hosts in links, with the host used in keys. Many institutes run a GitLab of their own. */
const ALIASES: Record<string, string> = {
  'raw.githubusercontent.com': 'github.com',
  'gist.githubusercontent.com': 'gist.github.com',
  'hf.co': 'huggingface.co',
}
const HOSTS =
  '(?:gist\\.)?github\\.com|(?:raw|gist)\\.githubusercontent\\.com|gitlab(?:\\.[a-z\\d-]{1,63}){1,4}|bitbucket\\.org|huggingface\\.co|hf\\.co|codeberg\\.org'
const PART = '[\\w.-]+'
const LINK = new RegExp(
  `(?<![\\w.-])(?:https?:\\/\\/)?(?:www\\.)?(${HOSTS})[/:]\\/*((?:${PART})(?:\\/+${PART})*)`,
  'gi',
)

/** First path segments that are pages of the host, not owners. */
const PAGES: Record<string, Set<string>> = {
  'github.com': new Set(
    'about,account,apps,blog,codespaces,collections,contact,copilot,customer-stories,dashboard,discussions,enterprise,events,explore,features,issues,join,login,marketplace,new,notifications,orgs,organizations,pricing,pulls,readme,search,security,sessions,settings,signup,site,sponsors,stars,team,topics,trending,user-attachments,users,watching,your-repo,your-username,username,anonymous'.split(
      ',',
    ),
  ),
  'huggingface.co': new Set(
    'api,papers,collections,docs,blog,models,learn,join,login,organizations,settings,tasks,posts,inference-endpoints'.split(
      ',',
    ),
  ),
  gitlab: new Set(
    'api,dashboard,explore,groups,help,projects,search,snippets,users,users_sign_in'.split(','),
  ),
  'bitbucket.org': new Set(['product', 'account', 'dashboard', 'workspace']),
  'codeberg.org': new Set(['explore', 'user', 'org', 'api']),
}

/** Path segments after a GitLab project; before it, groups may be nested. */
const BEHIND_PROJECT =
  /^(?:-|tree|blob|raw|blame|commits?|issues|merge_requests|wikis|tags|branches|releases|archive|pipelines|snippets|network|graphs)$/

/**
 * Parses a text as one repository link: a URL, a bare host, the `git@` form, possibly in Markdown or LaTeX. Null if it is not one: only an
 * owner, a page of the host, GitHub Pages, or a link with other words.
 */
export function parseRepositoryRef(text: string): RepositoryRef | null {
  const bare = addressIn(text)
  if (/\s/.test(bare)) return null
  const found = findRepositoryLinks(bare)
  return found.length === 1 ? (found[0] ?? null) : null
}

/**
 * Parses a column of repositories: several separated by `;` or ` + `, Markdown badges, or a bare `owner/name` of GitHub. Other parts are
 * ignored.
 */
export const parseRepositoryColumn = (text: string): RepositoryRef[] =>
  distinctRepositories(partsOfColumn(text).flatMap((part) => repositoryOfPart(part) ?? []))

/** The repository that a part of such a column names. */
export function repositoryOfPart(part: string): RepositoryRef | null {
  const isBare = /^[A-Za-z\d][\w-]*\/[\w.-]+$/.test(part) && !/^n\/a\.?$/i.test(part)
  return parseRepositoryRef(isBare ? `github.com/${part}` : part)
}

/** The parts of such a column that are not empty. */
export const partsOfColumn = (text: string): string[] =>
  text
    .split(/;|,\s|\s\+\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** All repository links in a text, each once, in order. */
export function findRepositoryLinks(text: string): RepositoryRef[] {
  const found: RepositoryRef[] = []
  for (const [, host = '', path = ''] of unescapeLatex(text).matchAll(LINK)) {
    const ref = fromPath(host.toLowerCase(), path.split(/\/+/))
    if (ref) found.push(ref)
  }
  return distinctRepositories(found)
}

function fromPath(named: string, path: string[]): RepositoryRef | null {
  const host = ALIASES[named] ?? named
  const parts = partsOf(host, path)
  const name = parts.at(-1)?.replace(/\.git$/i, '') ?? ''
  const owners = parts.slice(0, -1)
  const pages = PAGES[host.startsWith('gitlab.') ? 'gitlab' : host]
  if (owners.length === 0 || ![...owners, name].every(isName)) return null
  if (pages?.has(owners[0]?.toLowerCase() ?? '') || host === 'gitlab.io') return null
  // A gist's name is a number in hexadecimal; beside it are only pages.
  if (host === 'gist.github.com' && !/^[\da-f]{5,40}$/i.test(name)) return null
  // `owner/owner.github.io` is the source of a site; file names are not repositories.
  if (/\.github\.io$/i.test(name) || /\.(?:html?|pdf|svg|png)$/i.test(name)) return null
  const [typed, owner] = typedOwner(host, owners)
  return {
    host,
    owner: `${typed}${owner}`.toLowerCase(),
    name: name.toLowerCase(),
    url: `https://${host}/${typed}${owner}/${name}`,
  }
}

/** The path segments of a repository, the last of which is its name. */
function partsOf(host: string, path: string[]): string[] {
  const parts = path.map(trimEnd)
  if (host.startsWith('gitlab.')) {
    const end = parts.findIndex((part, i) => i > 1 && BEHIND_PROJECT.test(part))
    return parts.slice(0, end === -1 ? undefined : end)
  }
  const count = isTyped(host, parts) ? 3 : 2
  return parts.length < count ? [] : parts.slice(0, count)
}

/** Whether a Hugging Face path begins with a type: models are directly under their owners, data sets and spaces after a word. */
const isTyped = (host: string, parts: string[]) =>
  host === 'huggingface.co' && /^(?:datasets|spaces)$/i.test(parts[0] ?? '')

function typedOwner(host: string, owners: string[]): [typed: string, owner: string] {
  return isTyped(host, owners)
    ? [`${owners[0]?.toLowerCase()}/`, owners.slice(1).join('/')]
    : ['', owners.join('/')]
}

const trimEnd = (part: string) =>
  part.replace(/[.,:;!?)\]}'"*_]+$/, (tail) => tail.match(/^_+$/)?.[0] ?? '')

const isName = (part: string) =>
  part.length <= 100 && /[A-Za-z\d]/.test(part) && !/^\.+$/.test(part)

/** The URL in a text that contains nothing else, without Markdown, LaTeX or brackets around it. */
export function addressIn(text: string): string {
  const markdown = /\]\(\s*(https?:\/\/(?:[^\s()]|\([^\s()]*\))+)[^)]*\)\s*$/.exec(text)?.[1]
  const latex = /\\(?:url|href)\{([^}]+)\}/.exec(text)?.[1]
  const git = text.replace(/^git@|^(?:git\+)?ssh:\/\/git@|^git\+(?=https)/, '')
  return (markdown ?? latex ?? git).trim().replace(/^[<("'{]+|[>)"'}.,;]+$/g, '')
}

/**
 * Unescapes a URL: LaTeX escapes characters with a backslash, possibly in braces, and allows line breaks; JSON escapes slashes; text from PDF
 * may contain ligatures.
 */
function unescapeLatex(text: string): string {
  return text
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\\(?:-|allowbreak(?![a-z])\s*|discretionary\{\}\{\}\{\})|[\u00ad\u200b]/g, '')
    .replace(/\\textunderscore(?:\{\}|\s|(?![a-z]))|\{\\_\}/g, '_')
    .replace(/\\([_#%&~/])/g, '$1')
    .replace(/[\u2010\u2011]/g, '-')
}

/** Of several spellings of one address the last: uniqBy keeps the first. */
/** Each repository once. */
export function distinctRepositories<Ref extends RepositoryRef>(refs: readonly Ref[]): Ref[] {
  const byKey = new Map(refs.map((ref) => [`${ref.host}/${ref.owner}/${ref.name}`, ref]))
  return [...byKey.values()]
}
