import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startServer, type TestServer } from '../helpers/http-server.ts'

/** A repository of the server; missing values are made up. */
interface ServedRepository {
  id: number
  full_name: string
  stargazers_count?: number
  [field: string]: unknown
}

/** The response of the server instead of an answer. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void

interface State {
  repositories: Map<number, ServedRepository>
  /** Former names, in lower case, with their ids. */
  oldNames: Map<string, number>
  /** For the next requests in order; undefined answers normally. */
  misbehaviours: (Misbehaviour | undefined)[]
  /** Number of requests until the limit is reached. */
  remaining: number
  /** In seconds since 1970. */
  resetAt: number
}

export type GithubServer = TestServer & { state: State }

/** GitHub's REST API for repositories: ETags, redirects of former names, rate limits. */
export async function startGithub(): Promise<GithubServer> {
  const state: State = {
    repositories: new Map(),
    oldNames: new Map(),
    misbehaviours: [],
    remaining: 5000,
    resetAt: Math.floor(Date.now() / 1000) + 3600,
  }
  const server = await startServer((request, response) => {
    const misbehave = state.misbehaviours.shift()
    if (misbehave) return misbehave(request, response)
    response.setHeader('content-type', 'application/json; charset=utf-8')
    if (state.remaining <= 0) return limited(response)
    const [, kind, first = '', second = ''] = (request.url ?? '').split('/')
    const name = `${first}/${second}`.toLowerCase()
    const found =
      kind === 'repositories'
        ? state.repositories.get(Number(first))
        : [...state.repositories.values()].find((one) => one.full_name.toLowerCase() === name)
    if (found) return serve(found, request, response)
    const moved = state.oldNames.get(name)
    state.remaining--
    if (kind === 'repos' && moved !== undefined) {
      const location = `${server.url}/repositories/${moved}`
      response.writeHead(301, { location, ...limits() })
      return response.end(JSON.stringify({ message: 'Moved Permanently', url: location }))
    }
    response.writeHead(404, limits())
    return response.end(JSON.stringify({ message: 'Not Found', status: '404' }))
  })

  const limits = () => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(state.resetAt),
  })

  const limited = (response: ServerResponse) => {
    response.writeHead(403, limits())
    response.end(JSON.stringify({ message: 'API rate limit exceeded for 127.0.0.1.' }))
  }

  const serve = (
    repository: ServedRepository,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const body = JSON.stringify(answerOf(repository))
    const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`
    // An unchanged repository does not count.
    const isSame = request.headers['if-none-match'] === etag
    if (!isSame) state.remaining--
    response.writeHead(isSame ? 304 : 200, { etag, ...limits() })
    response.end(isSame ? undefined : body)
  }
  return Object.assign(server, { state })
}

function answerOf(repository: ServedRepository) {
  const [owner = '', name = ''] = repository.full_name.split('/')
  return {
    node_id: `R_${repository.id}`,
    name,
    private: false,
    owner: { login: owner, type: 'User' },
    html_url: `https://github.com/${repository.full_name}`,
    description: `About ${name}`,
    fork: false,
    homepage: null,
    stargazers_count: 10,
    forks_count: 2,
    language: 'Python',
    license: { key: 'mit', name: 'MIT License', spdx_id: 'MIT' },
    archived: false,
    topics: ['nlp'],
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2024-01-02T00:00:00Z',
    pushed_at: '2024-01-02T03:04:05Z',
    ...repository,
  }
}
