import { Worker } from 'node:worker_threads'
import { AppError, badInput, didYouMean, quote } from '../errors.ts'
import type { CslItem } from './csl.ts'

/** Citation Style Language styles that come with citation-js. */
export const TEXT_STYLES = ['apa', 'harvard1', 'vancouver'] as const
export type TextStyle = (typeof TEXT_STYLES)[number]

/** Throws BAD_USER_INPUT for an unknown style. */
export function parseStyle(style: string): TextStyle {
  const found = TEXT_STYLES.find((name) => name === style.trim().toLowerCase())
  if (!found)
    throw badInput(
      `style: Unknown style ${quote(style)}; expected one of ${TEXT_STYLES.join(', ')}.${didYouMean(style, TEXT_STYLES)}`,
    )
  return found
}

/** Formatting a paper takes some milliseconds: with this number waiting, another would wait too long. */
const MOST_WAITING = 2000

interface Waiting {
  size: number
  resolve: (text: string) => void
  reject: (error: Error) => void
}

type Answer = { id: number; text: string } | { id: number; fault: string }

/** The formatting thread. Loading takes seconds, so it starts with the first request and is kept. */
interface Writer {
  worker: Worker
  waiting: Map<number, Waiting>
}

let writer: Writer | null = null
let lastId = 0

function startWriter(): Writer {
  const worker = new Worker(new URL('./text-worker.mjs', import.meta.url))
  const waiting = new Map<number, Waiting>()
  const started: Writer = { worker, waiting }
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if ('text' in answer) asked?.resolve(answer.text)
    else asked?.reject(new Error(`citation-js failed: ${answer.fault}`))
  })
  const fail = (cause: unknown) => {
    if (writer === started) writer = null
    for (const { reject } of waiting.values())
      reject(new Error('the thread that writes citations ended', { cause }))
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', fail)
  return started
}

/**
 * A bibliography as text, one line per entry, in the order of the style. It is slow and therefore runs in another thread. Throws
 * UNAVAILABLE if too many papers are waiting.
 */
export function bibliographyText(items: CslItem[], style: TextStyle): Promise<string> {
  if (items.length === 0) return Promise.resolve('')
  writer ??= startWriter()
  const { worker, waiting } = writer
  const ahead = [...waiting.values()].reduce((sum, { size }) => sum + size, 0)
  if (ahead + items.length > MOST_WAITING)
    throw new AppError(
      'UNAVAILABLE',
      `${ahead + items.length} citations would be waiting to be formatted as text, more than the limit of ${MOST_WAITING}; request fewer, or try again later.`,
    )
  const id = ++lastId
  return new Promise((resolve, reject) => {
    waiting.set(id, { size: items.length, resolve, reject })
    worker.ref()
    worker.postMessage({ id, items, style })
  })
}
