import type { IncomingMessage, ServerResponse } from 'node:http'
import { startServer, type TestServer } from '../helpers/http-server.ts'

/** A paper of arXiv, from which both of its interfaces are written. */
export interface ArxivPaper {
  id: string
  /** Day on which the record last changed. */
  datestamp: string
  sets: string[]
  isDeleted?: boolean
  title: string
  abstract: string
  /** Family name, given names, suffix, affiliations. */
  authors: string[][]
  created: string
  categories: string
  comments?: string
  doi?: string
  journalRef?: string
}

export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void

interface State {
  papers: ArxivPaper[]
  pageSize: number
  /** The responses instead of an answer for the next requests in order; undefined answers normally. */
  misbehaviours: (Misbehaviour | undefined)[]
  /** Tokens older than the newest ones are invalid. */
  isExpired: (token: string) => boolean
  now: string
}

export type OaiServer = TestServer & { state: State; times: number[] }

/** A repository that speaks OAI-PMH 2.0 like arXiv's. */
export async function startOai(): Promise<OaiServer> {
  const state: State = {
    ...{ papers: [], pageSize: 2, misbehaviours: [], isExpired: () => false },
    now: new Date().toISOString(),
  }
  const times: number[] = []
  const server = await startServer((request, response) => {
    times.push(Date.now())
    const misbehave = state.misbehaviours.shift()
    if (misbehave) return misbehave(request, response)
    const { searchParams } = new URL(request.url ?? '', 'http://arxiv.test')
    response.setHeader('content-type', 'text/xml; charset=utf-8')
    response.end(answerTo(Object.fromEntries(searchParams), state))
  })
  return Object.assign(server, { state, times })
}

/** The document that answers a query. */
export function answerTo(query: Record<string, string>, state: State): string {
  const document = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>${state.now}</responseDate>
<request verb="${query.verb}">http://oaipmh.arxiv.org/oai</request>
${content}
</OAI-PMH>
`
  const error = (code: string, message: string) =>
    document(`<error code="${code}">${message}</error>`)
  if (query.verb === 'Identify')
    return document(
      `<Identify><repositoryName>arXiv</repositoryName><protocolVersion>2.0</protocolVersion><earliestDatestamp>2005-09-16</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>`,
    )
  if (query.verb !== 'ListRecords') return error('badVerb', 'Illegal verb')
  const { resumptionToken: token, ...rest } = query
  if (token !== undefined && Object.keys(rest).length > 1)
    return error('badArgument', 'resumptionToken is exclusive')
  const asked = token === undefined ? query : Object.fromEntries(new URLSearchParams(token))
  if (token !== undefined && (state.isExpired(token) || asked.skip === undefined))
    return error('badResumptionToken', 'The value of the resumptionToken argument is invalid')
  const { from = '', until = '', set, metadataPrefix, skip = '0' } = asked
  if (metadataPrefix !== 'arXiv') return error('cannotDisseminateFormat', 'Unknown format')
  if (from > until) return error('badArgument', 'from is later than until')
  if (set !== undefined && !/^(cs|math|physics)(:\w[\w-]*)*$/.test(set))
    return error('badArgument', 'Set does not exist')
  const found = state.papers.filter(
    ({ datestamp, sets }) =>
      datestamp >= from &&
      datestamp <= until &&
      (set === undefined || sets.some((own) => own === set || own.startsWith(`${set}:`))),
  )
  if (found.length === 0) return error('noRecordsMatch', 'No records match')
  const end = Number(skip) + state.pageSize
  const next = new URLSearchParams({ ...asked, skip: String(end) }).toString()
  const resumption =
    end < found.length
      ? `<resumptionToken cursor="${skip}" completeListSize="${found.length}" expirationDate="2030-01-01T00:00:00Z">${escapeXml(next)}</resumptionToken>`
      : `<resumptionToken cursor="${skip}" completeListSize="${found.length}"/>`
  const records = found.slice(Number(skip), end).map(recordOf).join('\n')
  return document(
    `<ListRecords>\n${records}\n${skip === '0' && end >= found.length ? '' : resumption}\n</ListRecords>`,
  )
}

function recordOf(paper: ArxivPaper): string {
  const header = `<header${paper.isDeleted ? ' status="deleted"' : ''}>
  <identifier>oai:arXiv.org:${paper.id}</identifier>
  <datestamp>${paper.datestamp}</datestamp>
  ${paper.sets.map((set) => `<setSpec>${set}</setSpec>`).join('\n  ')}
</header>`
  if (paper.isDeleted) return `<record>${header}</record>`
  const element = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<${name}>${escapeXml(value)}</${name}>`
  const authors = paper.authors.map(
    ([family = '', given = '', suffix = '', ...affiliations]) =>
      `<author>${element('keyname', family)}${given && element('forenames', given)}${suffix && element('suffix', suffix)}${affiliations.map((one) => element('affiliation', one)).join('')}</author>`,
  )
  return `<record>
${header}
<metadata>
 <arXiv xmlns="http://arxiv.org/OAI/arXiv/" xsi:schemaLocation="http://arxiv.org/OAI/arXiv/ http://arxiv.org/OAI/arXiv.xsd">
 <id>${paper.id}</id><created>${paper.created}</created><updated>${paper.datestamp}</updated><authors>${authors.join('')}</authors>${element('title', paper.title)}<categories>${paper.categories}</categories>${element('comments', paper.comments)}${element('journal-ref', paper.journalRef)}${element('doi', paper.doi)}<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>${element('abstract', `  ${paper.abstract}\n`)}
 </arXiv>
</metadata>
</record>`
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The same paper as a line of the snapshot on Kaggle. */
export function snapshotLine(paper: ArxivPaper): string {
  return JSON.stringify({
    id: paper.id,
    submitter: paper.authors[0]?.join(' '),
    authors: paper.authors.map(([family, given]) => `${given} ${family}`).join(', '),
    title: paper.title,
    comments: paper.comments ?? null,
    'journal-ref': paper.journalRef ?? null,
    doi: paper.doi ?? null,
    'report-no': null,
    categories: paper.categories,
    license: null,
    abstract: `  ${paper.abstract}\n`,
    versions: [
      { version: 'v1', created: new Date(`${paper.created}T20:31:27Z`).toUTCString() },
      { version: 'v2', created: new Date(`${paper.datestamp}T01:02:03Z`).toUTCString() },
    ],
    update_date: paper.datestamp,
    authors_parsed: paper.authors.map(([family = '', given = '', suffix = '', ...more]) => [
      family,
      given,
      suffix,
      ...more,
    ]),
  })
}
