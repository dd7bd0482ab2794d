/** Two places that agree, the lower one first, with their evidence. */
export interface Agreeing {
  i: number
  j: number
  score: number
}

/** Pairs by rank, from 0: in descending order of evidence, then in the order of their places. */
export interface Ranked {
  size: number
  at: (rank: number) => Agreeing
}

const AT_FIRST = 16

/** Collects pairs of `count` places as two numbers each instead of objects, because frequent names have millions of pairs. */
export function openAgreeing(count: number) {
  let pairs = new Float64Array(AT_FIRST)
  let scores = new Float64Array(AT_FIRST)
  let size = 0
  return {
    add({ i, j, score }: Agreeing): void {
      if (size === pairs.length) [pairs, scores] = [grown(pairs), grown(scores)]
      pairs[size] = i * count + j
      scores[size] = score
      size++
    },
    ranked(): Ranked {
      const order = Uint32Array.from({ length: size }, (_, index) => index).sort(
        (x, y) =>
          (scores[y] as number) - (scores[x] as number) ||
          (pairs[x] as number) - (pairs[y] as number),
      )
      const at = (rank: number) => {
        const index = order[rank] as number
        const pair = pairs[index] as number
        return { i: Math.floor(pair / count), j: pair % count, score: scores[index] as number }
      }
      return { size, at }
    },
  }
}

/** Returns the ranks of the pairs of a place, in ascending order. */
export function ranksByPlace(count: number, { size, at }: Ranked): (place: number) => Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (let rank = 0; rank < size; rank++)
    for (const place of placesOf(at(rank))) starts[place + 1] = (starts[place + 1] as number) + 1
  for (let place = 0; place < count; place++)
    starts[place + 1] = (starts[place + 1] as number) + (starts[place] as number)
  const ranks = new Uint32Array(2 * size)
  const ends = starts.slice(0, count)
  for (let rank = 0; rank < size; rank++)
    for (const place of placesOf(at(rank))) {
      const end = ends[place] as number
      ranks[end] = rank
      ends[place] = end + 1
    }
  return (place) => ranks.subarray(starts[place], starts[place + 1])
}

const placesOf = ({ i, j }: Agreeing): [number, number] => [i, j]

function grown(list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * list.length)
  longer.set(list)
  return longer
}
