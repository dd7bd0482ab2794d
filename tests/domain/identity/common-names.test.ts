import { expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { titleWords } from '../../../src/domain/identity/words.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'

/** Two names of many people in each country, women's forms of family names among them. */
const COUNTRIES = [
  ['Dimitris Papadopoulos', 'Maria Nikolaou'],
  ['Eleni Papadopoulou', 'Kostas Ioannidis'],
  ['Somchai Jaidee', 'Somsak Saetang'],
  ['Aung Aung', 'Kyaw Kyaw'],
  ['Bat-Erdene Ganbold', 'Otgonbayar Batbayar'],
  ['Aigerim Akhmetova', 'Nurlan Omarov'],
  ['Dinara Sadykova', 'Gulnara Suleimenova'],
  ['Anna Kowalska', 'Olga Petrova'],
  ['Chih-Wei Chen', 'Chia-Hao Lin'],
]

test.each(COUNTRIES)('%s and %s of two fields are not one pair by their names alone', (...both) => {
  for (const [at, printed] of both.entries()) {
    const name = parsePersonName(printed)
    if (!name) throw new Error(`${printed} is not the name of a person.`)
    const papers = ['Soil nitrogen under winter cover crops', 'Drag in channel flow'].map(
      (title, i) => ({
        key: String(i),
        tie: '',
        unit: null,
        identifiers: [],
        isSplitOff: false,
        paperId: i,
        name,
        coAuthors: new Set([nameKey(both[1 - at] ?? ''), `philomena gorst${i}`]),
        affiliation: new Set<string>(),
        titleWords: titleWords(title),
        topics: new Set<string>(),
        owners: new Set<string>(),
        year: 2020 + i,
        venue: `venue ${i}`,
        rank: null,
      }),
    )
    expect(clusterAuthorships(papers)).toHaveLength(2)
    const three = papers.map(({ coAuthors, ...paper }) => ({
      ...paper,
      coAuthors: new Set([...coAuthors, 'zebulon quirrell']),
    }))
    expect(clusterAuthorships(three)).toHaveLength(1)
  }
})
