/**
 * By part of an import, the modules that do only its work, with their functions and replacement results: then the part costs nothing,
 * neither statements nor reading its data.
 */
const PARTS = {
  log: {
    'domain/changes/note.ts': { noteFields: 'undefined', noteEvents: 'undefined' },
    'domain/changes/fan-out.ts': {
      noteShown: 'undefined',
      noteRenamed: 'undefined',
      noteRepositories: 'undefined',
    },
    'domain/write/noted.ts': {
      noteClusters: 'undefined',
      noteDepartures: 'undefined',
      noteIdentifiers: 'undefined',
      noteContested: 'undefined',
    },
  },
  people: {
    'domain/write/authors/evidence/settle.ts': { settlePeople: '0' },
    'domain/write/authors/evidence/write.ts': { writeEvidence: '[]' },
    'domain/write/authors/evidence/unsettle.ts': { unsettleNames: 'undefined' },
    'domain/identity/name-block.ts': { nameBlock: "''" },
  },
  names: { 'domain/search/naming/learn.ts': { learnNames: 'undefined' } },
}

/** Marks the URL of the unchanged module, for functions that are not replaced. */
const WHOLE = 'whole'

const replaced = new Map()

export function initialize({ parts }) {
  for (const part of parts)
    for (const [path, functions] of Object.entries(PARTS[part])) replaced.set(path, functions)
}

export async function load(url, context, nextLoad) {
  const [path, query = ''] = url.split('?')
  const found = [...replaced].find(([ending]) => path.endsWith(`/src/${ending}`))
  if (!found || query.includes(WHOLE)) return nextLoad(url, context)
  const own = Object.entries(found[1]).map(
    ([name, value]) => `export const ${name} = () => ${value}`,
  )
  const source = [`export * from ${JSON.stringify(`${path}?${WHOLE}`)}`, ...own].join('\n')
  return { format: 'module', source, shortCircuit: true }
}
