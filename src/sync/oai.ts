import { isDay } from '../day.ts'
import { AppError, badInput } from '../errors.ts'
import { type Host, type HostOptions, openHost, type Pace } from './http.ts'
import { type OaiPage, readOaiPage } from './oai-page.ts'

/** arXiv asks for at most one request in three seconds, and sometimes takes minutes for a response. */
export const OAI_PACE: Pace = {
  intervalMs: 3_000,
  timeoutMs: 10 * 60_000,
  attempts: 6,
  backoffMs: 5_000,
  maxWaitMs: 15 * 60_000,
}

export interface OaiOptions {
  /** URL of the repository, such as `https://oaipmh.arxiv.org/oai`. */
  baseUrl: string
  userAgent: string
  pace: Pace
  onNotice?: HostOptions['onNotice']
}

/** Selects records that changed on these days, both ends included. */
interface OaiRange {
  from: string
  until: string
  /** Set, such as `cs:cs:CL`; null for all records. */
  set: string | null
}

/** Client of an OAI-PMH repository. */
export interface OaiRepository {
  /**
   * Requests the first page of a list, or the page of a token; null when the token has expired. Throws BAD_USER_INPUT when the
   * repository refuses the request, and the errors of `Host`.
   */
  list(range: OaiRange, token: string | null): Promise<OaiPage | null>
  /** Requests the earliest day with changes, as `YYYY-MM-DD`. */
  firstDay(): Promise<string>
}

export function openOai({ baseUrl, userAgent, pace, onNotice }: OaiOptions): OaiRepository {
  const headers = { 'user-agent': userAgent }
  const host = openHost({ name: 'arXiv', pace, headers, onNotice })
  return {
    async list({ from, until, set }, token) {
      const range = { metadataPrefix: 'arXiv', from, until, ...(set !== null && { set }) }
      const asked = token === null ? range : { resumptionToken: token }
      const page = await get(host, baseUrl, { verb: 'ListRecords', ...asked })
      const { code, message } = page.error ?? {}
      if (code === undefined || code === 'noRecordsMatch') return page
      if (code === 'badResumptionToken' && token !== null) return null
      throw badInput(
        `arXiv does not list the changes from ${from} to ${until}${set === null ? '' : ` in the set ${set}`}: ${code}${message ? `, ${message}` : ''}.`,
      )
    },
    async firstDay() {
      const { earliestDatestamp } = await get(host, baseUrl, { verb: 'Identify' })
      const day = earliestDatestamp?.slice(0, 10) ?? ''
      if (isDay(day)) return day
      throw new AppError('UNAVAILABLE', `${baseUrl} does not state the day of its first record.`)
    },
  }
}

async function get(host: Host, baseUrl: string, query: Record<string, string>): Promise<OaiPage> {
  const url = new URL(baseUrl)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return host.get(url.href, async (response) => {
    if (response.ok) return readOaiPage(response)
    await response.body?.cancel()
    throw new AppError(
      'UNAVAILABLE',
      `arXiv answers ${response.status} to ${url.href}; expected a list of records. ARXIV_OAI_URL sets the address.`,
    )
  })
}
