import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'
import { byHeader } from './by-header.ts'

/** Content codings of answers. Of those that a client likes as much, the first is sent. */
const SERVED = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof SERVED)[number]

/** How an answer may be coded for a client. */
export interface Coding {
  preferred: Encoding
  /** Whether it may be sent as it is. */
  takesPlain: boolean
}

/** Answers below this size are sent as they are: they fit into two packets. */
const LEAST_BYTES = 2000

/** Most answers that are compressed at once; others are sent as they are meanwhile, since the time is lacking. */
const MOST_AT_ONCE = 8

/** Levels at which a core compresses more than a client downloads in the same time (some 30 MB/s). */
const GZIP = { level: 3 }
const BROTLI_QUALITY = 3

const compressors = {
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, GZIP),
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      },
    }),
}

/** Chooses by a request's Accept-Encoding header, each of which is read once; undefined where nothing is accepted. */
export function createCodingChooser(): (header: string | undefined) => Coding | undefined {
  const codingOf = byHeader(choose)
  return (header) => (header ? codingOf(header) : PLAIN)
}

/** For clients that do not say what they accept. */
export const PLAIN: Coding = { preferred: 'identity', takesPlain: true }

/** Its types lack the second parameter. */
interface Preferring {
  encodings(available: string[], options: { preferred: string[] }): string[]
}

function choose(header: string): Coding | undefined {
  const negotiator: Preferring = new Negotiator({ headers: { 'accept-encoding': header } })
  const accepted = negotiator.encodings([...SERVED], { preferred: [...SERVED] }) as Encoding[]
  const [preferred] = accepted
  return preferred && { preferred, takesPlain: accepted.includes('identity') }
}

let running = 0

/** Which coding an answer is sent in: compression has to be worth its time, unless the client takes nothing else. */
export function codingFor({ preferred, takesPlain }: Coding, byteLength: number): Encoding {
  const isWorthIt = byteLength >= LEAST_BYTES && running < MOST_AT_ONCE
  return takesPlain && !isWorthIt ? 'identity' : preferred
}

/** Compresses in a thread of its own, so that other requests go on. */
export async function compress(
  body: string | Uint8Array,
  encoding: 'br' | 'gzip',
): Promise<Uint8Array> {
  running++
  try {
    return await compressors[encoding](typeof body === 'string' ? Buffer.from(body) : body)
  } finally {
    running--
  }
}
