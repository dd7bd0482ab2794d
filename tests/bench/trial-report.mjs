/** Maximum number of differences, merges and titles shown of each kind; the results file has all. */
const MOST_SHOWN = 10

/** The results of a trial as Markdown. */
export function describe(trial) {
  const { report, papers, contested, suspicious, exports, groups, claims, faults } = trial
  return [
    `${trial.files} files: ${inWords(report.read)} entries read, ${inWords(report.rejected)} rejected, ${inWords(report.repaired)} repaired, ${report.unreadable.length} files without papers.`,
    `${inWords(papers.records)} records in ${inWords(papers.papers)} papers: ${inWords(papers.merged)} of several records (${papers.largest} at most), ${inWords(papers.acrossSources)} of several sources.`,
    ...section('By list, against an independent reading', listTable(trial.lists)),
    ...section('Titled entries that are missing', missingLines(trial.lists)),
    ...section('Rejects by reason', rejectLines(trial.rejects)),
    ...section(
      'Files without papers',
      report.unreadable.map(({ reason }) => `- ${reason.replace(/ \([^)]*\)/, '')}`),
    ),
    ...section(
      `Identifiers claimed by different papers: ${report.doubts.contestedCount}`,
      contested.map(
        ({ scheme, reason, identifiers, claims, example }) =>
          `- ${scheme}, ${reason}: ${identifiers} identifiers, ${claims} claims, such as ${example}`,
      ),
    ),
    ...section(
      'Merges whose titles differ most, by the report of the import',
      report.doubts.farMerges.map(({ titles, records }) => `- ${pairOf(titles, records)}`),
    ),
    ...section('Suspicious merges, by an independent look', suspiciousLines(suspicious)),
    ...section('Time and memory', stepTable(trial.steps)),
    ...section('Export, import, export', [
      `${inWords(trial.lines)} lines; ${differ(exports)}.`,
      ...differenceLines(exports),
      `Papers of both catalogues by their records: ${differ(groups)}.`,
      ...differenceLines(groups),
      `Contested identifiers of both: ${differ(claims)}.`,
      ...differenceLines(claims),
    ]),
    '',
    faults.length === 0 ? 'No faults.' : `Faults: ${faults.join('; ')}.`,
  ].join('\n')
}

const inWords = (count) => count.toLocaleString('en')
const section = (title, lines) => (lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines])
const shortened = (text) => (text.length > 300 ? `${text.slice(0, 299)}…` : text)
const some = (list) => list.slice(0, MOST_SHOWN)

function listTable(lists) {
  const rows = lists
    .filter(({ isPapers }) => isPapers)
    .map(
      ({ name, entries, titled, read, rejected, found }) =>
        `| ${name} | ${entries} | ${titled} | ${read}${read === entries ? '' : ' ≠'} | ${rejected} | ${found} | ${titled === 0 ? '' : `${((100 * found) / titled).toFixed(2)}%`} |`,
    )
  const head = '| list | entries | with a title | read | rejected | in the catalogue | share |'
  return [head, '|---|--:|--:|--:|--:|--:|--:|', ...rows]
}

const missingLines = (lists) =>
  lists.flatMap(({ name, missing }) =>
    some(missing).map((title) => `- ${name}: ${shortened(title)}`),
  )

/** Neither a repair nor a skipped file. */
export const isOfEntry = ({ position, reason }) => position > 0 && reason !== undefined

/** Groups rejects by reason, without the names and values of single entries. */
function rejectLines(rejects) {
  const counts = new Map()
  for (const { reason, file, key } of rejects.filter(isOfEntry)) {
    const name = reason.replace(/"[^"]*"/g, '"…"')
    const { count, example } = counts.get(name) ?? { count: 0, example: `${file} ${key ?? ''}` }
    counts.set(name, { count: count + 1, example })
  }
  return [...counts]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([reason, { count, example }]) => `- ${count}: ${reason} (${example.trim()})`)
}

const pairOf = (titles, records) =>
  `${titles.map((title) => JSON.stringify(shortened(title))).join(' and ')} (${records.join(', ')})`

function suspiciousLines({ titles, bylines, both }) {
  const shown = (pairs) =>
    some(pairs).map(
      (pair) =>
        `  - ${pairOf(
          pair.map(({ title }) => title),
          pair.map(({ source, key }) => `${source}:${key}`),
        )}`,
    )
  return [
    `- ${titles.length} pairs share less than half of the words of their titles`,
    ...shown(titles),
    `- ${bylines.length} pairs share no name`,
    ...shown(bylines),
    `- ${both.length} pairs both`,
    ...shown(both),
  ]
}

function stepTable({ imported, exported, restored, again }) {
  const row = (name, { seconds, cpuSeconds, samples }) =>
    `| ${name} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${Math.max(0, ...samples)} |`
  return [
    '| step | s | CPU s of its process | peak MB of its process |',
    '|---|--:|--:|--:|',
    row('import of all files', imported),
    row('export', exported),
    row('import of the export', restored),
    row('export again', again),
  ]
}

const differ = ({ gone, added }) =>
  gone.length + added.length === 0
    ? 'equal'
    : `${gone.length} only in the first, ${added.length} only in the second`

const differenceLines = ({ gone, added }) => [
  ...some(gone).map((line) => `- ${shortened(line)}`),
  ...some(added).map((line) => `+ ${shortened(line)}`),
]
