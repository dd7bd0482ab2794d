import { uniq } from 'es-toolkit'

/** Pairs of brackets and quotes; NFKC maps others to these. */
const PAIRS =
  "() [] {} <> \"\" '' `` `' “” „“ „” ”“ ‘’ ‚‘ ‚’ «» »« ‹› ›‹ 「」 『』 【】 〔〕 〈〉 《》 ⟨⟩".split(
    ' ',
  )
/** Maximum nesting of brackets and quotes. */
const MOST_PAIRS = 5
/** Percent-encoded spaces at the ends of a value, from URLs and forms. */
const ENCODED_BLANKS = /^(?:%20|%09|%0[ad]|%c2%a0|\s)+|(?:%20|%09|%0[ad]|%c2%a0|\s)+$/gi
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
/** The id of a version of a paper in the Anthology. */
const ACL_VERSION = /^((?:acl:\s*|anthology:\s*)?(?:\d{4}\.[\w-]+\.\d+|[a-z]\d{2}-\d{4}))v\d+$/i

/**
 * Spellings that may be meant by a text, the likeliest first; empty if it is plain. A reference that is full-width, encoded, or in brackets or
 * quotes is the same reference.
 */
export function spellings(text: string): string[] {
  const bare = withoutPairs(
    text.replace(INVISIBLE, '').normalize('NFKC').replace(ENCODED_BLANKS, ''),
  )
  const plain = ACL_VERSION.exec(bare)?.[1] ?? bare
  return uniq([decoded(plain), plain]).filter((one) => one !== text)
}

function withoutPairs(text: string): string {
  let inner = trimmed(text)
  for (let depth = 0; depth < MOST_PAIRS; depth++) {
    const pair = PAIRS.find(
      (one) => inner.length > 2 && inner.startsWith(one.charAt(0)) && inner.endsWith(one.charAt(1)),
    )
    if (!pair) return inner
    inner = trimmed(inner.slice(1, -1))
  }
  return inner
}

const trimmed = (text: string) =>
  text
    .trim()
    .replace(/[\s.,;]+$/, '')
    .replace(ENCODED_BLANKS, '')

/** Decodes a text that was encoded as a URL component, with its slashes and colons. A URL itself stays. */
function decoded(text: string): string {
  if (/^https?:\/\//i.test(text) || !/%(?:2f|3a)/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
