import { parseArgs } from 'node:util'
import { measureQuality } from './search-quality.mjs'
import { measureSpeed } from './search-speed.mjs'

/** What was started, in order; ended in reverse, whatever happens. */
const started = []
process.exitCode = await main()

async function main() {
  try {
    const { values: options } = parseArgs({
      options: {
        speed: { type: 'boolean', default: false },
        papers: { type: 'string', default: '300000' },
        seconds: { type: 'string', default: '10' },
        paperlists: { type: 'string' },
        misses: { type: 'boolean', default: false },
      },
    })
    await (options.speed ? measureSpeed : measureQuality)(options, started)
    return 0
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}
