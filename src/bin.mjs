#!/usr/bin/env node
// The only file that Node runs without a loader: it checks the Node version, reads `.env`, and enables TypeScript.
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: paperql needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

// Existing environment variables take precedence over the file.
const settings = fileURLToPath(new URL('../.env', import.meta.url))
if (existsSync(settings)) {
  try {
    // Windows editors put a byte order mark before the first name.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(settings))
    for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value
  } catch (error) {
    console.error(
      `error: ${settings} cannot be read (${error.code ?? error.message}); expected a text file in UTF-8 with one VARIABLE=value a line.`,
    )
    process.exit(2)
  }
}

// From Node 22.8 on, compiled code is cached, which saves a third of the start time. Not in the system's temporary folder, where others
// could write to it.
module.enableCompileCache?.(
  fileURLToPath(new URL('../node_modules/.cache/paperql-compiled', import.meta.url)),
)

// Node's own type stripping leaves functions as written; tsx wraps each to keep its name, which costs time whenever a function is created.
if (!process.features.typescript) (await import('tsx/esm/api')).register()

const { runCli } = await import('./cli/program.ts')
await runCli(process.argv.slice(2), process.env)
