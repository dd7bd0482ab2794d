import { readFileSync } from 'node:fs'

const MOST_SHOWN = 400

/** The key that a judgement names a paper by: not all of a paper's identifiers are as lasting. */
const SCHEMES = ['acl', 'pmlr', 'neurips', 'openreview', 'arxiv', 'doi', 's2']
export const keyOf = (keys) =>
  SCHEMES.flatMap((scheme) => keys.filter((key) => key.startsWith(`${scheme}:`))).at(0) ??
  keys.at(-1)

/**
 * What any engine has among its first results for each query of a file (a query a line), to be judged by reading: in the order of
 * keys, which does not show who found it.
 */
export async function poolFor(file, engines, papers) {
  const byKey = new Map(papers.flatMap((paper) => paper.keys.map((key) => [key, paper])))
  for (const query of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    console.log(`\n# ${query}`)
    const pooled = new Map()
    for (const ask of Object.values(engines))
      for (const keys of await ask(query)) pooled.set(keyOf(keys), byKey.get(keys.at(-1)))
    for (const [key, paper] of [...pooled].sort(([a], [b]) => (a < b ? -1 : 1)))
      console.log(`${key}\t${paper.title}\t${paper.abstract.slice(0, MOST_SHOWN)}`)
  }
}
