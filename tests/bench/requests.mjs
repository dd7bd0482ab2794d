import { isDeepStrictEqual } from 'node:util'
import { plainRequestOf, requestOf } from './clients.mjs'
import { PEERS } from './peers.mjs'
import { SHAPES } from './shapes.mjs'

/** Number of answers compared for each shape before the measurement. */
const COMPARED = 40

/** The URL and the requests of `peer` for the shape, one for each draw of its variables. */
export async function buildJob(peer, shape, draws) {
  const asked = PEERS[peer.name].shapes[shape]
  const base = `http://127.0.0.1:${peer.port}`
  if (!asked.query) {
    const requests = draws.map((draw, i) => plainRequestOf(i, asked.values(draw)))
    return { url: `${base}/${shape}`, requests }
  }
  const url = `${base}/graphql`
  const cursors = asked.walk ? await walk(url, asked, draws) : []
  const requests = draws.map((draw, i) =>
    requestOf(i, asked.query, asked.values({ ...draw, cursor: cursors[i] })),
  )
  return { url, requests }
}

/** Reads the list page by page, and stores the cursor at the end of each page in `draws`. */
async function walk(url, asked, draws) {
  const byPage = new Map()
  let after = null
  for (let page = 1; page <= draws.at(-1).page - 1; page++) {
    after = asked.endCursor((await send(url, requestOf(page, asked.walk, { after }))).data)
    byPage.set(page + 1, after)
  }
  return draws.map((draw) => byPage.get(draw.page))
}

/** Throws if two peers answer a request of the shape differently, with the request of the first difference. */
export async function compareAnswers(shape, jobs, draws) {
  const step = Math.max(1, Math.floor(draws.length / COMPARED))
  const [[firstName, first], ...others] = jobs
  for (let i = 0; i < draws.length; i += step) {
    const expected = await ask(firstName, shape, first, i)
    for (const [name, job] of others) {
      const actual = await ask(name, shape, job, i)
      if (!isDeepStrictEqual(actual, expected)) {
        throw new Error(
          `${shape} ${JSON.stringify(draws[i])}: ${name} and ${firstName} answer differently\n` +
            `${name}: ${JSON.stringify(actual).slice(0, 1500)}\n` +
            `${firstName}: ${JSON.stringify(expected).slice(0, 1500)}`,
        )
      }
    }
  }
}

async function ask(name, shape, job, index) {
  const answer = await send(job.url, job.requests[index])
  const asked = PEERS[name].shapes[shape]
  const canonical = asked.read(asked.query ? answer.data : answer)
  const empty = Array.isArray(canonical) ? canonical.length === 0 : !canonical
  if (empty) throw new Error(`${name} answered ${shape} with nothing: ${job.requests[index].body}`)
  return canonical
}

/** The answer to a JSON body; throws if it is not JSON, or has errors. */
export async function post(url, body) {
  return send(url, {
    body,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  })
}

async function send(url, { headers, body }) {
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  if (response.status !== 200 || text.includes('"errors":')) {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 800)}\nto ${body}`)
  }
  return JSON.parse(text)
}

/** The draws of each shape, the same for every peer. */
export async function drawVariables(sql, shapes) {
  const draws = {}
  for (const shape of shapes) {
    draws[shape] = (await SHAPES[shape].variables(sql)).map((row) => ({ ...row }))
    if (draws[shape].length === 0) throw new Error(`the catalogue is too small for ${shape}`)
  }
  return draws
}
