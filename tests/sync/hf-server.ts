import type { IncomingMessage, ServerResponse } from 'node:http'
import { startServer, type TestServer } from '../helpers/http-server.ts'

type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void

export interface HfServer extends TestServer {
  /** Number of papers on the list of each day. */
  days: Map<string, number>
  /** Added to the upvotes of each paper. */
  upvotes: number
  /** The responses instead of an answer for the next requests in order; undefined answers normally. */
  misbehaviours: (Misbehaviour | undefined)[]
}

/** The lists of daily papers in the form of Hugging Face's API, a hundred at a time. */
export async function startHuggingFace(): Promise<HfServer> {
  const days = new Map<string, number>()
  const misbehaviours: (Misbehaviour | undefined)[] = []
  const server = await startServer((request, response) => {
    const misbehave = misbehaviours.shift()
    if (misbehave) return misbehave(request, response)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://hf.test')
    const limit = Number(searchParams.get('limit') ?? 50)
    if (pathname !== '/api/daily_papers' || !(limit <= 100)) {
      response.writeHead(400).end('{"error": "Invalid"}')
      return
    }
    const day = searchParams.get('date') ?? ''
    const from = Number(searchParams.get('p') ?? 0) * limit
    const count = Math.max(0, Math.min(limit, (days.get(day) ?? 0) - from))
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(
      JSON.stringify(Array.from({ length: count }, (_, i) => entry(day, from + i, served.upvotes))),
    )
  })
  const served = Object.assign(server, { days, misbehaviours, upvotes: 0 })
  return served
}

function entry(day: string, number: number, upvotes: number) {
  const id = `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(number).padStart(3, '0')}`
  const title = `An Invented Paper of ${day}, number ${number}`
  const paper = {
    id,
    authors: [{ _id: '1', name: `Ada ${day} ${number}`, hidden: false }],
    publishedAt: `${day}T00:00:00.000Z`,
    submittedOnDailyAt: `${day}T08:00:00.000Z`,
    title,
    summary: `About ${number}.`,
    upvotes: number + upvotes,
    ...(number === 1 && {
      ...{ githubRepo: 'https://github.com/ada/code', githubRepoAddedBy: 'user', githubStars: 12 },
    }),
  }
  return {
    paper,
    publishedAt: `${day}T07:00:00.000Z`,
    title,
    summary: paper.summary,
    numComments: 0,
  }
}
