import { addDays, today } from '../day.ts'
import { transaction } from '../db/transaction.ts'
import { findSyncedUntil, keepSynced } from '../domain/imports/sync-state.ts'
import { removeRecords } from '../domain/write/catalogue.ts'
import { AppError } from '../errors.ts'
import type { Outcome } from '../import/input/outcome.ts'
import type { ImportReport, JobOptions, Mark } from '../import/job.ts'
import { runStream } from '../import/run.ts'
import { readArxivOai } from '../import/sources/arxiv-oai.ts'
import { keyOf, readKnownVersions } from './arxiv-versions.ts'
import { checkDays } from './days.ts'
import type { Pace } from './http.ts'
import { OAI_PACE, type OaiRepository, openOai } from './oai.ts'
import type { OaiPage } from './oai-page.ts'
import { runAlone } from './run-alone.ts'

const SOURCE = 'arxiv'

/** Days in one requested list, so that an expired token costs one window at most. */
const WINDOW_DAYS = 31

/** Maximum restarts of one window after its token expired. */
const MOST_RESTARTS = 5

export interface ArxivSyncOptions extends JobOptions {
  baseUrl: string
  userAgent: string
  /** Sets to sync, such as `cs:cs:CL`; all of arXiv when empty. */
  sets: string[]
  /** First day as `YYYY-MM-DD`; by default, the day on which the last run ended. */
  from?: string | undefined
  until?: string | undefined
  /** For tests; never faster against arXiv itself. */
  pace?: Pace | undefined
}

export interface ArxivSyncReport extends ImportReport {
  /** Number of removed records, which arXiv has deleted. */
  removed: number
  /** The set; null for all of arXiv. */
  set: string | null
}

/**
 * Updates the catalogue from arXiv over OAI-PMH. Each set is one import. Continues where the last run ended, even if it was killed,
 * since progress is stored with the data. Throws BAD_USER_INPUT for days and sets that arXiv refuses, CONFLICT while another run is
 * active, UNAVAILABLE when arXiv does not answer, RATE_LIMITED when it asks to wait longer than the pace allows.
 */
export async function syncArxiv(options: ArxivSyncOptions): Promise<ArxivSyncReport[]> {
  checkDays(options)
  const sets = options.sets.length > 0 ? [...new Set(options.sets)] : [null]
  return runAlone(options.url, SOURCE, async () => {
    const oai = openOai({ ...options, pace: options.pace ?? OAI_PACE })
    const reports: ArxivSyncReport[] = []
    for (const set of sets) reports.push(await syncSet(options, oai, set))
    return reports
  })
}

async function syncSet(
  options: ArxivSyncOptions,
  oai: OaiRepository,
  set: string | null,
): Promise<ArxivSyncReport> {
  const harvest: Harvest = { ...options, oai, set, removed: 0 }
  const name = set === null ? 'arXiv' : `arXiv ${set}`
  const key = JSON.stringify([set, options.from ?? null, options.until ?? null])
  const read = (mark: string | null) => readChanges(harvest, mark)
  const report = await runStream({ ...options, format: 'sync arxiv', name, key, read })
  return { ...report, set, removed: harvest.removed }
}

interface Harvest extends ArxivSyncOptions {
  oai: OaiRepository
  set: string | null
  removed: number
}

/** Position of a harvest: at the start of a window, or after one of its pages. */
interface Place {
  /** First day of the window. */
  from: string
  /** Last day of the window; null before its first request. */
  until: string | null
  token: string | null
}

const markOf = (place: Place): Mark => ({ mark: JSON.stringify(place) })

async function* readChanges(harvest: Harvest, mark: string | null): AsyncGenerator<Outcome | Mark> {
  const last = harvest.until ?? today()
  let place: Place =
    mark === null
      ? { from: await firstDay(harvest), until: null, token: null }
      : (JSON.parse(mark) as Place)
  const counter = { position: 0 }
  while (place.from <= last) {
    const window = { from: place.from, until: place.until ?? windowEnd(place.from, last) }
    const readUntil = yield* readWindow(harvest, { ...place, ...window }, counter)
    // Entries before the mark are committed when the reader asks for more.
    place = { from: addDays(window.until, 1), until: null, token: null }
    yield markOf(place)
    await transaction(harvest.url, (tx) =>
      keepSynced(tx, SOURCE, harvest.set ?? '', { from: window.from, until: readUntil }),
    )
  }
}

const windowEnd = (from: string, last: string) => {
  const end = addDays(from, WINDOW_DAYS - 1)
  return end < last ? end : last
}

/** First day to read. The day of the last run is read again, because it was not over. */
async function firstDay({ from, url, set, oai, onNotice }: Harvest): Promise<string> {
  if (from !== undefined) return from
  const known = await transaction(url, (tx) => findSyncedUntil(tx, SOURCE, set ?? ''))
  if (known !== null) return known
  const first = await oai.firstDay()
  onNotice?.(
    `First sync: all changes since ${first} are read, which takes many hours for all of arXiv. It is faster to import the snapshot from Kaggle, then sync with --from and the day of the snapshot.`,
  )
  return first
}

/** Yields the changes of a window, page by page. Returns the day up to which arXiv stated its changes. */
async function* readWindow(
  harvest: Harvest,
  { from, until, token: first }: Place & { until: string },
  counter: { position: number },
): AsyncGenerator<Outcome | Mark, string> {
  const { oai, set } = harvest
  let token = first
  let restarts = 0
  for (;;) {
    const page = await oai.list({ from, until, set }, token)
    if (page === null) {
      if (++restarts > MOST_RESTARTS) throw tokensExpire(from, until)
      token = null
      continue
    }
    const known = await readKnownVersions(harvest.url, SOURCE, page.records)
    for (const record of page.records)
      if (!record.isDeleted) {
        const reading = readArxivOai(SOURCE, record, known.get(keyOf(record) ?? ''))
        const position = counter.position++
        yield 'reason' in reading ? { position, reject: reading } : { position, record: reading }
      }
    await removeDeleted(harvest, page)
    token = page.resumptionToken
    if (token === null) {
      const now = page.responseDate.slice(0, 10)
      return now !== '' && now < until ? now : until
    }
    yield markOf({ from, until, token })
  }
}

function tokensExpire(from: string, until: string): AppError {
  return new AppError(
    'UNAVAILABLE',
    `arXiv's list of the changes from ${from} to ${until} expired ${MOST_RESTARTS + 1} times before its end; try again later, or with a smaller set.`,
  )
}

/** Removes deleted records. Called before the page's mark is stored, so that it is repeated after a kill. */
async function removeDeleted(harvest: Harvest, { records }: OaiPage): Promise<void> {
  const keys = records.flatMap((record) => {
    const key = record.isDeleted ? keyOf(record) : null
    return key === null ? [] : { source: SOURCE, key }
  })
  if (keys.length === 0) return
  await transaction(harvest.url, (tx) => removeRecords(tx, keys))
  harvest.removed += keys.length
}
