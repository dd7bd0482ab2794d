import { type AuthorIdentifier, numberedInDblp } from '../../domain/reference/author-ref.ts'
import { BYLINES, namesInName } from './byline.ts'
import { nameInList, nameOfInverted } from './names.ts'
import { STRAYS, withMeantAccents, withoutMissingWords } from './strays.ts'

/** What a name has that is more than one: most names are not looked at twice. */
const MAY_BE_MORE = /,.*,|[;|、]|\s(?:and|AND|&|y|e|et|und|en|og|och)\s/

/** The number by which DBLP tells people of one name apart, wherever programs leave it: `Cai 0001, Deng`. */
const NUMBER = /(?:^|\s)(0\d{3})(?=\s|$)/

/** A name of an author as it is shown, and what it says of who that is. */
interface PrintedName {
  name: string
  identifiers: AuthorIdentifier[]
}

/**
 * The printed forms of the name of an author, as any list has it: one, none where it says that it is missing, or those of a byline that the list takes for one name.
 */
export function printedNames(stated: string, lost: string[]): PrintedName[] {
  const name = nameInList(withMeantAccents(stated, lost))
  const known = withoutMissingWords(name)
  if (known !== name) lost.push(STRAYS.missing)
  const several = MAY_BE_MORE.test(known) ? namesInName(known) : null
  if (several === null) return [withoutNumber(known)]
  lost.push(BYLINES.separated)
  return several.flatMap((one) => nameOfInverted(one) ?? []).map(withoutNumber)
}

function withoutNumber(printed: string): PrintedName {
  const number = NUMBER.exec(printed)?.[1]
  const name = number === undefined ? printed : printed.replace(NUMBER, '').trim()
  const isNumbered = number !== undefined && /\p{L}/u.test(name)
  return isNumbered
    ? { name, identifiers: [numberedInDblp(name, number)] }
    : { name: printed, identifiers: [] }
}
