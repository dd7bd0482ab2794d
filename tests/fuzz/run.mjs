/** Compares all ways of answering on generated queries: `npm run fuzz -- --seed 7 --queries 5000`. */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    queries: { type: 'string', default: '3000' },
  },
})
for (const [name, text] of Object.entries(values)) {
  if (!/^\d{1,9}$|^[12]\d{9}$/.test(text)) {
    console.error(`--${name} ${text}: expected a whole number`)
    process.exit(2)
  }
}
console.log(`seed ${values.seed}, ${values.queries} queries`)
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const child = spawn(process.execPath, [vitest, 'run', 'tests/fuzz/parity.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SEED: values.seed, FUZZ_QUERIES: values.queries },
})
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
