import type { Refusal } from './outcome.ts'

/** 16 NUL bytes in a row do not come from a program: a disk or a resumed download has left them in place of text. */
const HOLE = Buffer.alloc(16)

/** Whether bytes or a text contain a hole. The parts before and after it may belong to different entries. */
export const hasHole = (text: Buffer | string): boolean =>
  typeof text === 'string' ? text.includes(HOLE.toString('latin1')) : text.includes(HOLE)

interface Hole {
  at: number
  size: number
  isOver: boolean
}

/** Adds a rejection at the position of each hole to the outcomes of `read`, since readers skip text between entries. */
export async function* reportHoles<Found extends { position: number }>(
  text: AsyncIterable<Buffer>,
  read: (text: AsyncIterable<Buffer>) => AsyncGenerator<Found>,
): AsyncGenerator<Found | { position: number; reject: Refusal }> {
  const holes: Hole[] = []
  let last = -1
  const told = function* (isEnd: boolean) {
    while (holes[0] && (isEnd || holes[0].isOver)) {
      yield { position: last + 1, reject: refusalOf(holes[0]) }
      holes.shift()
    }
  }
  try {
    for await (const found of read(watched(text, holes))) {
      yield* told(false)
      yield found
      last = Math.max(last, found.position)
    }
  } catch (fault) {
    yield* told(true)
    throw fault
  }
  yield* told(true)
}

function refusalOf({ at, size }: Hole): Refusal {
  const [from, count] = [at, size].map((number) => number.toLocaleString('en'))
  const reason = `text is lost: ${count} NUL bytes are in its place, from byte ${from} on`
  return { key: null, reason }
}

/** Splits the text before and after holes, so that entries before a hole are yielded before its rejection. */
async function* watched(text: AsyncIterable<Buffer>, holes: Hole[]): AsyncGenerator<Buffer> {
  let read = 0
  let hole: Hole | null = null
  for await (const piece of text) {
    for (let rest = piece; rest.length > 0; ) {
      const start = hole ? 0 : rest.indexOf(HOLE)
      const nuls = start === 0 ? nulsAtStartOf(rest) : 0
      if (hole && nuls === 0) {
        hole.isOver = true
        hole = null
        continue
      }
      if (nuls > 0) {
        hole ??= openHole(holes, read)
        hole.size += nuls
      }
      const part = rest.subarray(0, nuls > 0 ? nuls : start < 0 ? rest.length : start)
      yield part
      read += part.length
      rest = rest.subarray(part.length)
    }
  }
}

function openHole(holes: Hole[], at: number): Hole {
  const hole = { at, size: 0, isOver: false }
  holes.push(hole)
  return hole
}

function nulsAtStartOf(bytes: Buffer): number {
  const end = bytes.findIndex((byte) => byte !== 0)
  return end < 0 ? bytes.length : end
}
