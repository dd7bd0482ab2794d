import type { Config } from '../config.ts'

/** Name and value in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[]

export interface Cors {
  /** The headers that let a page of this origin read an answer. */
  headersFor(origin: string | undefined): HeaderList
  /** Those with which a preflight request is answered. */
  preflightHeadersFor(origin: string | undefined): HeaderList
}

/** A day; browsers cap it themselves. */
const PREFLIGHT_MAX_AGE_S = 86_400

const EXPOSED: HeaderList = ['access-control-expose-headers', 'x-request-id']

const ALLOWED: HeaderList = [
  ...['access-control-allow-methods', 'GET, POST'],
  ...['access-control-allow-headers', 'authorization, content-type, x-request-id'],
  ...['access-control-max-age', String(PREFLIGHT_MAX_AGE_S)],
]

/** Which origins may read answers in a browser; each list of headers is made once. Cookies are never allowed. */
export function createCors(origins: Config['corsOrigins']): Cors {
  if (origins === '*') {
    const any = ['access-control-allow-origin', '*', ...EXPOSED]
    const preflight = [...any, ...ALLOWED]
    return { headersFor: () => any, preflightHeadersFor: () => preflight }
  }
  const vary = ['vary', 'Origin']
  const allowed = new Map<string, HeaderList>()
  for (const origin of origins)
    allowed.set(origin, ['access-control-allow-origin', origin, ...vary, ...EXPOSED])
  return {
    headersFor: (origin) => allowed.get(origin ?? '') ?? vary,
    preflightHeadersFor(origin) {
      const headers = allowed.get(origin ?? '')
      return headers ? [...headers, ...ALLOWED] : vary
    },
  }
}
