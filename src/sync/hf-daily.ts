import { addDays, today } from '../day.ts'
import { transaction } from '../db/transaction.ts'
import { findSyncedUntil, keepSynced } from '../domain/imports/sync-state.ts'
import { observeStars, type RepositoryStars } from '../domain/repositories/facts.ts'
import { AppError } from '../errors.ts'
import { isObject, type Json, parseJson } from '../import/input/json.ts'
import type { Outcome } from '../import/input/outcome.ts'
import type { ImportReport, JobOptions, Mark } from '../import/job.ts'
import { runStream } from '../import/run.ts'
import { readHfDailyEntry, readHfStars } from '../import/sources/hf-daily.ts'
import { checkDays, eachDay } from './days.ts'
import { Fault, type Host, openHost, type Pace, readText } from './http.ts'
import { runAlone } from './run-alone.ts'

const SOURCE = 'hf-daily'

const HF_PACE: Pace = {
  intervalMs: 500,
  timeoutMs: 60_000,
  attempts: 5,
  backoffMs: 2_000,
  maxWaitMs: 5 * 60_000,
}

/** Number of days that the first run reads. */
const FIRST_DAYS = 7

/** Maximum number of entries in a page of the API. */
const PAGE_SIZE = 100

const MOST_BYTES = 20_000_000

export interface HfDailySyncOptions extends JobOptions {
  /** URL of the site, such as `https://huggingface.co`. */
  baseUrl: string
  userAgent: string
  /** First day as `YYYY-MM-DD`; by default, the last day that was read. */
  from?: string | undefined
  until?: string | undefined
  /** For tests. */
  pace?: Pace | undefined
}

/**
 * Reads Hugging Face's daily papers, day by day, as one import. Continues where the last run ended, even if it was killed. Throws
 * BAD_USER_INPUT for invalid days, CONFLICT while another run is active, UNAVAILABLE when Hugging Face does not answer,
 * RATE_LIMITED when it asks to wait longer than the pace allows.
 */
export async function syncHfDaily(options: HfDailySyncOptions): Promise<ImportReport> {
  checkDays(options)
  const { baseUrl, userAgent, from, until, pace = HF_PACE, onNotice } = options
  const headers = { 'user-agent': userAgent }
  return runAlone(options.url, SOURCE, () => {
    const host = openHost({ name: 'Hugging Face', pace, headers, onNotice })
    return runStream({
      ...options,
      format: 'sync hf-daily',
      name: 'Hugging Face daily papers',
      key: JSON.stringify([from ?? null, until ?? null]),
      read: (mark) => readDays(options, (day, page) => getPage(host, baseUrl, day, page), mark),
    })
  })
}

type GetPage = (day: string, page: number) => Promise<Json[]>

/** Reads days from the mark, which is the next day to read. */
async function* readDays(
  { url, from, until }: HfDailySyncOptions,
  get: GetPage,
  mark: string | null,
): AsyncGenerator<Outcome | Mark> {
  const now = today()
  const last = until === undefined || until > now ? now : until
  let position = 0
  for (const day of eachDay({ from: mark ?? from ?? (await firstDay(url)), until: last })) {
    const observed: RepositoryStars[] = []
    for await (const entry of readDay(day, get)) {
      const stars = readHfStars(entry, day)
      // Stars are those of today, whatever the day of the list.
      if (stars) observed.push({ ...stars, on: today() })
      const reading = readHfDailyEntry(entry, day)
      yield 'reason' in reading
        ? { position: position++, reject: reading }
        : { position: position++, record: reading }
    }
    yield { mark: addDays(day, 1) }
    // Entries before the mark are committed when the reader asks for more.
    await transaction(url, async (tx) => {
      await observeStars(tx, observed)
      await keepSynced(tx, SOURCE, '', { from: day, until: day })
    })
  }
}

/** First day to read. The last day is read again, as it may not have been over. */
async function firstDay(url: string): Promise<string> {
  const known = await transaction(url, (tx) => findSyncedUntil(tx, SOURCE, ''))
  return known ?? addDays(today(), 1 - FIRST_DAYS)
}

/** Reads the list of a day. A list that grows meanwhile may repeat entries, so a page without new entries is the end. */
async function* readDay(day: string, get: GetPage): AsyncGenerator<Json> {
  const seen = new Set<string>()
  for (let page = 0; ; page++) {
    const entries = await get(day, page)
    const fresh = entries.filter((entry) => {
      const key = JSON.stringify(isObject(entry.paper) ? entry.paper.id : entry.id)
      return !seen.has(key) && seen.add(key)
    })
    yield* fresh
    if (entries.length < PAGE_SIZE || fresh.length === 0) return
  }
}

function getPage(host: Host, baseUrl: string, day: string, page: number): Promise<Json[]> {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/api/daily_papers`)
  url.searchParams.set('date', day)
  url.searchParams.set('limit', String(PAGE_SIZE))
  if (page > 0) url.searchParams.set('p', String(page))
  return host.get(url.href, async (response) => {
    if (!response.ok) {
      await response.body?.cancel()
      // The list of this day does not exist yet.
      if (day >= today() && (response.status === 400 || response.status === 404)) return []
      throw new AppError(
        'UNAVAILABLE',
        `Hugging Face answers ${response.status} to ${url.href}; expected the list of a day.`,
      )
    }
    const parsed = parseJson(Buffer.from(await readText(response, MOST_BYTES)))
    if ('reason' in parsed || !Array.isArray(parsed.value))
      throw new Fault(
        'reason' in parsed ? `the answer is ${parsed.reason}` : 'the answer is not a list',
      )
    return parsed.value.filter(isObject)
  })
}
