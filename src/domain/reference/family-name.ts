/** A printed name around the family name in it. */
interface AroundFamily {
  given: string
  /** Such as `Jr.`; mostly empty. */
  suffix: string
}

/** A name in scripts that write the family name first, without a space. */
const EAST_ASIAN =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々〆]+$/u

/**
 * What a printed name has beside the family name that a source states: whole words with a given name before them, or the first
 * signs of `毛泽东`. Null where the name does not have it so.
 */
export function aroundFamily(name: string, family: string): AroundFamily | null {
  if (family === '') return null
  if (EAST_ASIAN.test(name)) {
    const given = name.slice(family.length)
    return name.startsWith(family) && given !== '' ? { given, suffix: '' } : null
  }
  for (let at = name.lastIndexOf(family); at > 0; at = name.lastIndexOf(family, at - 1)) {
    const behind = name.slice(at + family.length)
    const given = name.slice(0, at - 1).trim()
    if (name[at - 1] === ' ' && given !== '' && /^(?:$|[\s,])/.test(behind))
      return { given, suffix: behind.replace(/^,?\s*/, '') }
  }
  return null
}
