import { nameKey } from '../../domain/record/title-key.ts'
import { type AuthorIdentifier, numberedInDblp } from '../../domain/reference/author-ref.ts'
import { aroundFamily } from '../../domain/reference/family-name.ts'
import { isGroupName } from '../../domain/reference/group-name.ts'
import { BYLINES, namesInName, ONE_NAME, withoutDegrees } from './byline.ts'
import {
  isFamilyOfPerson,
  isGroup,
  nameInList,
  personOfInverted,
  type StatedName,
} from './names.ts'
import { reportOthers, STRAYS, withMeantAccents, withoutMissingWords } from './strays.ts'

/** Quick test for text that may be several names, so that most names are not parsed further. */
const MAY_BE_MORE =
  /,.*,|[;|、]|\s(?:and|AND|&|y|e|et|und|en|og|och)\s|^\p{Lu}\.[^,]*\s[^,]*,\s*\p{Lu}\.\s*\S{2}/u

/** The same test for names with a stated family name, such as `Nascimento e Silva`, which is one name. */
const IS_MORE = /,.*,|[;|、]|\s(?:and|AND|&)\s/

/** Number by which DBLP distinguishes people of the same name; programs put it anywhere in the name: `Cai 0001, Deng`. */
const NUMBER = /(?:^|\s)(0\d{3})(?=\s|$)/

/** The printed name of an author, with identifiers found in it. */
interface PrintedName extends StatedName {
  identifiers: AuthorIdentifier[]
}

/**
 * Normalises the stated name of an author of any source. Returns one name, or several if the text is a byline. The name is empty if
 * the text says that it is missing.
 */
export function printedNames(
  { name: stated, familyName }: StatedName,
  lost: string[],
): PrintedName[] {
  const name = withoutDegrees(nameInList(withMeantAccents(stated, lost)), ONE_NAME, lost)
  reportOthers(stated, lost)
  const known = withoutMissingWords(name)
  if (known !== name) lost.push(STRAYS.missing)
  const mayBeMore = aroundFamily(known, familyName ?? '') ? IS_MORE : MAY_BE_MORE
  const several = mayBeMore.test(known) ? namesInName(known) : null
  if (several === null) return [withFamily(withoutNumber(known), familyName, lost)]
  lost.push(BYLINES.separated)
  return several
    .flatMap((one) => personOfInverted(one) ?? [])
    .map(({ name: printed, familyName: own }) => withFamily(withoutNumber(printed), own, lost))
}

function withoutNumber(printed: string): PrintedName {
  const number = NUMBER.exec(printed)?.[1]
  const name = number === undefined ? printed : printed.replace(NUMBER, '').trim()
  const isNumbered = number !== undefined && /\p{L}/u.test(name)
  return isNumbered
    ? { name, identifiers: [numberedInDblp(name, number)] }
    : { name: printed, identifiers: [] }
}

/** Adds the stated family name if it is a part of the name of a person. */
function withFamily(person: PrintedName, stated: string | undefined, lost: string[]): PrintedName {
  const { name } = person
  if (!stated) return person
  const isNamedAsGroup = isGroup(name) || isGroupName(nameKey(name))
  if (isNamedAsGroup && !isFamilyOfPerson(stated, aroundFamily(name, stated)?.given ?? ''))
    return person
  const familyName = aroundFamily(name, stated) ? stated : plainFamily(stated)
  if (aroundFamily(name, familyName)) return { ...person, familyName }
  lost.push(STRAYS.family)
  return person
}

const plainFamily = (stated: string) =>
  nameInList(withMeantAccents(stated, [])).replace(NUMBER, '').trim()
