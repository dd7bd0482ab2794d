/** The parts of a printed name around its family name. */
interface AroundFamily {
  given: string
  /** Such as `Jr.`; mostly empty. */
  suffix: string
}

/** A name in a script that writes the family name first, without a space. */
const EAST_ASIAN =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々〆]+$/u

/**
 * Splits a printed name around the family name that a source states: whole words after a given name, or the first characters of `毛泽东`. Null
 * if the name does not contain it in such a position.
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
