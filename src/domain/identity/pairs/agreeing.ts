/** A pair of places that agree, the lower one first, and how much. */
export interface Agreeing {
  i: number
  j: number
  score: number
}

const AT_FIRST = 16

/** Pairs of `count` places as two numbers each instead of an object: common names have millions. */
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
    /** Those that agree best first, then in the order of the places. */
    *bestFirst(): Generator<Agreeing> {
      const order = Uint32Array.from({ length: size }, (_, at) => at).sort(
        (x, y) =>
          (scores[y] as number) - (scores[x] as number) ||
          (pairs[x] as number) - (pairs[y] as number),
      )
      for (const at of order) {
        const pair = pairs[at] as number
        yield { i: Math.floor(pair / count), j: pair % count, score: scores[at] as number }
      }
    },
  }
}

function grown(list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * list.length)
  longer.set(list)
  return longer
}
