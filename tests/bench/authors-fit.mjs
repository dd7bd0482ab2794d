import { WEIGHTS } from '../../src/domain/identity/evidence.ts'

/** Features weighed by hand: the lists print each person in one way and cover few years, so they say too little about these. */
const BY_HAND = new Set(['middle', 'short', 'yearsApart', 'firstAndLast', 'initial'])
const KINDS = Object.keys(WEIGHTS).filter((kind) => !BY_HAND.has(kind))
/** Keeps the weights of rare evidence small. */
const RIDGE = 0.5
const ROUNDS = 40

/** Fits the weights by logistic regression (Newton's method), and prints them with the resulting figures. */
export function fit(printed, withInitials) {
  const plain = printed.filter(
    ({ measured }) => measured.middle === 0 && measured.short === 0 && measured.initial === 0,
  )
  const initial = withInitials.filter(({ measured }) => measured.initial === 1)
  const usable = [...plain, ...initial]
  const own = usable.filter(({ half }) => half === 'fitted')
  const rows = own.map(({ measured }) => KINDS.map((kind) => measured[kind]))
  const truth = own.map(({ isSame }) => Number(isSame))
  let weights = KINDS.map(() => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const next = step(rows, truth, weights)
    const change = Math.max(...next.map((weight, i) => Math.abs(weight - weights[i])))
    weights = next
    if (change < 1e-4) break
  }
  const result = {
    ...WEIGHTS,
    ...Object.fromEntries(KINDS.map((kind, i) => [kind, Number(weights[i].toFixed(2))])),
  }
  console.log(result)
  reach(usable, result)
  return result
}

function reach(usable, result) {
  for (const half of ['fitted', 'held out'])
    for (const least of [0.5, 0.7, 0.9]) {
      const some = usable.filter((pair) => pair.half === half)
      const found = some.filter(
        ({ measured }) => 1 / (1 + Math.exp(-sum(Object.keys(WEIGHTS), result, measured))) > least,
      )
      const right = found.filter(({ isSame }) => isSame).length
      const all = some.filter(({ isSame }) => isSame).length
      console.log(
        `${half}, ${least}: precision ${(right / found.length).toFixed(4)}, recall ${(right / all).toFixed(4)} of ${all}`,
      )
    }
}

const sum = (kinds, weights, measured) =>
  kinds.reduce((total, kind) => total + weights[kind] * measured[kind], 0)

function step(rows, truth, weights) {
  const n = weights.length
  const gradient = weights.map((weight) => RIDGE * weight)
  const hessian = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? RIDGE : 0)),
  )
  for (const [r, row] of rows.entries()) {
    const p = 1 / (1 + Math.exp(-row.reduce((total, x, i) => total + x * weights[i], 0)))
    for (let i = 0; i < n; i++) {
      gradient[i] += (p - truth[r]) * row[i]
      for (let j = 0; j < n; j++) hessian[i][j] += p * (1 - p) * row[i] * row[j]
    }
  }
  const change = solve(hessian, gradient)
  return weights.map((weight, i) => weight - change[i])
}

/** Gaussian elimination. */
function solve(matrix, vector) {
  const rows = matrix.map((row, i) => [...row, vector[i]])
  const n = vector.length
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best), i)
    ;[rows[i], rows[pivot]] = [rows[pivot], rows[i]]
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const factor = rows[k][i] / rows[i][i]
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j]
    }
  }
  return rows.map((row, i) => row[n] / row[i])
}
