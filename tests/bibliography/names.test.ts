import { expect, test } from 'vitest'
import { nameParts } from '../../src/bibliography/names.ts'

test.each([
  ['Ada Lovelace', 'Ada', '', 'Lovelace', ''],
  ['Fei Ma', 'Fei', '', 'Ma', ''],
  ['J. R. R. Tolkien', 'J. R. R.', '', 'Tolkien', ''],
  ['Laurens van der Maaten', 'Laurens', 'van der', 'Maaten', ''],
  ['El Hassan bin Talal', 'El Hassan', 'bin', 'Talal', ''],
  ['Anna de la Cruz y Vega', 'Anna', 'de la', 'Cruz y Vega', ''],
  ['Benjamin Van Durme', 'Benjamin', '', 'Van Durme', ''],
  ['Kiet Van Nguyen', 'Kiet Van', '', 'Nguyen', ''],
  ['Kiết Văn Nguyễn', 'Kiết Văn', '', 'Nguyễn', ''],
  ['Martin Luther King Jr.', 'Martin Luther', '', 'King', 'Jr.'],
  ['Hal Daumé III', 'Hal', '', 'Daumé', 'III'],
  ['John Smith, Jr.', 'John', '', 'Smith', 'Jr.'],
  ['Lovelace, Ada', 'Ada', '', 'Lovelace', ''],
  ['bell hooks', 'bell', '', 'hooks', ''],
  ['Zhao wei', 'Zhao', '', 'wei', ''],
])('%s', (name, given, particle, family, suffix) => {
  expect(nameParts(name)).toEqual({ given, particle, family, suffix })
})

test.each(['OpenAI', 'José', '明', 'NLLB Team', 'The ATLAS Collaboration', 'Team 42', 'A, B, C'])(
  '%s is not split',
  (name) => {
    expect(nameParts(name)).toEqual({ literal: name })
  },
)
