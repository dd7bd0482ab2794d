import cliProgress, { SingleBar } from 'cli-progress'
import type { ImportProgress } from '../../import/job.ts'
import type { OnStep } from '../../sql/progress.ts'

/** Shows the progress of a command on standard error. */
export interface ProgressDisplay {
  /** Shows the name of the input until `show` is called: starting PostgreSQL and reading the first batch may take long. */
  begin(file: string): void
  show(progress: ImportProgress): void
  /** Shows the current step, such as those after the records were read. */
  step: OnStep
  /** Prints a message above the progress. */
  tell(message: string): void
  /** Restores the terminal. */
  end(): void
}

/** The current activity. */
interface Doing {
  what: string
  /** From 0 to 1; null if unknown. */
  part: number | null
  /** How much was read; undefined if nothing is read. */
  read?: string
  /** A time of `performance.now()`. */
  since: number
}

/** Time until the first line if there is no bar: shorter imports print none. */
const FIRST_LINE_MS = 800
/** Interval between lines. */
const LINE_EVERY_MS = 10_000
/** Interval between redraws of an unchanged bar: its seconds show that work continues. */
const BAR_EVERY_MS = 1_000

/** Shows a bar on a terminal, otherwise a line every ten seconds through `tell`, or nothing if `isQuiet`. */
export function createProgress(
  stream: NodeJS.WriteStream,
  isQuiet: boolean,
  tell: (line: string) => void = (line) => void stream.write(`${line}\n`),
): ProgressDisplay {
  if (isQuiet) return { begin() {}, show() {}, step() {}, tell, end() {} }
  return display(stream.isTTY ? barOn(stream) : linesOn(tell))
}

/** Where progress is drawn. `draw` is called whenever the activity changes. */
interface Canvas {
  draw(doing: () => Doing): void
  tell(message: string): void
  end(): void
}

function display({ draw, tell, end }: Canvas): ProgressDisplay {
  let doing: Doing = { what: '', part: null, since: 0 }
  const set = (next: Omit<Doing, 'since'>) => {
    const since = next.what === doing.what ? doing.since : performance.now()
    doing = { ...next, since }
    draw(() => doing)
  }
  return {
    begin: (file) => set({ what: shortName(file), part: null, read: 'starting' }),
    show({ file, bytesRead, bytesTotal, read }) {
      const part = bytesTotal ? bytesRead / bytesTotal : null
      set({ what: shortName(file), part, read: `${read.toLocaleString('en')} records` })
    },
    step: (what, part) => set({ what, part }),
    tell,
    end,
  }
}

/** Maximum share shown before the end: records that were read may still have to be written. */
const MOST_SHARE = 0.99

/** The part of a total that is shown before the end. */
export const shownOf = (done: number, total: number) => Math.min(done, total * MOST_SHARE)

/** A progress bar in the style of all commands. */
function progressBar(stream: NodeJS.WriteStream, format: BarFormat): SingleBar {
  return new SingleBar({
    stream,
    format,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
  })
}

type BarFormat = NonNullable<ConstructorParameters<typeof SingleBar>[0]['format']>

function barOn(stream: NodeJS.WriteStream): Canvas {
  const bar = progressBar(stream, (options, params, doing) => {
    const format = doing.isKnown ? '{what} [{bar}] {percentage}% · {detail}' : '{what} · {detail}'
    return cliProgress.Format.Formatter({ ...options, format }, params, doing)
  })
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  let current: () => Doing = () => ({ what: '', part: null, since: startedAt })
  const draw = () => {
    const { what, part, read } = current()
    const seconds = `${secondsSince(startedAt)} s`
    const detail = read === undefined ? seconds : `${read} · ${seconds}`
    const payload = { what, detail, isKnown: part !== null }
    if (!bar.isActive) bar.start(1, 0, payload)
    bar.update(shownOf(part ?? 0, 1), payload)
  }
  return {
    draw(doing) {
      current = doing
      timer ??= setInterval(draw, BAR_EVERY_MS)
      draw()
    },
    tell(message) {
      bar.stop()
      stream.write(`${message}\n`)
    },
    end() {
      clearInterval(timer)
      bar.stop()
    },
  }
}

function linesOn(tell: (line: string) => void): Canvas {
  let timer: NodeJS.Timeout | undefined
  return {
    draw(doing) {
      const next = (delayMs: number) => {
        timer = setTimeout(() => {
          tell(lineOf(doing()))
          next(LINE_EVERY_MS)
        }, delayMs)
      }
      if (!timer) next(FIRST_LINE_MS)
    },
    tell,
    end: () => clearTimeout(timer),
  }
}

function lineOf({ what, part, read, since }: Doing): string {
  const share = part === null ? null : `${Math.floor(100 * shownOf(part, 1))}%`
  if (read === undefined) return `${what}: ${share ?? `${secondsSince(since)} s`}`
  return `${what}: ${read}${share === null ? '' : ` (${share} of the file)`}`
}

const secondsSince = (at: number) => Math.round((performance.now() - at) / 1000)

const shortName = (file: string) => file.split('/').at(-1) ?? file
