import { badInput, quote } from '../../errors.ts'

/** Nine characters: a zero, six of Crockford's base 32, two digits of a checksum. */
const ROR = /^(?:https?:\/\/)?(?:www\.)?(?:ror\.org\/|ror:\s*)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})\/?$/i

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** The ROR id in a text, such as `042nb2s44`; null if it is not one. */
export function normaliseRor(text: string): string | null {
  const id = ROR.exec(text.trim())?.[1]?.toLowerCase()
  return id !== undefined && hasChecksum(id) ? id : null
}

/** The beginning of a text that is meant as a ROR id. */
const NAMED = /^(?:https?:\/\/)?(?:www\.)?ror\.org\/|^ror:/i

/** Throws BAD_USER_INPUT for a text that is meant as a ROR id but is invalid, for example because of a typo. */
export function assertNoFalseRor(text: string): void {
  const ref = text.trim()
  if (normaliseRor(ref) !== null) return
  if (ROR.test(ref))
    throw badInput(
      `${quote(text)} is not a ROR id: its check digits are wrong, so that one of its characters is mistyped.`,
    )
  if (NAMED.test(ref))
    throw badInput(
      `${quote(text)} is not a ROR id; expected 0, six letters or digits and two digits, such as https://ror.org/05a28rw58.`,
    )
}

/** Whether the checksum is right: ISO 7064 MOD 97-10 over the six characters as a number. */
function hasChecksum(id: string): boolean {
  let value = 0
  for (const letter of id.slice(1, 7)) value = value * 32 + ALPHABET.indexOf(letter)
  return 98 - ((value * 100) % 97) === Number(id.slice(7))
}
