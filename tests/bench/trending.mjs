import { parseArgs } from 'node:util'
import { openServer } from './server.mjs'
import { openTrending, top, write } from './trending-catalogue.mjs'
import { FORMULAS, topBy } from './trending-formulas.mjs'
import { DAYS, FIRST_ASKED, makeWorld, risingOn } from './trending-world.mjs'

/** Number of papers of a list that a reader examines. */
const SIZE = 10
/** Days between two evaluations. */
const STEP = 3
const WINDOWS = ['day', 'week']
/** Worlds without readers who vote, and with them. */
const KINDS = [{ hasVotes: false }, { hasVotes: true }]

const started = []
process.exitCode = await main()

async function main() {
  const { values: options } = parseArgs({
    options: {
      seeds: { type: 'string', default: '16' },
      // Constants were chosen on odd seeds; even ones are reported.
      half: { type: 'string', default: 'even' },
      set: { type: 'string', multiple: true, default: [] },
      kinds: { type: 'boolean', default: false },
    },
  })
  try {
    const server = await openServer(started)
    const constants = Object.fromEntries(
      options.set.map((one) => one.split('=')).map(([k, v]) => [k, Number(v)]),
    )
    const trending = await openTrending(server, constants)
    const seeds = Array.from({ length: Number(options.seeds) }, (_, i) => i + 1).filter(
      (seed) => seed % 2 === (options.half === 'odd' ? 1 : 0),
    )
    for (const kind of KINDS) {
      const tallies = {}
      const wrong = {}
      for (const seed of seeds) await ask(trending, makeWorld(seed, kind), seed, tallies, wrong)
      print(tallies, seeds, kind)
      if (options.kinds)
        console.log('In the first 10 without being a riser, or missing there, by kind:', wrong)
    }
    await trending.close()
    return 0
  } catch (error) {
    console.error(error)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}

async function ask(trending, world, seed, tallies, wrong) {
  const catalogue = await trending.open(seed)
  let from = 0
  for (let day = FIRST_ASKED; day < DAYS; day += STEP) {
    await write(catalogue.client, world, from, day)
    await catalogue.update(day)
    from = day + 1
    const rising = new Set(risingOn(world, day))
    if (rising.size === 0) continue
    for (const window of WINDOWS) {
      const shown = (await top(catalogue.client, window, SIZE)).map((id) => world.papers[id])
      tally(tallies, `paperql, ${window.toUpperCase()}`, seed, shown, rising)
      for (const paper of shown)
        if (!rising.has(paper)) count(wrong, `${window}: ${kindOf(paper, day)}`)
      if (rising.size > SIZE) continue
      for (const paper of rising)
        if (!shown.includes(paper)) count(wrong, `${window}: missing ${kindOf(paper, day)}`)
    }
    for (const [name, formula] of Object.entries(FORMULAS))
      tally(tallies, name, seed, topBy(formula, world.papers, day, SIZE), rising)
  }
  await catalogue.close()
}

function count(counts, key) {
  counts[key] = (counts[key] ?? 0) + 1
}

function kindOf(paper, day) {
  if (!paper) return 'citing'
  const isBought = [...(paper.repository?.extra.keys() ?? [])].some(
    (on) => on <= day && on > day - 15,
  )
  return isBought ? 'bought stars' : `${paper.kind}${paper.topic === 'loud' ? ', loud' : ''}`
}

function tally(tallies, name, seed, shown, rising) {
  tallies[name] ??= {}
  tallies[name][seed] ??= { found: 0, sought: 0, first: 0, asked: 0 }
  const one = tallies[name][seed]
  one.found += shown.filter((paper) => rising.has(paper)).length
  one.sought += Math.min(SIZE, rising.size)
  one.first += shown.slice(0, 3).filter((paper) => rising.has(paper)).length
  one.asked += Math.min(3, rising.size)
}

function print(tallies, seeds, { hasVotes }) {
  const what = hasVotes ? 'worlds with readers who vote' : 'worlds'
  console.log(
    `\n${seeds.length} ${what}, ${DAYS - FIRST_ASKED} days each; planted risers among the first ${SIZE} and the first 3:\n`,
  )
  console.log(
    '| formula | in the first 10 | worst world | in the first 3 |\n| --- | --- | --- | --- |',
  )
  const percent = (share) => `${(100 * share).toFixed(1)}%`
  for (const [name, bySeed] of Object.entries(tallies)) {
    const all = Object.values(bySeed)
    const sum = (key) => all.reduce((total, one) => total + one[key], 0)
    const worst = Math.min(...all.map(({ found, sought }) => found / sought))
    const figures = [sum('found') / sum('sought'), worst, sum('first') / sum('asked')].map(percent)
    console.log(`| ${[name, ...figures].join(' | ')} |`)
  }
}
