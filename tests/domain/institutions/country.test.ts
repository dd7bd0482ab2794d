import { expect, test } from 'vitest'
import { countryCode } from '../../../src/domain/institutions/country.ts'

test.each([
  ['CH', 'CH'],
  [' ch ', 'CH'],
  ['UK', 'GB'],
  ['Germany', 'DE'],
  ['united  states', 'US'],
  ['USA', 'US'],
  ['South Korea', 'KR'],
  ['türkiye', 'TR'],
  ['Turkey', 'TR'],
  ["Cote d'Ivoire", 'CI'],
  ['Trinidad and Tobago', 'TT'],
])('the country %s is %s', (given, code) => {
  expect(countryCode(given, 'country')).toBe(code)
})

test.each([
  ['xx', undefined],
  ['ZZ', undefined],
  ['', undefined],
  ['Germny', 'germany'],
  ['Narnia', undefined],
])('%s is not a country', (given, near) => {
  let message = ''
  try {
    countryCode(given, 'country')
  } catch (error) {
    message = String(error)
  }
  expect(message).toContain(`country: no country is called ${JSON.stringify(given)}`)
  expect(/Did you mean (.*)\?$/.exec(message)?.[1]).toBe(near)
})
