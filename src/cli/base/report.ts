import { CONTEST_RULE } from '../../domain/entity/contested-identifier.ts'
import type { ImportCounts } from '../../domain/imports/counts.ts'
import type { ImportDoubts } from '../../domain/imports/doubts.ts'
import type { ImportPeople } from '../../domain/imports/identity-changes.ts'
import type { ImportReport } from '../../import/job.ts'

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

/** What identifiers changed about existing authors, one line each. */
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

/** Doubtful results for an operator to check, one line each. */
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
  return told
    .map((name) => `${counts[name].toLocaleString('en')} ${name}`)
    .join(', ')
    .replace(' created', createdOf(counts.created, counts.createdPapers))
}

/** The number of created records and papers, if they differ. */
export const createdOf = (created: number, papers: number): string => {
  const others = (created - papers).toLocaleString('en')
  return created === papers
    ? ' created'
    : ` created (${papers.toLocaleString('en')} as papers; ${others} profiles, decisions, states of repositories or citations)`
}

const countOf = (read: number) => `${read.toLocaleString('en')} record${read === 1 ? '' : 's'}`
