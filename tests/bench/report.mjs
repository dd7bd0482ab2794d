import { SHAPES } from './shapes.mjs'

const OPPONENTS = ['postgraphile', 'floor', 'other']

/**
 * The median figures of each shape and peer, and paperql's ratios to the others with the goals. Ratios are computed within each round,
 * because a shared machine may be half as fast in the next.
 */
export function summarise(rounds, shapes, peers) {
  return shapes.map((shape) => {
    const figures = {}
    const own = rounds.filter((run) => run.shape === shape)
    for (const peer of peers) {
      const runs = own.filter((run) => run.peer === peer)
      figures[peer] = {
        perSecond: median(runs.map((run) => run.perSecond)),
        p50: median(runs.map((run) => run.p50)),
        p99: median(runs.map((run) => run.p99)),
      }
    }
    return { shape, figures, comparisons: compare(figures, own, SHAPES[shape].goal) }
  })
}

function compare(figures, runs, goal) {
  if (!figures.paperql) return []
  const speed = (round, name) =>
    runs.find((run) => run.round === round && run.peer === name).perSecond
  return OPPONENTS.filter((name) => figures[name]).map((name) => {
    const rounds = [...new Set(runs.map(({ round }) => round))]
    const ratio = median(rounds.map((round) => speed(round, 'paperql') / speed(round, name)))
    const calmer = name !== 'postgraphile' || figures.paperql.p99 < figures[name].p99
    return { to: name, ratio, goal: goal[name], reached: ratio >= (goal[name] ?? 0) && calmer }
  })
}

/** The summary as a Markdown table: latencies in milliseconds. */
export function table(summary) {
  const lines = [
    '| shape | peer | requests/s | p50 ms | p99 ms | paperql / this | goal |',
    '|---|---|--:|--:|--:|--:|---|',
  ]
  for (const { shape, figures, comparisons } of summary) {
    for (const [peer, { perSecond, p50, p99 }] of Object.entries(figures)) {
      const found = comparisons.find((comparison) => comparison.to === peer)
      const ratio = found ? found.ratio.toFixed(2) : ''
      lines.push(
        `| ${shape} | ${peer} | ${perSecond.toFixed(0)} | ${p50} | ${p99} | ${ratio} | ${goalText(found)} |`,
      )
    }
  }
  return lines.join('\n')
}

function goalText(comparison) {
  if (comparison?.goal === undefined) return ''
  const { to, goal, reached } = comparison
  const p99 = to === 'postgraphile' ? ', lower p99' : ''
  return `≥ ${goal}${p99}: ${reached ? 'reached' : 'missed'}`
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
