import { BYLINES, namesInName } from './byline.ts'
import { nameInList, nameOfInverted } from './names.ts'
import { STRAYS, withoutMissingWords } from './strays.ts'

/** What a name has that is more than one: most names are not looked at twice. */
const MAY_BE_MORE = /,.*,|[;|、]|\s(?:and|AND|&|y|e|et|und|en|og|och)\s/

/**
 * The printed forms of the name of an author, as any list has it: one, none where it says that it is missing, or those of a byline that the list takes for one name.
 */
export function printedNames(stated: string, lost: string[]): string[] {
  const name = nameInList(stated)
  const known = withoutMissingWords(name)
  if (known !== name) lost.push(STRAYS.missing)
  const several = MAY_BE_MORE.test(known) ? namesInName(known) : null
  if (several === null) return [known]
  lost.push(BYLINES.separated)
  return several.flatMap((one) => nameOfInverted(one) ?? [])
}
