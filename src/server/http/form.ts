import { receiveBody } from './body.ts'
import { isEncodedAsUtf8 } from './charset.ts'
import type { Exchange } from './exchange.ts'
import { sendError } from './exchange.ts'

/** Media types of HTML forms and of one-click requests by mail programs. */
const FORM_BODY = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i

/** Maximum size of a form in bytes: the largest of ours holds an address and the title of a paper. */
const LONGEST_FORM = 20_000

const MULTIPART = /^multipart\//i

/**
 * Reads the body of a form. Resolves to undefined if the client has gone, or if the form was unreadable and the request is already
 * answered.
 */
export async function readForm(exchange: Exchange): Promise<URLSearchParams | undefined> {
  const { 'content-type': type = '' } = exchange.request.headers
  if (!FORM_BODY.test(type)) {
    const message = `The body must be a form: application/x-www-form-urlencoded or multipart/form-data, not ${type || 'without Content-Type'}.`
    sendError(exchange, 415, 'BAD_REQUEST', message)
    return undefined
  }
  const text = await new Promise<string | undefined>((resolve) => {
    receiveBody(exchange, LONGEST_FORM, resolve)
  })
  if (text === undefined) return undefined
  if (!MULTIPART.test(type) && !isEncodedAsUtf8(text)) {
    const message = 'The percent-encoding of the form is not UTF-8. Send it in UTF-8.'
    sendError(exchange, 400, 'BAD_REQUEST', message)
    return undefined
  }
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
