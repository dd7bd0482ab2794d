import type { AuthorIdentifier } from '../reference/author-ref.ts'
import { expectedNamesakes } from './name-rarity.ts'
import { isPageOf } from './pairs/differing-ids.ts'
import { isPinyin, parsePersonName } from './person-name.ts'

/**
 * Expected people of a name in pinyin from which its page in the ACL Anthology is taken to collect the papers of several people. In 41 lists the
 * evidence finds several people on 54% of such pages, and on 12% of those of other names, where it mostly fails to join papers of one person.
 */
const SEVERAL = 0.08

/**
 * The name in lower case, if an identifier is a page of the ACL Anthology for a name of many people, such as Wei Wang or Jie Zhou, who have not
 * been separated. Such a page says no more than the name. Null for all other identifiers.
 */
export function nameOfSeveral({ scheme, value }: Identifier): string | null {
  if (scheme !== 'acl') return null
  const printed = value.replaceAll('-', ' ')
  const name = parsePersonName(printed)
  return name && isPinyin(name) && expectedNamesakes(name, 0) >= SEVERAL ? printed : null
}

/** Whether an identifier is such a page of the printed name. If another name is printed, somebody has checked who it is. */
export function isPageOfSeveral(id: Identifier, printed: string): boolean {
  if (nameOfSeveral(id) === null) return false
  const name = parsePersonName(printed)
  return name !== null && name.nickname === undefined && isPageOf(id.value)(name)
}

type Identifier = Pick<AuthorIdentifier, 'value'> & { scheme: string }
