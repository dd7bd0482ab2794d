import { badInput, quote } from '../../errors.ts'

/** Nine characters: a zero, six of Crockford's base 32, two digits of a checksum. */
const ROR = /^(?:https?:\/\/)?(?:www\.)?(?:ror\.org\/|ror:\s*)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})\/?$/i

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of the Research Organization Registry in a text, such as `042nb2s44`; null where it is none. */
export function normaliseRor(text: string): string | null {
  const id = ROR.exec(text.trim())?.[1]?.toLowerCase()
  return id !== undefined && hasChecksum(id) ? id : null
}

/** How a text begins that is meant as a ROR id. */
const NAMED = /^(?:https?:\/\/)?(?:www\.)?ror\.org\/|^ror:/i

/** Throws BAD_USER_INPUT for a text that is meant as a ROR id and is not one, such as one with a mistyped character. */
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

/** As ISO 7064 has it, MOD 97-10: of the six characters as a number. */
function hasChecksum(id: string): boolean {
  let value = 0
  for (const letter of id.slice(1, 7)) value = value * 32 + ALPHABET.indexOf(letter)
  return 98 - ((value * 100) % 97) === Number(id.slice(7))
}
