import { loadConfig } from '../../src/config.ts'
import type { Access } from '../../src/graphql/access.ts'
import { DEFAULT_SETTINGS } from '../../src/graphql/context.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import type { TestDatabase } from '../helpers/database.ts'
import type { GeneratedQuery } from './generate-query.ts'
import { apart, type Ways } from './ways.ts'

const ADMIN_KEY = 'a key for the fuzzed server'.replaceAll(' ', '-')

/** Maximum length of a query in a URL. */
const LONGEST_IN_URL = 6000

const ACCEPTED = ['application/json', 'application/graphql-response+json']

export function startFuzzedServer(t: TestDatabase): Promise<RunningServer> {
  // Without HTTP, links begin with it too.
  const { publicUrl } = DEFAULT_SETTINGS
  const config = loadConfig({ PORT: '0', PAPERQL_ADMIN_KEY: ADMIN_KEY, PUBLIC_URL: publicUrl })
  return startServer({ db: t.db, config, log: createLog('silent') })
}

/**
 * Sends the query four times by POST and once by GET, because the way of answering depends on the number of uses. Expects the same answers
 * from all, and from the run without HTTP. Returns the difference, or null.
 */
export async function askOverHttp(
  url: string,
  query: GeneratedQuery,
  access: Access,
  { told }: Ways,
): Promise<string | null> {
  const headers = access === 'admin' ? { authorization: `Bearer ${ADMIN_KEY}` } : {}
  for (const accept of ACCEPTED) {
    const answers: string[] = []
    for (let use = 1; use <= 4; use++)
      answers.push(await send(`${url}/graphql`, query, { ...headers, accept }))
    const search = new URLSearchParams({
      query: query.query,
      variables: JSON.stringify(query.variables),
    })
    if (search.size > 0 && search.toString().length < LONGEST_IN_URL)
      answers.push(await send(`${url}/graphql?${search}`, null, { ...headers, accept }))
    // The cost of a query is checked before it is executed.
    const isExecuted = !answers[0]?.includes('"QUERY_TOO_COMPLEX"')
    if (isExecuted && accept === 'application/json' && told.first) answers.unshift(told.first)
    const other = answers.find((answer) => answer !== answers[0])
    if (other !== undefined)
      return `over HTTP, ${accept}\n${apart(answers[0], other)}\n${apart(other, answers[0])}`
  }
  return null
}

async function send(
  url: string,
  body: GeneratedQuery | null,
  headers: Record<string, string>,
): Promise<string> {
  const answer = await fetch(url, {
    headers: {
      ...headers,
      'x-request-id': 'fuzz',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  return `${answer.status} ${await answer.text()}`
}
