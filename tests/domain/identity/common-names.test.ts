import { expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { isCommon } from '../../../src/domain/identity/name-rarity.ts'
import { type PersonName, parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { titleWords } from '../../../src/domain/identity/words.ts'
import { bylinesOfTwoFields } from '../../helpers/bylines.ts'

/** Two common names in each country, including women's forms of family names. */
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

test.each(COUNTRIES)('%s and %s of two fields are not the same pair by name alone', (...both) => {
  for (const [at, printed] of both.entries()) {
    const shared = [both[1 - at] ?? '']
    expect(clusterAuthorships(bylinesOfTwoFields(printed, shared))).toHaveLength(2)
    const three = bylinesOfTwoFields(printed, [...shared, 'Zebulon Quirrell'])
    expect(clusterAuthorships(three)).toHaveLength(1)
  }
})

/** Common given and family names of one country, or of one each. */
const BY_COUNTRY = {
  Poland: { given: ['Łukasz', 'Małgorzata', 'Grzegorz'], family: ['Kowalski', 'Nowak'] },
  Germany: { given: ['Jürgen', 'Dieter', 'Birgit'], family: ['Kaiser', 'Schneider'] },
  Japan: { given: ['Hiroshi', 'Kenji', 'Yoko'], family: ['Tanaka', 'Suzuki'] },
  India: { given: ['Jitendra', 'Rajesh', 'Priya'], family: ['Kumar', 'Sharma'] },
  Greece: { given: ['Giannis', 'Despoina'], family: ['Papadopoulos', 'Ioannidis'] },
  Ghana: { given: ['Kofi', 'Kwame'], family: ['Mensah', 'Boateng'] },
  Turkey: { given: ['Mehmet', 'Emre'], family: ['Yilmaz', 'Demir'] },
}
const countries = Object.keys(BY_COUNTRY) as (keyof typeof BY_COUNTRY)[]
const combined = countries.flatMap((of) =>
  countries.flatMap((other) =>
    BY_COUNTRY[of].given.flatMap((given) =>
      BY_COUNTRY[other].family.map((family) => ({
        printed: `${given} ${family}`,
        isFrequent: of === other,
      })),
    ),
  ),
)

test.each(combined)('$printed is a frequent name: $isFrequent', ({ printed, isFrequent }) => {
  expect(isCommon(parsePersonName(printed) as PersonName)).toBe(isFrequent)
  const oneInCommon = clusterAuthorships(bylinesOfTwoFields(printed, ['Zebulon Quirrell']))
  expect(oneInCommon).toHaveLength(isFrequent ? 2 : 1)
})

test.each(['John Smith', 'Thomas Müller', 'Daniel García', 'Lars Andersson', 'Mohamed Ali'])(
  '%s is a frequent name, although the given name is common elsewhere',
  (printed) => expect(isCommon(parsePersonName(printed) as PersonName)).toBe(true),
)

test.each(['Łukasz Kaiser', 'Jitendra Malik', 'Elad Hazan'])(
  '%s is not a frequent name',
  (printed) => expect(isCommon(parsePersonName(printed) as PersonName)).toBe(false),
)

test.each(['Wei Zhang', 'Yang Liu', 'Jing Wang', 'Yi Zhang', 'Lei Li'])(
  'a subject and a venue do not join %s',
  (printed) => {
    const ofSubject = (shared: string[]) =>
      bylinesOfTwoFields(printed, shared).map((byline) => ({
        ...byline,
        titleWords: titleWords('Markerless motion capture of violins'),
        topics: new Set(['motion-capture', 'character-animation']),
        venue: 'siggraph',
      }))
    expect(clusterAuthorships(ofSubject([]))).toHaveLength(2)
    expect(clusterAuthorships(ofSubject(['Zebulon Quirrell', 'Ann Ostermeier']))).toHaveLength(1)
  },
)
