import { SingleBar } from 'cli-progress'
import type { ImportCounts } from '../domain/imports/counts.ts'
import type { ImportDoubts } from '../domain/imports/doubts.ts'
import type { ImportProgress, ImportReport } from '../import/job.ts'

/** Shows how far an import has come, on standard error. */
export interface ProgressDisplay {
  show(progress: ImportProgress): void
  /** Says a sentence beside it. */
  tell(message: string): void
  /** Leaves the terminal as it was. */
  end(): void
}

/** Between two lines where no bar can be drawn. */
const LINE_EVERY_MS = 5_000

/** A bar on a terminal, a line now and then elsewhere, nothing when `isQuiet`. */
export function createProgress(stream: NodeJS.WriteStream, isQuiet: boolean): ProgressDisplay {
  if (isQuiet) return { show() {}, tell: (message) => tellOn(stream, message), end() {} }
  return stream.isTTY ? createBar(stream) : createLines(stream)
}

const tellOn = (stream: NodeJS.WriteStream, message: string) => void stream.write(`${message}\n`)

/** A bar of progress on a terminal, in the look that all commands have. */
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
    show({ file, bytesRead, bytesTotal, read }) {
      const payload = { file: shortName(file), read: read.toLocaleString('en') }
      if (!bar.isActive) bar.start(bytesTotal ?? 0, bytesRead, payload)
      bar.setTotal(bytesTotal ?? bytesRead)
      bar.update(bytesRead, payload)
    },
    tell(message) {
      bar.stop()
      tellOn(stream, message)
    },
    end: () => bar.stop(),
  }
}

function createLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let lastAt = performance.now()
  return {
    show({ file, bytesRead, bytesTotal, read }) {
      if (performance.now() - lastAt < LINE_EVERY_MS) return
      lastAt = performance.now()
      const share = bytesTotal
        ? ` (${Math.floor((100 * bytesRead) / bytesTotal)}% of the file)`
        : ''
      stream.write(`${shortName(file)}: ${read.toLocaleString('en')} records${share}\n`)
    },
    tell: (message) => tellOn(stream, message),
    end() {},
  }
}

const shortName = (file: string) => file.split('/').at(-1) ?? file

/** What an import did, for people: a sentence or a few. */
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
    const next = report.isResumable ? 'goes on with it' : 'reads standard input from its start'
    lines.push(`Import ${id} was stopped before its end; the same command ${next}.`)
    return lines.join('\n')
  }
  if (report.unchanged > 0 && report.unchanged + report.rejected === report.read)
    lines.push('Nothing changed: the catalogue holds all of it already.')
  lines.push(...describeDoubts(report.doubts))
  if (report.repaired > 0) lines.push(`${countOf(report.repaired)} had to be repaired.`)
  if (report.waiting > 0)
    lines.push(
      `${countOf(report.waiting)} kept for later: those without a title come into papers with these, those under licences that are left out when they no longer are.`,
    )
  const faults = report.unreadable.length
  if (faults > 0)
    lines.push(
      `${faults} file${faults === 1 ? '' : 's'} could not be read, or not to the end: ${report.unreadable[0]?.reason}${faults > 1 ? ' …' : ''}`,
    )
  const told = report.rejected > 0 ? 'rejected' : 'repaired'
  if (report.rejectsPath && report.rejected + report.repaired > 0)
    lines.push(`The ${told} records, with the reason and position of each: ${report.rejectsPath}`)
  return lines.join('\n')
}

/** What an operator should look at, a line each. */
export function describeDoubts({ contestedCount, farMerges }: ImportDoubts): string[] {
  const contested = contestedCount.toLocaleString('en')
  return [
    ...(contestedCount === 0
      ? []
      : [
          contestedCount === 1
            ? '1 identifier is claimed by different papers; Paper.conflicts shows it.'
            : `${contested} identifiers are claimed by different papers; Paper.conflicts shows them.`,
        ]),
    ...(farMerges.length === 0 ? [] : ['Merged records whose titles differ most:']),
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
