/**
 * How well authors are told apart by what their papers show, without their identifiers. Eight conference lists say who
 * each author is by an OpenReview id, which the method does not see. Half of the family names were used to fit the weights.
 */
import { parseArgs } from 'node:util'
import { measure, weighed } from '../../src/domain/identity/evidence.ts'
import { fit } from './authors-fit.mjs'
import { group } from './authors-group.mjs'
import { readPlaces } from './authors-lists.mjs'
import { figuresOf, hashOf } from './authors-score.mjs'

const HEAD = `| half | method | pairwise precision | recall | B-cubed precision | recall | F1 | lumped people | split people |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`

const { values } = parseArgs({
  options: {
    fit: { type: 'boolean', default: false },
    worst: { type: 'string', default: '0' },
  },
})

const places = readPlaces()
const blocks = groupBy(places, blockOf)
countGivenNames()
const known = places.filter(({ person }) => person !== null)
const people = new Set(known.map(({ person }) => person))
console.error(`${places.length} places, ${known.length} of ${people.size} known people`)

if (values.fit) fit(pairsOf())
else if (values.worst !== '0') printWorst(Number(values.worst))
else printFigures()

/** How many given names there are of each family name and initial. */
function countGivenNames() {
  for (const block of blocks.values()) {
    const given = block.map(({ name }) => name.given.join('')).filter((one) => one.length > 1)
    const givenNames = new Set(given).size
    for (const place of block) place.givenNames = givenNames
  }
}

function printFigures() {
  console.log(HEAD)
  const methods = {
    'identifiers only': (place) => place,
    'one per exact name': ({ name }) => `${name.given.join('')} ${name.family}`,
    'one per family name and initial': blockOf,
    'by evidence': byEvidence(),
  }
  const halves = groupBy(known, (place) => (isFitted(place) ? 'fitted' : 'held out'))
  for (const [half, own] of halves)
    for (const [method, groupOf] of Object.entries(methods)) printRow(half, method, own, groupOf)
  // The same with every third first name of the held-out half printed as an initial.
  const own = halves.get('held out')
  for (const place of own)
    if (hashOf(place.person + place.paperId) % 3 === 0)
      place.name = { ...place.name, given: [place.name.given[0][0]] }
  countGivenNames()
  printRow('held out, a third with initials', 'by evidence', own, byEvidence())
}

function printRow(half, method, own, groupOf) {
  console.log(`| ${[half, method, ...Object.values(figuresOf(own, groupOf))].join(' | ')} |`)
}

function byEvidence() {
  const groups = new Map()
  for (const block of blocks.values())
    if (block.some(({ person }) => person !== null)) {
      for (const [place, root] of group(block)) groups.set(place, root)
    }
  return (place) => groups.get(place)
}

function pairsOf() {
  const pairs = []
  for (const block of blocks.values()) {
    const own = block.filter(({ person }) => person !== null)
    for (const [i, a] of own.entries())
      for (const b of own.slice(0, i)) {
        const measured = measure(a, b, a.givenNames)
        if (measured)
          pairs.push({ a, b, measured, isSame: a.person === b.person, isFitted: isFitted(a) })
      }
  }
  return pairs
}

function isFitted({ name }) {
  return hashOf(name.family) % 2 === 0
}

function blockOf({ name }) {
  return `${name.family} ${name.given[0][0]}`
}

function groupBy(list, keyOf) {
  const groups = new Map()
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

/** Pairs of the fitted half that are in one group and should not be, or the other way round, the surest first. */
function printWorst(most) {
  const groupOf = byEvidence()
  const wrong = { lumped: [], split: [] }
  for (const { a, b, measured, isSame } of pairsOf().filter((pair) => pair.isFitted)) {
    const isOne = groupOf(a) === groupOf(b)
    if (isOne === isSame) continue
    const parts = weighed(measured)
    const total = Object.values(parts).reduce((sum, part) => sum + part, 0)
    wrong[isOne ? 'lumped' : 'split'].push({ a, b, parts, total })
  }
  wrong.lumped.sort((x, y) => y.total - x.total)
  wrong.split.sort((x, y) => x.total - y.total)
  for (const [name, list] of Object.entries(wrong)) {
    console.log(`\n${name}: ${list.length} pairs`)
    for (const pair of list.slice(0, most)) console.log(lineOf(pair))
  }
}

function lineOf({ a, b, parts, total }) {
  const why = Object.entries(parts).filter(([, part]) => part !== 0)
  const [one, other] = [a, b].map(({ printed, person, list }) => `${printed} (${person}, ${list})`)
  const reasons = why.map(([kind, part]) => `${kind} ${part.toFixed(1)}`).join(', ')
  return `${total.toFixed(1)} ${one} – ${other}: ${reasons}`
}
