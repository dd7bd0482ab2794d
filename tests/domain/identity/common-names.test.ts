import { expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { bylinesOfTwoFields } from '../../helpers/bylines.ts'

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
    const shared = [both[1 - at] ?? '']
    expect(clusterAuthorships(bylinesOfTwoFields(printed, shared))).toHaveLength(2)
    const three = bylinesOfTwoFields(printed, [...shared, 'Zebulon Quirrell'])
    expect(clusterAuthorships(three)).toHaveLength(1)
  }
})
