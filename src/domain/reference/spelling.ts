import { uniq } from 'es-toolkit'

/** Brackets and quotes, each with what closes it; others are made these by NFKC. */
const PAIRS =
  "() [] {} <> \"\" '' `` `' “” „“ „” ”“ ‘’ ‚‘ ‚’ «» »« ‹› ›‹ 「」 『』 【】 〔〕 〈〉 《》 ⟨⟩".split(
    ' ',
  )
/** How deep brackets and quotes may be nested. */
const MOST_PAIRS = 5
/** Blanks in percent encoding, as addresses and forms leave them at the ends of a value. */
const ENCODED_BLANKS = /^(?:%20|%09|%0[ad]|%c2%a0|\s)+|(?:%20|%09|%0[ad]|%c2%a0|\s)+$/gi
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
/** The bare id of a version of a paper in the Anthology; its address holds it, too. */
const ACL_VERSION = /^((?:acl:\s*|anthology:\s*)?(?:\d{4}\.[\w-]+\.\d+|[a-z]\d{2}-\d{4}))v\d+$/i

/**
 * The spellings that a person may have meant by a text, the likeliest first; empty where it is plain. A full-width or
 * encoded reference, or one between brackets or quotes, is the same reference.
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

/** What was encoded as a part of an address: its slashes and colons, too. An address itself is read as it is. */
function decoded(text: string): string {
  if (/^https?:\/\//i.test(text) || !/%(?:2f|3a)/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
