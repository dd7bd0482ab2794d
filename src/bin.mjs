#!/usr/bin/env node
// The one file that Node reads as it is: it checks the Node at hand, reads `.env`, and makes TypeScript readable.
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: paperql needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

// What is set in the environment already wins over the file.
const settings = fileURLToPath(new URL('../.env', import.meta.url))
if (existsSync(settings)) {
  try {
    // Editors of Windows put a byte order mark before the first name.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(settings))
    for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value
  } catch (error) {
    console.error(
      `error: ${settings} cannot be read (${error.code ?? error.message}); expected a text file in UTF-8 with one VARIABLE=value a line.`,
    )
    process.exit(2)
  }
}

// From Node 22.8 on, what was compiled is kept: a third of the time of a start. Not in the folder of the system, where others could write it.
module.enableCompileCache?.(
  fileURLToPath(new URL('../node_modules/.cache/paperql-compiled', import.meta.url)),
)

// Node's own type stripping keeps functions as they are written; tsx wraps each to keep its name, which costs time
// whenever a function is made.
if (!process.features.typescript) (await import('tsx/esm/api')).register()

const { runCli } = await import('./cli/program.ts')
await runCli(process.argv.slice(2), process.env)
