/**
 * Measures how well authors are grouped by the evidence of their papers, without their identifiers. Eight conference lists state each
 * author's OpenReview id, which the method does not use. Half of the family names were used to fit the weights.
 */
import { parseArgs } from 'node:util'
import { measure, weighed } from '../../src/domain/identity/evidence.ts'
import { blockOf as nameBlockOf } from '../../src/domain/identity/name-block.ts'
import { nameKey } from '../../src/domain/record/title-key.ts'
import { fit } from './authors-fit.mjs'
import { group } from './authors-group.mjs'
import { readPlaces } from './authors-lists.mjs'
import { figuresOf, hashOf } from './authors-score.mjs'
import { printedAs, VARIANTS } from './authors-variants.mjs'

const FIGURES =
  'pairwise precision | recall | B-cubed precision | recall | F1 | lumped people | split people'
/** Minimum or maximum goals for the figures of grouping by evidence. */
const GOALS = [
  { figure: 'pairPrecision', label: 'pairwise precision', least: 0.99 },
  { figure: 'pairRecall', label: 'pairwise recall', least: 0.85 },
  { figure: 'f1', label: 'B-cubed F1', least: 0.975 },
  { figure: 'lumped', label: 'lumped people, %', most: 0.5 },
]
const LEAST_OF_VARIANTS = 0.8
/** Upper bounds of classes by number of given names with one family name and initial. */
const FREQUENCIES = [1, 5, 20, 80, Number.POSITIVE_INFINITY]

const LINES = `${' ---: |'.repeat(7)}`

const { values } = parseArgs({
  options: {
    fit: { type: 'boolean', default: false },
    worst: { type: 'string', default: '20' },
    half: { type: 'string' },
    data: { type: 'string' },
  },
})

if (values.half !== undefined && !['fitted', 'held out'].includes(values.half))
  throw new Error(`--half ${values.half}: expected fitted or "held out"`)

/** `--half fitted` hides the other half, so that rules can be chosen without it. */
const isShown = (half) => values.half === undefined || values.half === half
const judged = values.half ?? 'held out'

const { places, foldedBy } = readPlaces(values.data)
const known = places.filter(isKnown)
/** People who state an identifier besides their profile: two profiles of such a person are recognised and folded. */
const confirmed = new Set(
  known.flatMap((place) =>
    place.proofs.some((proof) => !proof.startsWith('homepage:')) ? place.folded : [],
  ),
)

const people = [personOf, foldedOf].map((of) => new Set(known.map(of)).size)
console.log(
  `${places.length} places, ${known.length} of ${people[0]} profiles, which are ${people[1]} people: ${JSON.stringify(foldedBy)} show two to be one person's.\n`,
)

if (values.fit) fit(pairsOf(places), pairsOf(printedAs(places, 'a third with initials')))
else {
  const groupOf = byEvidence(places)
  printMethods(groupOf)
  printByFrequency(groupOf)
  printVariants()
  printWorst(groupOf, Number(values.worst), values.half ?? 'fitted')
}

function printMethods(groupOf) {
  const methods = {
    'identifiers only': (place) => place,
    'one per exact name': ({ name }) => `${name.given.join('')} ${name.family}`,
    'one per family name and initial': blockOf,
    'by evidence': groupOf,
  }
  console.log(`| half | people are | method | ${FIGURES} |\n| --- | --- | --- |${LINES}`)
  for (const [half, own] of [...groupBy(known, halfOf)].filter(([one]) => isShown(one)))
    for (const [method, of] of Object.entries(methods))
      for (const [label, some] of [
        ['profiles', own],
        ['folded', own.map(asFolded)],
        ['folded, with identifiers', own.map(asFolded).filter(isConfirmed)],
      ])
        if (label === 'profiles' || of === groupOf) printRow([half, label, method], some, of)
}

function asFolded(place) {
  return { ...place, person: place.folded }
}

/** The figures of a half by number of people who share a family name and an initial, with the distance from the goals. */
function printByFrequency(groupOf) {
  const own = known.filter((place) => halfOf(place) === judged)
  const bands = [...groupBy(own, bandOf)]
    .sort(([x], [y]) => x - y)
    .map(([band, some]) => [labelOf(band), some])
  console.log(`\n| given names, ${judged} | authorships | ${FIGURES} |\n| --- | ---: |${LINES}`)
  for (const [label, some] of bands) printRow([label, some.length], some, groupOf)
  const all = [['all', own], ...bands].map(([label, some]) => [label, figuresOf(some, groupOf)])
  const heads = ['goal', ...all.map(([label]) => label)]
  console.log(
    `\n| figure, ${judged} | ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length + 1)}`,
  )
  for (const { figure, label, least, most } of GOALS) {
    const goal = least === undefined ? `≤ ${most}` : `≥ ${least}`
    const distances = all.map(([, figures]) => distanceOf(figures[figure], least ?? most))
    console.log(`| ${[label, goal, ...distances].join(' | ')} |`)
  }
}

/** The difference between a figure and its goal. */
function distanceOf(figure, goal) {
  const difference = Number.parseFloat(figure) - goal
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(figure.endsWith('%') ? 2 : 4)}`
}

function labelOf(band) {
  const [least, most] = [(FREQUENCIES[band - 1] ?? 0) + 1, FREQUENCIES[band]]
  if (most === least) return String(least)
  return most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
}

function isConfirmed({ folded }) {
  return confirmed.has(folded)
}

function bandOf({ givenNames }) {
  return FREQUENCIES.findIndex((most) => givenNames <= most)
}

/** A half with names printed in other ways, and people whom the ACL Anthology knows by several names: the set of variants. */
function printVariants() {
  console.log(`\n| names, ${judged} | authorships changed | ${FIGURES} |\n| --- | ---: |${LINES}`)
  let mixed
  for (const kind of Object.keys(VARIANTS)) {
    const printed = printedAs(places, kind)
    const own = printed.filter((place) => isKnown(place) && halfOf(place) === judged).map(asFolded)
    const changed = own.filter(
      ({ name, index }) =>
        name.given.join(' ') !== places[index].name.given.join(' ') ||
        name.family !== places[index].name.family,
    )
    const groupOf = byEvidence(printed)
    printRow([kind, changed.length], own, groupOf)
    mixed = joinedOf(
      pairsOfPeople(own, ({ person }) => person),
      groupOf,
    )
  }
  const groupOf = byEvidence(places, ({ page }) => page !== null)
  const pairs = pairsOfPeople(
    places.filter(({ page }) => page !== null),
    ({ page }) => page,
  ).filter(([a, b]) => nameKey(a.printed) !== nameKey(b.printed))
  const ofPages = joinedOf(pairs, groupOf)
  const people = new Set(pairs.map(([{ page }]) => page)).size
  console.log(
    `\n${ofPages.joined} of ${ofPages.all} pairs of authorships that the ACL Anthology gives one page and two names, of ${people} people, are one author's.`,
  )
  const [joined, all] = [mixed.joined + ofPages.joined, mixed.all + ofPages.all]
  console.log(
    `\nWith those of the last line of the table, ${joined} of ${all}: a recall of ${(joined / all).toFixed(4)}; the goal is ${LEAST_OF_VARIANTS}.`,
  )
}

function pairsOfPeople(own, personOf) {
  return [...groupBy(own, personOf).values()].flatMap(combinations)
}

function joinedOf(pairs, groupOf) {
  return {
    joined: pairs.filter(([a, b]) => groupOf(a) === groupOf(b)).length,
    all: pairs.length,
  }
}

function printRow(heads, own, groupOf) {
  console.log(`| ${[...heads, ...Object.values(figuresOf(own, groupOf))].join(' | ')} |`)
}

/** The group of each place, in blocks that have places to judge. */
function byEvidence(all, isJudged = isKnown) {
  const groups = new Map()
  for (const block of blocksOf(all))
    if (block.some(isJudged))
      for (const [place, root] of group(block)) groups.set(place.index, root)
  return ({ index }) => groups.get(index)
}

/** Places by family name and initial, each with the number of given names. */
function blocksOf(all) {
  const blocks = [...groupBy(all, blockOf).values()]
  for (const block of blocks) {
    const given = block.map(({ name }) => name.given.join('')).filter((one) => one.length > 1)
    const givenNames = new Set(given).size
    for (const place of block) place.givenNames = givenNames
  }
  return blocks
}

function pairsOf(all) {
  return blocksOf(all).flatMap((block) =>
    combinations(block.filter(isKnown)).flatMap(([a, b]) => {
      const measured = measure(a, b, a.givenNames)
      return measured ? { a, b, measured, isSame: a.folded === b.folded, half: halfOf(a) } : []
    }),
  )
}

function combinations(list) {
  return list.flatMap((a, i) => list.slice(0, i).map((b) => [a, b]))
}

function isKnown({ person }) {
  return person !== null
}

function personOf({ person }) {
  return person
}

function foldedOf({ folded }) {
  return folded
}

function halfOf({ name }) {
  return hashOf(name.family) % 2 === 0 ? 'fitted' : 'held out'
}

function blockOf({ name }) {
  return nameBlockOf(name)
}

function groupBy(list, keyOf) {
  const groups = new Map()
  for (const one of list) {
    const own = groups.get(keyOf(one))
    if (own) own.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** Wrong pairs of one half, in one group by mistake or missing from it, the surest first. */
function printWorst(groupOf, most, half) {
  const wrong = { lumped: [], split: [] }
  for (const { a, b, measured, isSame } of pairsOf(places).filter((pair) => pair.half === half)) {
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
