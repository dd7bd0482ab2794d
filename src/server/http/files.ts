import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import fresh from 'fresh'
import type { Encoding } from './encoding.ts'
import { type Exchange, sendFile } from './exchange.ts'

/** A file that is served unchanged and compressed once. */
export interface StaticFile {
  type: string
  etag: string
  bodies: Record<Encoding, Uint8Array>
}

/** For files whose names change with their content. */
export const FOR_EVER = 'public, max-age=31536000, immutable'

/** Media types by file extension. */
export const FILE_TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}
export type Extension = keyof typeof FILE_TYPES

/** Sends a file, or 304 to a client that has it cached. */
export function sendStatic(exchange: Exchange, file: StaticFile, headers: string[]): void {
  const { type, etag, bodies } = file
  const { preferred } = exchange.coding
  const all = [...headers, 'etag', etag, 'vary', 'Accept, Accept-Encoding']
  if (fresh(exchange.request.headers, { etag })) {
    sendFile(exchange, 304, all)
    return
  }
  const body = bodies[preferred]
  // A file that compression does not shrink is stored uncompressed under each coding.
  if (preferred !== 'identity' && body !== bodies.identity) all.push('content-encoding', preferred)
  sendFile(exchange, 200, [...all, 'content-type', type], body)
}

/** A short hash, for names and ETags. */
export const hashOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 20)

/** A higher level than for answers, because files are compressed once; the highest takes half a minute. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }

export async function staticFile(bytes: Buffer, type: string): Promise<StaticFile> {
  // Weak, because one ETag covers all codings.
  const etag = `W/"${hashOf(bytes)}"`
  // Fonts are already compressed.
  if (type === FILE_TYPES.woff2)
    return { type, etag, bodies: { identity: bytes, gzip: bytes, br: bytes } }
  const [zipped, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 6 }),
    promisify(brotliCompress)(bytes, BROTLI),
  ])
  return { type, etag, bodies: { identity: bytes, gzip: zipped, br } }
}
