import { expect, test } from 'vitest'
import { languageIn } from '../../../src/import/fields/languages.ts'
import { publicationOf } from '../../../src/import/fields/publication.ts'
import { readText } from '../../helpers/reading.ts'
import { STATED_TEXTS } from '../../helpers/stated-texts.ts'

/** Fields that the record lacks while another states the same, and fields that only say how to read another. */
const SPARE: Record<string, RegExp> = {
  bibtex: /^archiveprefix$/,
  ris: /^PY$/,
  nbib: /^(?:DP {2}|DEP )$/,
  jats: /^(?:year|month|day)$/,
  'pubmed-xml': /^online$/,
  csv: /^publication year$/,
}

/** A format may have several entries, named with an additional word. */
const formatOf = (name: string) => name.replace('biblatex', 'bibtex').split(' ')[0] ?? ''

const read = async (name: string, text: string) => {
  const { records, repairs, rejects } = await readText(formatOf(name), text).catch(() => NOTHING)
  return { stored: JSON.stringify(records), told: [...repairs, ...rejects] }
}
/** Without the field that identifies its format, a text has no format. */
const NOTHING = { records: [], repairs: [], rejects: ['in no format'] }

test.each(Object.entries(STATED_TEXTS))(
  '%s: a wrong value is kept, or reported',
  async (name, { fields, write }) => {
    const right = Object.fromEntries(
      Object.entries(fields).map(([field, [value]]) => [field, value]),
    )
    const whole = await read(name, write(right))
    expect(whole.told).toEqual([])
    const silent: string[] = []
    for (const [field, [, ...wrong]] of Object.entries(fields)) {
      const without = await read(name, write({ ...right, [field]: undefined }))
      const isSpare = SPARE[name]?.test(field) ?? false
      expect(without.stored === whole.stored, `${field} is not read`).toBe(isSpare)
      for (const value of wrong) {
        const { stored, told } = await read(name, write({ ...right, [field]: value }))
        if (told.length === 0 && stored === without.stored) silent.push(`${field}: ${value}`)
      }
    }
    expect(silent).toEqual([])
  },
)

test.each([
  ['English', 'en', []],
  ['English; French', 'en', ['of several languages the first was kept']],
  ['Klingonish and french', 'fr', ['an unknown language was left out']],
  ['n/a', null, []],
])('in the languages %s', (stated, tag, told) => {
  const lost: string[] = []
  expect(languageIn(stated, lost)).toBe(tag)
  expect(lost).toEqual(told)
})

test.each([
  ['0-8186-8292-0 (print)', ['0818682920'], undefined],
  ['978-3-16-148410-0; 2049-3630', ['9783161484100'], ['2049-3630']],
  ['2049-3630 (online) 2049-3649', undefined, ['2049-3630', '2049-3649']],
  ['9783161484100', ['9783161484100'], undefined],
  ['0 12345678 9', ['0123456789'], undefined],
])('the numbers %s are read in their forms', (text, isbns, issns) => {
  for (const field of ['isbns', 'issns']) {
    const { publication } = publicationOf({ [field]: [text] })
    expect(publication).toEqual({ ...(isbns && { isbns }), ...(issns && { issns }) })
  }
})
