import { SingleBar } from 'cli-progress'
import { CONTEST_RULE } from '../../domain/entity/contested-identifier.ts'
import type { ImportCounts } from '../../domain/imports/counts.ts'
import type { ImportDoubts } from '../../domain/imports/doubts.ts'
import type { ImportPeople } from '../../domain/imports/identity-changes.ts'
import type { ImportProgress, ImportReport } from '../../import/job.ts'

/** Shows the progress of an import on standard error. */
export interface ProgressDisplay {
  /** Shows the name of the input until `show` has progress: starting PostgreSQL and reading the first batch may take long. */
  begin(file: string): void
  show(progress: ImportProgress): void
  /** Prints a sentence above it. */
  tell(message: string): void
  /** Restores the terminal. */
  end(): void
}

/** Time until the first line, where no bar can be drawn: shorter imports print none. */
const FIRST_LINE_MS = 800
/** Time between two lines. */
const LINE_EVERY_MS = 5_000

/** A bar on a terminal, a line every few seconds elsewhere, nothing when `isQuiet`. */
export function createProgress(stream: NodeJS.WriteStream, isQuiet: boolean): ProgressDisplay {
  const tell = (message: string) => void stream.write(`${message}\n`)
  if (isQuiet) return { begin() {}, show() {}, tell, end() {} }
  return stream.isTTY ? createBar(stream) : createLines(stream)
}

/** Highest share shown before the end: what was read may still have to be written. */
const MOST_SHARE = 0.99

/** The shown share of a total before the end. */
export const shownOf = (done: number, total: number) => Math.min(done, total * MOST_SHARE)

/** A progress bar in the style of all commands. */
export function progressBar(stream: NodeJS.WriteStream, format: string): SingleBar {
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

function createBar(stream: NodeJS.WriteStream): ProgressDisplay {
  const bar = progressBar(stream, '{file} [{bar}] {percentage}% · {read} records')
  return {
    begin: (file) => bar.start(1, 0, { file: shortName(file), read: '0' }),
    show({ file, bytesRead, bytesTotal, read }) {
      const payload = { file: shortName(file), read: read.toLocaleString('en') }
      if (!bar.isActive) bar.start(1, 0, payload)
      bar.setTotal(bytesTotal ?? Math.max(1, bytesRead))
      bar.update(bytesTotal === null ? 0 : shownOf(bytesRead, bytesTotal), payload)
    },
    tell(message) {
      bar.stop()
      stream.write(`${message}\n`)
    },
    end: () => bar.stop(),
  }
}

function createLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let lastAt = performance.now() - LINE_EVERY_MS + FIRST_LINE_MS
  let starting: NodeJS.Timeout | undefined
  const write = (text: string) => {
    clearTimeout(starting)
    lastAt = performance.now()
    stream.write(`${text}\n`)
  }
  return {
    begin(file) {
      starting = setTimeout(() => write(`${shortName(file)}: starting`), FIRST_LINE_MS)
    },
    show({ file, bytesRead, bytesTotal, read }) {
      if (performance.now() - lastAt < LINE_EVERY_MS) return
      const done = bytesTotal ? Math.floor((100 * shownOf(bytesRead, bytesTotal)) / bytesTotal) : 0
      const share = bytesTotal ? ` (${done}% of the file)` : ''
      write(`${shortName(file)}: ${read.toLocaleString('en')} records${share}`)
    },
    tell: (message) => void stream.write(`${message}\n`),
    end: () => clearTimeout(starting),
  }
}

const shortName = (file: string) => file.split('/').at(-1) ?? file

/** The report of an import as text. */
export function describeReport(report: ImportReport): string {
  const { id, state, resumedAt } = report
  const since =
    resumedAt === null
      ? ''
      : `, ${(report.read - resumedAt).toLocaleString('en')} of them since it was resumed,`
  const lines = [
    `Read ${countOf(report.read)}${since} in ${report.seconds.toFixed(1)} s: ${outcomesOf(report)}.`,
  ]
  if (state === 'stopped') {
    const next = report.isResumable
      ? 'resume it'
      : 'start over, as standard input cannot be resumed'
    lines.push(`Import ${id} was stopped before its end; run the same command to ${next}.`)
    return lines.join('\n')
  }
  if (report.unchanged > 0 && report.unchanged + report.rejected === report.read)
    lines.push('Nothing changed: the catalogue already has all records.')
  lines.push(...describePeople(report.people), ...describeDoubts(report.doubts))
  if (report.repaired > 0) lines.push(`${countOf(report.repaired)} repaired.`)
  if (report.waiting > 0)
    lines.push(
      `${countOf(report.waiting)} waiting: records without a title wait for one with a title of the same paper, records under excluded licences until these are no longer excluded.`,
    )
  const faults = report.unreadable.length
  if (faults > 0)
    lines.push(
      `${faults} file${faults === 1 ? '' : 's'} could not be read to the end: ${report.unreadable[0]?.reason}${faults > 1 ? ' …' : ''}`,
    )
  const told = report.rejected + faults > 0 ? 'Rejected' : 'Repaired'
  if (report.rejectsPath && report.rejected + faults + report.repaired > 0)
    lines.push(`${told} records, each with position and reason: ${report.rejectsPath}`)
  return lines.join('\n')
}

/** What identifiers made of authors who were there before, one a line. */
export function describePeople(people: ImportPeople): string[] {
  const { confirmedCount, joinedCount, splitCount, movedCount, contradictedCount, changes } = people
  if (changes.length === 0) return []
  const counts = [
    ['confirmed', confirmedCount],
    ['joined', joinedCount],
    ['split off', splitCount],
    ['moved to another author', movedCount],
    ['against a decision', contradictedCount],
  ] as const
  const told = counts.filter(([, count]) => count > 0)
  const others = counts.reduce((sum, [, count]) => sum + count, 0) - changes.length
  return [
    `Authors by identifiers that arrived later: ${told.map(([what, count]) => `${count.toLocaleString('en')} ${what}`).join(', ')}; see Author.identity.`,
    ...changes.map(({ kind, name, identifier }) => `  ${kind} ${shortened(name)} (${identifier})`),
    ...(others > 0 ? [`  and ${others.toLocaleString('en')} more`] : []),
  ]
}

/** Doubtful results for an operator to check, one a line. */
export function describeDoubts({ contestedCount, farMerges }: ImportDoubts): string[] {
  const contested = contestedCount.toLocaleString('en')
  return [
    ...(contestedCount === 0
      ? []
      : [
          contestedCount === 1
            ? '1 identifier is claimed by several papers; see Paper.conflicts.'
            : `${contested} identifiers are claimed by several papers; see Paper.conflicts.`,
          `  ${CONTEST_RULE}`,
        ]),
    ...(farMerges.length === 0 ? [] : ['Merged records with the most different titles:']),
    ...farMerges.map(
      ({ titles: [one, other], records }) =>
        `  ${JSON.stringify(shortened(one))} and ${JSON.stringify(shortened(other))} (${records.join(', ')})`,
    ),
  ]
}

const TITLE_SHOWN = 100
const shortened = (title: string) =>
  title.length > TITLE_SHOWN ? `${title.slice(0, TITLE_SHOWN - 1)}…` : title

function outcomesOf(counts: ImportCounts): string {
  const names = ['created', 'updated', 'merged', 'unchanged', 'waiting', 'rejected'] as const
  const told = names.filter((name) => name !== 'waiting' || counts.waiting > 0)
  return told.map((name) => `${counts[name].toLocaleString('en')} ${name}`).join(', ')
}

const countOf = (read: number) => `${read.toLocaleString('en')} record${read === 1 ? '' : 's'}`
