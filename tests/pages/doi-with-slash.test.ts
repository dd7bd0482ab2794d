import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { importFolder } from '../helpers/import-folder.ts'
import { startPageServer } from '../helpers/page-server.ts'

const DOI = '10.36652/0042-4633-2023-102-5-413'
/** Spellings of sources and readers for a DOI that is registered with a trailing slash. */
const SPELLINGS = [
  `${DOI}/`,
  `https://doi.org/${DOI}/`,
  `doi:${DOI}/`,
  DOI,
  `https://doi.org/${DOI}`,
]

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
  const { load, write } = importFolder()
  const entries = SPELLINGS.map(
    (doi, i) => `@article{k${i}, title={Wear of steel}, doi={${doi}}, year=2023}`,
  )
  const work = { DOI: `${DOI}/`, type: 'journal-article', title: ['Wear of steel'] }
  await load(t, [write('one.bib', entries.join('\n')), write('two.json', JSON.stringify([work]))])
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

test('records with and without the slash are one paper', async () => {
  const response = await fetch(
    `${server.url}/graphql?query={papers{nodes{identifiers{scheme value}sources{name}}}}`,
  )
  const { data } = (await response.json()) as { data: { papers: { nodes: object[] } } }
  expect(data.papers.nodes).toMatchObject([{ identifiers: [{ scheme: 'DOI', value: DOI }] }])
})

test.each([...SPELLINGS, `${DOI}//`])('%s finds it, in the API and as a page', async (ref) => {
  const query = encodeURIComponent(`{paper(ref:${JSON.stringify(ref)}){identifiers{value}}}`)
  const answer = await fetch(`${server.url}/graphql?query=${query}`)
  expect(await answer.json()).toMatchObject({ data: { paper: { identifiers: [{ value: DOI }] } } })
  for (const path of [ref, encodeURIComponent(ref)]) {
    const page = await fetch(`${server.url}/papers/${path}`, { headers: { accept: 'text/html' } })
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('Wear of steel'),
    ])
  }
})
