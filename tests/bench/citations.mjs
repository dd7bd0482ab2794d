import { distinct, seeded, zipf } from './random.mjs'

const MOST_REFERENCES = 40

/**
 * The citation graph: each paper cites earlier ids, half of them famous by Zipf's law and half of them neighbours, about 15 in all. The
 * `targets` of a paper are from `starts[id]` to `starts[id + 1]`; `counts[id]` is the number of citations of a paper.
 */
export function citationGraph(size, seed) {
  const random = seeded(seed + 7)
  const famous = zipf(size, 20, random)
  const starts = new Uint32Array(size + 2)
  const counts = new Uint32Array(size + 1)
  const targets = []
  for (let id = 1; id <= size; id++) {
    starts[id] = targets.length
    const draw = () => (random() < 0.5 ? famous() + 1 : id - 1 - Math.floor(2000 * random() ** 3))
    const wanted = Math.floor(MOST_REFERENCES * random() ** 1.5)
    for (const target of distinct(draw, wanted)) {
      if (target < 1 || target >= id) continue
      targets.push(target)
      counts[target]++
    }
  }
  starts[size + 1] = targets.length
  return { starts, targets, counts }
}
