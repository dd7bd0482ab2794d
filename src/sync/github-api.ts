import { z } from 'zod'
import { normalUrl } from '../domain/reference/repository-ref.ts'
import type { RepositoryFacts } from '../domain/repositories/facts.ts'
import type { QueuedRepository } from '../domain/repositories/queue.ts'
import { AppError, badInput } from '../errors.ts'
import { Fault, type Host, type HostOptions, openHost, type Pace, readJson } from './http.ts'

/** GitHub asks for one request at a time, and allows 5,000 an hour and 900 a minute. */
export const GITHUB_PACE: Pace = {
  intervalMs: 50,
  timeoutMs: 30_000,
  attempts: 5,
  backoffMs: 1_000,
  maxWaitMs: 5 * 60_000,
}

/** Wait after a rate limit without `Retry-After`. */
const UNSTATED_WAIT_MS = 60_000

const MOST_BYTES = 1_000_000

export interface GithubOptions {
  /** URL of the API, such as `https://api.github.com`. */
  apiUrl: string
  token: string | undefined
  userAgent: string
  pace: Pace
  onNotice?: HostOptions['onNotice']
}

export type GithubAnswer =
  | { kind: 'found'; facts: RepositoryFacts; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'gone' }

/** Client of the part of GitHub's REST API that describes single repositories. */
export interface Github {
  /**
   * Requests a repository, by its number once known, which survives renames. Throws BAD_USER_INPUT when the token is refused,
   * `ComeBackLater` when the rate limit lasts longer than the pace allows, UNAVAILABLE when GitHub does not answer, or not with a
   * repository.
   */
  ask(repository: QueuedRepository): Promise<GithubAnswer>
}

export function openGithub(options: GithubOptions): Github {
  const { apiUrl, token, userAgent, pace, onNotice } = options
  const host = openHost({
    name: 'GitHub',
    pace,
    onNotice,
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': userAgent,
      ...(token && { authorization: `Bearer ${token}` }),
    },
    nextAllowedAt,
    limitEndsAt,
  })
  const base = apiUrl.replace(/\/+$/, '')
  const byName = ({ owner, name }: QueuedRepository) =>
    `${base}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  return {
    async ask(known) {
      if (known.hostId === null) return get(host, byName(known), null)
      const answer = await get(host, `${base}/repositories/${known.hostId}`, known.etag)
      // A deleted repository may have been created again.
      return answer.kind === 'gone' ? get(host, byName(known), null) : answer
    },
  }
}

function get(host: Host, url: string, etag: string | null): Promise<GithubAnswer> {
  return host.get(url, readAnswer, etag === null ? {} : { 'if-none-match': etag })
}

/** End of the rate limit, once no request is left in it. */
function nextAllowedAt({ headers }: Response): number | null {
  const reset = Number(headers.get('x-ratelimit-reset'))
  return headers.get('x-ratelimit-remaining') === '0' && reset > 0 ? reset * 1000 : null
}

function limitEndsAt(response: Response, body: string): number | null {
  if (response.status !== 403 && response.status !== 429) return null
  const end = nextAllowedAt(response)
  if (end !== null) return end
  const isLimit =
    response.status === 429 || response.headers.has('retry-after') || /rate limit/i.test(body)
  return isLimit ? Date.now() + UNSTATED_WAIT_MS : null
}

/** Statuses of repositories that are blocked (403), deleted or private (404), gone (410) or blocked by law (451). */
const GONE = new Set([403, 404, 410, 451])

async function readAnswer(response: Response): Promise<GithubAnswer> {
  const { status, url } = response
  if (status === 304) return { kind: 'unchanged' }
  if (status === 401) throw badInput('GITHUB_TOKEN: GitHub refuses it; expected a valid token.')
  if (GONE.has(status)) {
    await response.body?.cancel()
    return { kind: 'gone' }
  }
  if (!response.ok)
    throw new AppError('UNAVAILABLE', `GitHub answers ${status} to ${url}; expected a repository.`)
  const read = ANSWER.safeParse(await readJson(response, MOST_BYTES))
  if (!read.success) throw new Fault(`the answer is not a repository: ${firstFault(read.error)}`)
  return { kind: 'found', facts: factsOf(read.data), etag: response.headers.get('etag') }
}

function firstFault({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.')}: ${issue?.message}`
}

const count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const text = z
  .string()
  .nullish()
  .transform((value) => value?.replaceAll('\0', '').trim() || null)

const ANSWER = z.object({
  id: z.int().positive(),
  full_name: z.string().regex(/^[^/\0]+\/[^/\0]+$/),
  html_url: z.url({ protocol: /^https$/ }).transform(normalUrl),
  description: text,
  stargazers_count: count,
  forks_count: count,
  language: text,
  license: z.object({ spdx_id: text }).nullish(),
  archived: z.boolean(),
  pushed_at: z.iso.datetime({ offset: true }).nullish(),
})

function factsOf(answer: z.output<typeof ANSWER>): RepositoryFacts {
  const [owner = '', name = ''] = answer.full_name.split('/')
  const licence = answer.license?.spdx_id ?? null
  return {
    ...{ hostId: answer.id, owner, name, url: answer.html_url },
    description: answer.description,
    stars: answer.stargazers_count,
    forks: answer.forks_count,
    language: answer.language,
    // GitHub found a licence that it does not know.
    licence: licence === 'NOASSERTION' ? null : licence,
    isArchived: answer.archived,
    pushedAt: answer.pushed_at ?? null,
  }
}
