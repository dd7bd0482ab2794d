/** Degrees and licences after a name, which are not part of it: `Nickson, Alicen, MA, MBA, MSc`. */

/** Degrees that cannot be initials, mostly because of lower-case letters. */
const CERTAIN =
  /^(?:Ph\.? ?D|(?:Psy|Ed|Pharm|Sc|Eng|Th)D|[DM]\.?Phil|[BM]\.? ?Sc|[BM]\.?(?:Ed|Eng|Tech|Pharm|Com)|Dr\.? ?P\.?H|MB ?ChB|PGDip|Esq)\.?(?: ?\([^()]*\))?$/
/** Degrees that may also be initials. */
const ALSO_INITIALS =
  /^(?:(?:Ed|Sc|Th|Eng|Psy)\.D|A\.?B|B\.?A|B\.?S|M\.?A|M\.?S|M\.?D|M\.?B\.?A|M\.?P\.?[AHP]|M\.?H\.?[AS]|M\.?F\.?A|M\.?S\.?[NW]|B\.?S\.?N|R\.?N|J\.?D|D\.?D\.?S|D\.?M\.?D|D\.?[NV]\.?[MP]|D\.?O|D\.?P\.?[MT]|B\.?D\.?S|M\.?B\.?B\.?S|LL\.?[BMD]|CPA|FAC[CPS]|FRC[PS]C?|MRC[PS]|APRN|CRNP|FNP|RD)\.?$/

/** A piece between two commas that is not a degree. */
interface Kept {
  at: number
  text: string
}

/**
 * Finds the pieces of a comma-separated text that are not degrees, and returns their indexes. A piece that may be initials is a degree
 * only after a complete name, which `isGiven` helps to recognise, or after another degree.
 */
export function placesOfNames(
  pieces: readonly string[],
  isGiven: (piece: string) => boolean,
): number[] {
  const isDegree = (piece: string) => CERTAIN.test(piece) || ALSO_INITIALS.test(piece)
  const areInitials = pieces.some((piece) => INITIALS.test(piece) && !isDegree(piece))
  const kept: Kept[] = []
  let isBehindDegree = false
  for (const [at, text] of pieces.entries()) {
    const isWhole: boolean = isBehindDegree || (!areInitials && isWholeName(kept, isGiven))
    const isOfWords = kept.some((before) => SMALL.test(before.text))
    isBehindDegree = isOfWords && (CERTAIN.test(text) || (isWhole && ALSO_INITIALS.test(text)))
    if (!isBehindDegree) kept.push({ at, text })
  }
  return kept.map(({ at }) => at)
}

const INITIALS = /^(?:\p{Lu}\.?[\s\p{Pd}]*){1,4}$/u
const SMALL = /\p{Ll}/u

/** Whether the pieces are a complete name: the last one is like `Ann Bee`, or they are exactly two, such as `Bee` and `Ann`. */
function isWholeName(kept: readonly Kept[], isGiven: (piece: string) => boolean): boolean {
  const last = kept.at(-1)?.text ?? ''
  const isSpoken = /\S\s+\S/.test(last) && isGiven(last)
  return isSpoken || (kept.length === 2 && SMALL.test(last))
}

/** Degrees after a space: `Ann Bee PhD`. Degrees of capitals alone are not included, as they may be initials there. */
const BEHIND = /(?: (?:Ph\. ?D|Ph ?D|M\.Sc|MSc|B\.Sc|BSc|DPhil|MPhil|PsyD|EdD|PharmD|DrPH)\.?)+$/

/** Removes degrees that cannot be initials from the end of a name in spoken order. */
export function withoutDegreeBehind(name: string): string {
  const bare = name.replace(BEHIND, '')
  return /\S\s+\S/.test(bare) && SMALL.test(bare) ? bare : name
}
