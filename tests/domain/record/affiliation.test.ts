import { expect, test } from 'vitest'
import {
  affiliationsIn,
  candidatesIn,
  initialsOf,
  institutionKey,
  siteOf,
} from '../../../src/domain/record/affiliation.ts'
import { normaliseRor } from '../../../src/domain/reference/ror.ts'

test.each([
  ['University of California, Berkeley', 'The Univ. of California at Berkeley'],
  ['Technische Universität München', 'Technische Universitat Munchen (TUM)'],
  ['Sony Corporation', 'SONY Corp.'],
  ['Pohang University of Science & Technology', 'Pohang University of Science and Technology'],
])('%s is %s', (name, other) => {
  expect(institutionKey(other)).toBe(institutionKey(name))
})

test.each([
  ['University of Washington', 'Washington University'],
  ['University of York', 'York University'],
  ['New York University', 'New York University (Shanghai)'],
  ['Sony Corporation', 'Sony Group Corporation'],
  ['University of Illinois', 'University of Illinois Chicago'],
])('%s is not %s', (name, other) => {
  expect(institutionKey(other)).not.toBe(institutionKey(name))
})

test('initials, hosts of home pages, affiliations in a text', () => {
  expect(initialsOf('Massachusetts Institute of Technology')).toBe('mit')
  expect(initialsOf('University of California, Los Angeles')).toBe('ucla')
  expect(initialsOf('Google')).toBe('')
  expect(siteOf('robots.ox.ac.uk')).toBe('ox.ac.uk')
  expect(siteOf('csail.mit.edu')).toBe('mit.edu')
  expect(affiliationsIn('MIT; Google Research+ETH Zurich; 1')).toEqual([
    'MIT',
    'Google Research',
    'ETH Zurich',
  ])
})

test.each([
  [
    'Dept. of CS, University of California, San Diego, La Jolla, USA',
    'University of California, San Diego',
  ],
  ['1 Stanford University, Stanford, CA 94305', 'Stanford University'],
  ['Google, Mountain View', 'Google'],
])('%s may name %s', (affiliation, name) => {
  expect(candidatesIn(affiliation).map(({ key }) => key)).toContain(institutionKey(name))
})

test.each([
  ['a place', 'MIT, Cambridge, MA', 'Cambridge'],
  ['a unit of many', 'Institute of Automation, University of Bremen', 'Institute of Automation'],
  ['a field', 'Computer Science, ETH Zurich', 'Computer Science'],
  [
    'a university of several campuses',
    'University of California, Davis',
    'University of California',
  ],
  ['three letters', 'Statistical Laboratory, CMS, University of Cambridge', 'CMS'],
  ['a name of several', 'Northeastern University, Shenyang', 'Northeastern University'],
])('%s is not a name: %s', (_, affiliation, name) => {
  expect(candidatesIn(affiliation).map(({ key }) => key)).not.toContain(institutionKey(name))
})

test('ROR ids in any spelling, with their checksum', () => {
  expect(normaliseRor('https://ror.org/042nb2s44')).toBe('042nb2s44')
  expect(normaliseRor(' ROR.org/042NB2S44/ ')).toBe('042nb2s44')
  expect(normaliseRor('042nb2s45')).toBeNull()
  expect(normaliseRor('https://example.org/042nb2s44')).toBeNull()
})
