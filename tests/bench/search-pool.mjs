import { readFileSync } from 'node:fs'

const MOST_SHOWN = 400

/** Schemes for the key of a judgement, because not all identifiers of a paper are permanent. */
const SCHEMES = ['acl', 'pmlr', 'neurips', 'openreview', 'arxiv', 'doi', 's2']
export const keyOf = (keys) =>
  SCHEMES.flatMap((scheme) => keys.filter((key) => key.startsWith(`${scheme}:`))).at(0) ??
  keys.at(-1)

/**
 * The first results of all engines for each query of a file (a query on each line), for judging: in the order of keys, which does not show
 * the engine.
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
