import type { AuthorIdentifier } from '../reference/author-ref.ts'
import { expectedNamesakes } from './name-rarity.ts'
import { isPageOf } from './pairs/differing-ids.ts'
import { isPinyin, parsePersonName } from './person-name.ts'

/**
 * People expected of a name in pinyin from which its page in the ACL Anthology collects the papers of several. In 41 lists the evidence finds
 * several people on 54% of such pages, and on 12% of those of other names, where it mostly misses that they are one.
 */
const SEVERAL = 0.08

/**
 * The name, in small letters, where an identifier is the page that the ACL Anthology has for a name of many people until somebody tells them
 * apart: that papers are on it says no more than the name, be it Wei Wang or Jie Zhou. Null for all others.
 */
export function nameOfSeveral({ scheme, value }: Identifier): string | null {
  if (scheme !== 'acl') return null
  const printed = value.replaceAll('-', ' ')
  const name = parsePersonName(printed)
  return name && isPinyin(name) && expectedNamesakes(name, 0) >= SEVERAL ? printed : null
}

/** Whether an identifier is such a page of the printed name. Where another name is printed, somebody looked who it is. */
export function isPageOfSeveral(id: Identifier, printed: string): boolean {
  if (nameOfSeveral(id) === null) return false
  const name = parsePersonName(printed)
  return name !== null && name.nickname === undefined && isPageOf(id.value)(name)
}

type Identifier = Pick<AuthorIdentifier, 'value'> & { scheme: string }
