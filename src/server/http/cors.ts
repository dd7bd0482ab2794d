import type { Config } from '../../config.ts'

/** Name and value in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[]

/**
 * The package cors is not used: it needs Express's request and response, and sets headers one by one where the fast path writes a list at
 * once.
 */
export interface Cors {
  /** The headers that let pages of this origin read an answer. */
  headersFor(origin: string | undefined): HeaderList
  /** The headers of the answer to a preflight request that asks for these headers. */
  preflightHeadersFor(origin: string | undefined, asked: string | undefined): HeaderList
}

/** A day; browsers cap it themselves. */
const PREFLIGHT_MAX_AGE_S = 86_400

/** Answer headers that a page can read only if they are named here. It needs `etag` to poll a feed. */
const EXPOSED: HeaderList = ['access-control-expose-headers', 'x-request-id, retry-after, etag']

/** Headers that GraphQL and tracing clients usually send. */
const USUAL_HEADERS = [
  ...['accept', 'authorization', 'content-type', 'x-request-id', 'x-requested-with'],
  ...['apollo-require-preflight', 'graphql-require-preflight', 'x-apollo-operation-name'],
  ...['x-apollo-operation-id', 'x-apollo-operation-type', 'apollographql-client-name'],
  ...[
    'apollographql-client-version',
    'apollographql-library-name',
    'apollographql-library-version',
  ],
  ...['x-graphql-client-name', 'x-graphql-client-version', 'x-graphql-event-stream-token'],
  ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'b3', 'x-b3-traceid', 'x-b3-spanid'],
  ...['x-b3-parentspanid', 'x-b3-sampled', 'x-datadog-trace-id', 'x-datadog-parent-id'],
  ...['x-datadog-origin', 'x-datadog-sampling-priority', 'x-correlation-id', 'newrelic'],
]

/** A list of header names as a browser sends it. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/
const LONGEST_ASKED = 1000

/** Decides which origins may read answers in a browser. Each list of headers is built once. Cookies are never allowed. */
export function createCors(origins: Config['corsOrigins']): Cors {
  if (origins === '*') {
    const any = ['access-control-allow-origin', '*', ...EXPOSED]
    return {
      headersFor: () => any,
      preflightHeadersFor: (_, asked) => [...any, ...allowing(asked)],
    }
  }
  const vary = ['vary', 'Origin']
  const allowed = new Map<string, HeaderList>()
  for (const origin of origins)
    allowed.set(origin, ['access-control-allow-origin', origin, ...vary, ...EXPOSED])
  return {
    headersFor: (origin) => allowed.get(origin ?? '') ?? vary,
    preflightHeadersFor(origin, asked) {
      const headers = allowed.get(origin ?? '')
      return headers ? [...headers, ...allowing(asked)] : vary
    },
  }
}

/**
 * The headers that an allowed origin may send. Any requested header is allowed: requests carry no cookies and only Authorization has an
 * effect, so a page gains nothing by sending others.
 */
function allowing(asked: string | undefined): HeaderList {
  const isList = asked !== undefined && asked.length <= LONGEST_ASKED && HEADER_NAMES.test(asked)
  const names = isList ? asked.toLowerCase().split(/\s*,\s*/) : []
  return [
    ...['access-control-allow-methods', 'GET, POST'],
    ...['access-control-allow-headers', [...new Set([...USUAL_HEADERS, ...names])].join(', ')],
    ...['access-control-max-age', String(PREFLIGHT_MAX_AGE_S)],
    ...['vary', 'Access-Control-Request-Headers'],
  ]
}
