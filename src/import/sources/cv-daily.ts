import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics, topicNamed } from '../../domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { badInput } from '../../errors.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { latexToText } from '../fields/latex.ts'
import { parseJson } from '../input/json.ts'
import { splitJson } from '../input/json-items.ts'
import { cleanText, type Outcome, type Refusal, recordOf } from '../input/outcome.ts'
import { authorNamed } from '../names/names.ts'
import { monthOfId } from './arxiv-entry.ts'

/**
 * Reads the JSON of the "arXiv daily" lists: topic → arXiv id → row of a Markdown table with date, title, first author, link and code.
 * A paper under several topics gives one record for each topic.
 */
export async function* readCvDaily(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  try {
    for await (const { position, label, bytes } of splitJson(text, 'members')) {
      const topic = parseJson(Buffer.from(`{${label}0}`))
      const row = parseJson(
        Buffer.concat([Buffer.from('{'), bytes ?? Buffer.alloc(0), Buffer.from('}')]),
      )
      yield outcomeOf(position, topic, row)
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw badInput(`${file} cannot be read to its end: ${message}.`, { cause })
  }
}

type Parsed = ReturnType<typeof parseJson>

function outcomeOf(position: number, label: Parsed, pair: Parsed): Outcome {
  const reject = (reason: string): Outcome => ({ position, reject: { key: null, reason } })
  if ('reason' in pair) return reject(pair.reason)
  const topic = 'value' in label ? (Object.keys(label.value as object)[0] ?? '') : ''
  const [entry] = Object.entries(pair.value as object)
  if (!entry || typeof entry[1] !== 'string') return reject('the entry is not a row of a table')
  const reading = readRow(topic, entry[0], entry[1])
  if ('reason' in reading) return { position, reject: reading }
  return { position, record: reading, repairs: pair.repairs }
}

/** What follows the first author in a row. */
const ET_AL = /\s*\bet\.?\s*al\.?\s*$/i

function readRow(topic: string, rawId: string, row: string): PaperRecord | Refusal {
  const id = normaliseIdentifier('arxiv', rawId)
  if (id === null) return { key: null, reason: 'the entry has no arXiv id' }
  const key = `${topic}/${id}`
  const [, date = '', rest = ''] = /^\s*\|\s*\**([\d-]+)\**\s*\|([\s\S]*)$/.exec(row) ?? []
  // A title may contain a bar; the three columns after it do not.
  const columns = rest.trim().replace(/\|$/, '').split('|')
  const title = cleanText(latexToText(unmark(columns.slice(0, -3).join('|'))))
  if (title === null) return { key, reason: 'the row has no title' }
  const [author = '', , code = ''] = columns.slice(-3)
  const printed = unmark(author)
  const name = cleanText(printed.replace(ET_AL, ''))
  const repository = parseRepositoryRef(unmark(code))
  const named = topicNamed(topic, 'task', 'cv-daily')
  return recordOf({
    source: 'cv-daily',
    key,
    licence: null,
    title,
    kind: 'preprint',
    published: dayOf(date, id),
    landingUrl: `https://arxiv.org/abs/${id}`,
    identifiers: [{ scheme: 'arxiv', value: id }],
    authors: authorNamed(name),
    // Not reported as a repair, because every row has it.
    ...(ET_AL.test(printed) && { hasMoreAuthors: true }),
    topics: [...(named ? [named] : []), ...findTopics(title, null)],
    repositories: repository
      ? [{ ...repository, isOfficial: false, evidence: 'curated', framework: null }]
      : [],
  })
}

const unmark = (column: string) => column.trim().replace(/^\*\*|\*\*$/g, '')

/** Date of the paper. The stated date is that of the newest version, so it counts only if it is in the month of the arXiv id. */
function dayOf(date: string, id: string): PaperRecord['published'] {
  const [day, month] = [publishedFromIso(date), monthOfId(id)]
  return day && (!month || day.on.slice(0, 7) === month.on.slice(0, 7)) ? day : (month ?? day)
}
