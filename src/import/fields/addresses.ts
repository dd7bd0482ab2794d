/**
 * An e-mail address, also of several people at once (`{ada,alan}@example.org`) or with `[at]`. Similar text does not match:
 * `git@host:path`, `mAP@0.5`, `precision@5`. Some hosts begin with a number, such as `163.com`. Each part is bounded, so that no text
 * makes the search slow.
 */
const ADDRESS =
  /(?<![\w.+-])(?!git@)(?:mailto:)?(?:[\w.+'-]{1,64}|\{[^{}@]{1,200}\}|\([^()@]{1,200}\))(?:\s?@\s?|\s?[[(]at[\])]\s?)(?!\d+\.(?!(?:com|net|org|cn|edu)\b))(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@])/gi

const HINT = /@|[[(]at[\])]/i

/** Removes e-mail addresses, and brackets and labels that contain only them. */
export function withoutAddresses(text: string): string {
  if (!HINT.test(text)) return text
  const stripped = text.replace(ADDRESS, '\uE000')
  if (stripped === text) return text
  return stripped
    .replace(
      /(?:\b(?:e-?mails?|electronic address(?:es)?|correspondence|contact)\s*:?\s*)?[<([]?(?:\s*[,;]?\s*\uE000)+\s*[>)\]]?/gi,
      ' ',
    )
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/(?<!\.)([.,;])\.(?=[\s;]|$)/g, '$1')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/^[\s,;.:]+|[\s,;]+$/g, '')
}

/** Whether the text contains an e-mail address. */
export const hasAddress = (text: string): boolean => text.search(ADDRESS) !== -1
