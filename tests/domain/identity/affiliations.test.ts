import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namesInAffiliation } from '../../../src/domain/identity/affiliations/read.ts'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { bylinesOfTwoFields } from '../../helpers/bylines.ts'

const sharedNames = (one: string, other: string) => {
  const names = namesInAffiliation(other)
  return [...namesInAffiliation(one)].filter((name) => names.has(name))
}

/** Towns with their countries, in several spellings, and an address. */
const TOWNS = [
  { town: 'Leeds', country: 'UK', address: 'Leeds LS2 9JT, United Kingdom' },
  { town: 'Edinburgh', country: 'U.K.', address: 'Edinburgh, EH8 9AB, Scotland, UK' },
  { town: 'Munich', country: 'Germany', address: '80333 Munich, Germany' },
  { town: 'Warsaw', country: 'Poland', address: '00-661 Warsaw, Poland' },
  { town: 'Chicago', country: 'USA', address: 'Chicago, IL 60607, USA' },
  { town: 'Houston', country: 'USA', address: 'Houston, TX, United States' },
  { town: 'Hong Kong', country: 'China', address: 'Hong Kong SAR, China' },
  { town: 'Beijing', country: 'P.R. China', address: 'Beijing 100084, P. R. China' },
  { town: 'Xi’an', country: 'China', address: 'Xi’an, Shaanxi, China' },
  { town: 'Kolkata', country: 'India', address: 'Kolkata 700032, West Bengal, India' },
  { town: 'São Paulo', country: 'Brazil', address: 'São Paulo, SP, Brasil' },
]

/** Kinds of institutions that a town may have, each in its printed forms. */
const SORTS: ((town: string) => string[])[] = [
  (town) => [`University of ${town}`, `${town} University`, `The University of ${town}`],
  (town) => [`Technical University of ${town}`, `TU ${town}`, `${town} University of Technology`],
  (town) => [`${town} Polytechnic University`, `Polytechnic University of ${town}`],
  (town) => [`Medical University of ${town}`, `${town} Medical University`],
  (town) => [`${town} State University`, `${town} State Univ.`],
  (town) => [`${town} Normal University`],
  (town) => [`${town} Institute of Technology`, `Institute of Technology, ${town}`].slice(0, 1),
  (town) => [`${town} University of Science and Technology`],
  (town) => [`${town} College`, `College of ${town}`],
  (town) => [`City University of ${town}`],
  (town) => [`National University of ${town}`, `${town} National University`],
]

const institution = fc.record({ at: fc.nat(TOWNS.length - 1), sort: fc.nat(SORTS.length - 1) })

/** An institution in its printed form: with a unit and an address, or neither. */
const printed = ({ at, sort }: { at: number; sort: number }) => {
  const { town, country, address } = TOWNS[at] as (typeof TOWNS)[number]
  return fc
    .record({
      name: fc.constantFrom(...(SORTS[sort]?.(town) ?? [])),
      unit: fc.constantFrom(
        '',
        'Department of Computer Science, ',
        'School of Software, ',
        'Dept. of Electrical and Computer Engineering ',
        'Key Laboratory of Machine Learning, ',
      ),
      place: fc.constantFrom(
        '',
        `, ${town}`,
        `, ${country}`,
        `, ${town}, ${country}`,
        `, ${address}`,
      ),
    })
    .map(({ name, unit, place }) => `${unit}${name}${place}`)
}

test('two institutions have nothing in common, whatever their place and the printed unit', () => {
  const two = fc
    .tuple(institution, institution)
    .filter(([one, other]) => one.at !== other.at || one.sort !== other.sort)
    .chain(([one, other]) => fc.tuple(printed(one), printed(other)))
  fc.assert(
    fc.property(two, ([one, other]) => {
      expect(sharedNames(one, other), `${one} / ${other}`).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('one institution has the same names in all printed forms', () => {
  const two = institution.chain((one) => fc.tuple(printed(one), printed(one)))
  fc.assert(
    fc.property(two, ([one, other]) => {
      expect(namesInAffiliation(one), `${one} / ${other}`).toEqual(namesInAffiliation(other))
      expect(namesInAffiliation(one).size).toBe(1)
    }),
    { numRuns: 1000 },
  )
})

const TWO = `
University of Kent, UK | University of Leeds, UK
University of Hong Kong | The Chinese University of Hong Kong
University of Hong Kong | Polytechnic of Hong Kong
University of Hong Kong | Hong Kong University of Science and Technology
University of Hong Kong | Huawei Noah’s Ark Lab, Hong Kong, China
Sapienza University of Rome, Rome, Italy | Roma Tre University, Rome, Italy
UC Berkeley | University of California, San Diego
University of California, Los Angeles, CA, USA | California Institute of Technology
University of California | University of California, Davis
University of Texas at Austin | The University of Texas at Dallas, Richardson, TX
University of Illinois at Chicago | University of Illinois Urbana-Champaign
University of Maryland, College Park | University of Maryland, Baltimore County
State University of New York at Buffalo | State University of New York, Stony Brook
New York University, New York, NY | Columbia University, New York, NY
Technical University of Munich | LMU Munich
Washington University in St. Louis | University of Washington
George Washington University | University of Washington, Seattle
Washington State University | University of Washington
Miami University | University of Miami
Indiana University | Indiana State University
Ohio University | The Ohio State University
Pennsylvania State University | University of Pennsylvania
IIT Delhi | IIT Bombay
Indian Institute of Technology Delhi, New Delhi, India | Indian Institute of Technology, Kanpur, India
Indian Institute of Science, Bangalore | Indian Institute of Technology Madras
Max Planck Institute for Informatics | Max Planck Institute for Intelligent Systems
Max Planck Institute for Informatics, Saarbrücken, Germany | Saarland University, Saarbrücken, Germany
Max Planck Institute, Saarbrücken | Max Planck Institute, Tübingen
CNRS, LIP6 | CNRS, LORIA
Institute of Automation, Chinese Academy of Sciences | Institute of Computing Technology, Chinese Academy of Sciences
Chinese Academy of Sciences, Beijing | University of Chinese Academy of Sciences
Beijing University of Posts and Telecommunications | Nanjing University of Posts and Telecommunications
Shanghai Jiao Tong University | Xi'an Jiaotong University
University of Science and Technology of China | University of Electronic Science and Technology of China
University of British Columbia | Columbia University
Princeton University, Princeton, NJ | NEC Laboratories America, Princeton, NJ
Google, Mountain View, CA | NASA Ames, Mountain View, CA
School of Software, Beihang University | School of Software, Tsinghua University
Department of Physics | Department of Physics
Berlin, Germany | Berlin, Germany
USA | USA
北京大学, 北京, 中国 | 清华大学, 北京, 中国`

test.each(TWO.trim().split('\n'))('are two institutions: %s', (pair) => {
  const [one = '', other = ''] = pair.split(' | ')
  expect(sharedNames(one, other)).toEqual([])
})

const ONE = `
University of Edinburgh, Edinburgh EH8 9AB, UK | Edinburgh University
UC Berkeley | University of California, Berkeley, CA 94720 | University of California at Berkeley
UCSD | UC San Diego | University of California San Diego, La Jolla, CA
UIUC | University of Illinois at Urbana-Champaign | University of Illinois, Urbana-Champaign
TU Munich | TUM | Technische Universität München | Technical University of Munich
LMU Munich | Ludwig-Maximilians-Universität München
University of Michigan, Ann Arbor | University of Michigan
University of Wisconsin-Madison | University of Wisconsin - Madison, USA
Washington University in St. Louis | Washington University, Saint Louis, MO
IIT Bombay | Indian Institute of Technology Bombay, Mumbai, India | IIT, Mumbai
CASIA | Institute of Automation, Chinese Academy of Sciences, Beijing, China
MPI for Informatics | Max-Planck-Institut für Informatik | Max Planck Institute for Informatics, Saarbrücken
MIT | Massachusetts Institute of Technology | MIT CSAIL
HKUST | The Hong Kong University of Science and Technology | 2Hong Kong University of Science and Technology
CMU | Carnegie Mellon University, Pittsburgh, PA | Language Technologies Institute, Carnegie Mellon University
ETH Zürich | Swiss Federal Institute of Technology Zurich
EPFL | École Polytechnique Fédérale de Lausanne
KU Leuven | Katholieke Universiteit Leuven, Belgium
Georgia Tech | Georgia Institute of Technology, Atlanta
The Ohio State University, Columbus | Ohio State
Shanghai Jiao Tong University | SJTU | Shanghai Jiaotong University
Department of Computer Science Columbia University New York, NY | Columbia University
U. of Liverpool | University of Liverpool`

test.each(ONE.trim().split('\n'))('are one institution: %s', (list) => {
  const [first = '', ...others] = list.split(' | ')
  for (const other of others) expect(sharedNames(first, other), other).not.toEqual([])
})

test('an unlisted town is a place between an institution and its country', () => {
  expect([...namesInAffiliation('University of Kent, Quirrelham, UK')]).toEqual(['kent university'])
  expect([...namesInAffiliation('Quirrelham, UK')]).toEqual(['quirrelham'])
})

test('words of object languages are words', () => {
  expect([...namesInAffiliation('Constructor University')]).toEqual(['constructor'])
  expect([...namesInAffiliation('')]).toEqual([])
})

/** Common names with one co-author each, and a rare one. */
const BEARERS: [string, string[]][] = [
  ['John Baker', ['Robert Hill']],
  ['Maria Rossi', ['Anna Russo']],
  ['Bo Peng', []],
  ['Jie Luo', []],
  ['Wiktor Brzeczyszczak', []],
]

test.each(BEARERS)(
  '%s of two institutions of one town or country are two people',
  (printed, shared) => {
    const pairs = TWO.trim().split('\n').slice(0, 6)
    for (const pair of pairs) {
      const [one = '', other = ''] = pair.split(' | ')
      const clustersAt = (places: readonly [string, string]) =>
        clusterAuthorships(
          bylinesOfTwoFields(printed, shared).map((byline, at) => ({
            ...byline,
            affiliation: namesInAffiliation(places[at] ?? ''),
          })),
        ).length
      expect(clustersAt([one, other]), pair).toBe(2)
      expect(clustersAt([one, one]), one).toBe(1)
    }
  },
)
