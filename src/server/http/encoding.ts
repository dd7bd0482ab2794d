import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'
import { byHeader } from './by-header.ts'

/** Content codings of answers, in order of preference among those that a client accepts equally. */
const SERVED = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof SERVED)[number]

/** How an answer may be compressed for a client. */
export interface Coding {
  preferred: Encoding
  /** Whether it may be sent uncompressed. */
  takesPlain: boolean
}

/** Answers below this size are not compressed: they fit into two packets. */
const LEAST_BYTES = 2000

/** Maximum answers compressed at once. Further ones are sent uncompressed, because the CPU is busy. */
const MOST_AT_ONCE = 8

/** Levels at which a core compresses faster than a client downloads (about 30 MB/s). */
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

/** Chooses the coding by the Accept-Encoding header, and caches the choice. Undefined if the client accepts none. */
export function createCodingChooser(): (header: string | undefined) => Coding | undefined {
  const codingOf = byHeader(choose)
  return (header) => (header ? codingOf(header) : PLAIN)
}

/** For clients that do not say what they accept. */
export const PLAIN: Coding = { preferred: 'identity', takesPlain: true }

/** The package's types lack the second parameter. */
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

/** The coding of an answer: it is compressed only if that is worth the time, unless the client accepts nothing else. */
export function codingFor({ preferred, takesPlain }: Coding, byteLength: number): Encoding {
  const isWorthIt = byteLength >= LEAST_BYTES && running < MOST_AT_ONCE
  return takesPlain && !isWorthIt ? 'identity' : preferred
}

/** Compresses in a separate thread, so that other requests continue. */
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
