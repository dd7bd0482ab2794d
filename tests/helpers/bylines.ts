import type { Authorship } from '../../src/domain/identity/cluster.ts'
import { parsePersonName } from '../../src/domain/identity/person-name.ts'
import { titleWords } from '../../src/domain/identity/words.ts'
import { nameKey } from '../../src/domain/record/title-key.ts'

const TITLES = ['Soil nitrogen under winter cover crops', 'Drag in channel flow']

/** The bylines of one name on two papers of two fields and venues, which share only these co-authors. */
export function bylinesOfTwoFields(printed: string, shared: readonly string[]): Authorship[] {
  const name = parsePersonName(printed)
  if (!name) throw new Error(`${printed} is not the name of a person.`)
  return TITLES.map((title, i) => ({
    key: String(i),
    tie: '',
    unit: null,
    identifiers: [],
    isSplitOff: false,
    paperId: i,
    name,
    coAuthors: new Set([...shared.map(nameKey), `philomena gorst${i}`]),
    affiliation: new Set(),
    titleWords: titleWords(title),
    topics: new Set(),
    owners: new Set(),
    year: 2020 + i,
    venue: `venue ${i}`,
    rank: null,
  }))
}
