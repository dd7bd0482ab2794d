import { simplified } from '../record/title-key.ts'

/** Words that most affiliations have. */
const OF_AFFILIATIONS = new Set(
  'and at center centre college computer de department dept di engineering for in inc information institute lab laboratory ltd national of research school science sciences technology the universidad universitat universite university'.split(
    ' ',
  ),
)

/** Words that titles of any subject have. */
const OF_TITLES = new Set(
  'across analysis and approach are based between beyond by can data deep detection efficient for framework from generation graph how image images improving in is it language large learning method methods model models multi network networks neural new not on over robust study system systems task tasks that the this through to toward towards training under using via what when which with without'.split(
    ' ',
  ),
)

/** The words of an affiliation that tell it from others. */
export function affiliationWords(affiliation: string | null): Set<string> {
  return wordsOf(affiliation ?? '', 2, OF_AFFILIATIONS)
}

/** The words of a title that tell what it is about. */
export function titleWords(title: string): Set<string> {
  return wordsOf(title, 3, OF_TITLES)
}

function wordsOf(text: string, length: number, common: Set<string>): Set<string> {
  return new Set(
    simplified(text)
      .split(' ')
      .filter((word) => word.length >= length && !common.has(word)),
  )
}
