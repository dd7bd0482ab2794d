import { describe, expect, test } from 'vitest'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import type { Profile } from '../../../src/domain/identity/profiles.ts'
import { doubtfulPlaces } from '../../../src/domain/identity/reasons/doubts.ts'

/** The doubts about an author of the first name whose identifier is on a paper with the second. */
function doubtsOf(author: string, printed: string): string[] {
  const [name, other] = [parsePersonName(author), parsePersonName(printed)]
  if (!name || !other) throw new Error(`${author} or ${printed} is not the name of a person`)
  const place = {
    ...{ paperId: 1, name: other, printedName: printed, identifiers: ['orcid:0000-0001'] },
    ...{ coAuthors: new Set<string>(), coAuthorNames: [], affiliationText: null, topicNames: [] },
    ...{ affiliation: new Set<string>(), titleWords: new Set<string>(), topics: new Set<string>() },
    ...{ owners: new Set<string>(), year: null, venue: null, rank: null },
  }
  const profile: Profile = {
    ...{ id: 1, name, printed: author, identifiers: ['orcid:0000-0001'] },
    ...{ paperCount: 1, places: [place] },
  }
  return doubtfulPlaces(profile, 1).map(({ doubt }) => doubt)
}

/** Given and family names in spellings of one person, so that two names share no word literally. */
const SPELLINGS: [given: string[], families: string[]][] = [
  [
    ['Jürgen', 'Juergen'],
    ['Schönfelderer', 'Schoenfelderer'],
  ],
  [
    ['Shōtarō', 'Shotaro', 'Shoutarou', 'Syotaro'],
    ['Ōtsubo', 'Otsubo', 'Ohtsubo', 'Ootsubo'],
  ],
  [
    ['Dmitrii', 'Dmitry', 'Dmitriy', 'Дмитрий'],
    ['Shcherbatskiy', 'Scherbatskiy', 'Shcherbatsky', 'Щербатский'],
  ],
  [
    ['Effrosyni', 'Efrosini'],
    ['Stefanidou', 'Stephanidou'],
  ],
  [
    ['Bob', 'Robert'],
    ['McNamara', 'MacNamara'],
  ],
  [
    ['Sören', 'Soeren'],
    ['Größl', 'Groessl'],
  ],
]

describe('an identifier is not doubted because of another spelling of the name', () => {
  test.each(SPELLINGS)('%s %s', (given, families) => {
    const names = given.flatMap((one) => families.map((family) => `${one} ${family}`))
    const turned = given.flatMap((one) => families.map((family) => `${family}, ${one}`))
    for (const one of [...names, ...turned])
      for (const other of names)
        expect([one, other, doubtsOf(one, other)]).toEqual([one, other, []])
  })
})

describe('an identifier is doubted for a name with nothing in common', () => {
  const names = SPELLINGS.map(([[given], [family]]) => `${given} ${family}`)
  test.each(names)('%s', (name) => {
    for (const other of names)
      if (other !== name)
        expect([name, other, doubtsOf(name, other)]).toEqual([name, other, ['name']])
  })
})
