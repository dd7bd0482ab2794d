import { readBody } from './body.ts'
import type { Exchange } from './exchange.ts'
import { sendError } from './exchange.ts'

/** What forms of pages and one-click requests of mail programs are sent as. */
const FORM_BODY = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i

/** Reads the body of a form. Resolves to undefined when there is none that can be read, which is answered then, or the client has gone. */
export async function readForm(
  exchange: Exchange,
  limit: number,
): Promise<URLSearchParams | undefined> {
  const { 'content-type': type = '' } = exchange.request.headers
  if (!FORM_BODY.test(type)) {
    const message = `The body must be a form: application/x-www-form-urlencoded or multipart/form-data, not ${type || 'without Content-Type'}.`
    sendError(exchange, 415, 'BAD_REQUEST', message)
    return undefined
  }
  const text = await bodyOf(exchange, limit)
  if (text === undefined) return undefined
  try {
    const form = await new Response(text, { headers: { 'content-type': type } }).formData()
    const fields = new URLSearchParams()
    for (const [name, value] of form) if (typeof value === 'string') fields.append(name, value)
    return fields
  } catch {
    sendError(exchange, 400, 'BAD_REQUEST', 'The body is not the form that its Content-Type says.')
    return undefined
  }
}

function bodyOf(exchange: Exchange, limit: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    readBody(exchange.request, limit, (outcome) => {
      if (outcome === 'too large') {
        const message = `The body is larger than the limit of ${limit} bytes.`
        sendError(exchange, 413, 'REQUEST_ENTITY_TOO_LARGE', message)
      }
      resolve(typeof outcome === 'object' ? outcome.text : undefined)
    })
  })
}
