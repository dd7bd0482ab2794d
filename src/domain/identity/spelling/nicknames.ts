import { nameKey } from '../../record/title-key.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'

const WORD = "\\p{Lu}[\\p{Ll}\\p{M}]+(?:[\\p{Pd}'’]\\p{L}+)*"
/** A word in brackets or quotation marks between given and family name: Shixiang (Shane) Gu, William "Bill" Freeman. */
const NICKNAME = new RegExp(
  `(?<=\\p{L}\\.?)\\s*(?:\\(\\s*(${WORD})\\s*\\)|["“”„«»](${WORD})["“”«»]|['‘’\`]{1,2}(${WORD})['’]{1,2})\\s+(?=\\p{L})`,
  'u',
)

/** A printed name without its nickname, and the nickname, which other papers may print instead. A maiden name in brackets is kept. */
export function takeNickname(printed: string): { name: string; nickname: string | null } {
  const found = NICKNAME.exec(printed)
  const nickname = nameKey(found?.[1] ?? found?.[2] ?? found?.[3] ?? '')
  const isFamily = isCommonFamily(nickname) && !isCommonGiven(nickname)
  if (!found || nickname === '' || isFamily) return { name: printed, nickname: null }
  return { name: printed.replace(NICKNAME, ' '), nickname }
}
