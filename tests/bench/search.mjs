import { parseArgs } from 'node:util'
import { dataFolder } from './data-folder.mjs'
import { measureQuality } from './search-quality.mjs'
import { measureRelated } from './search-related.mjs'
import { measureSpeed } from './search-speed.mjs'

/** Started services, in order; stopped in reverse, whatever happens. */
const started = []
process.exitCode = await main()

async function main() {
  try {
    const { values } = parseArgs({
      options: {
        speed: { type: 'boolean', default: false },
        papers: { type: 'string', default: '300000' },
        seconds: { type: 'string', default: '10' },
        related: { type: 'boolean', default: false },
        data: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        misses: { type: 'boolean', default: false },
        pool: { type: 'string' },
      },
    })
    const options = { ...values, data: dataFolder(values.data) }
    const measure = options.speed ? measureSpeed : options.related ? measureRelated : measureQuality
    await measure(options, started)
    return 0
  } catch (error) {
    console.error(`error: ${error.message}`)
    return 1
  } finally {
    for (const one of started.reverse()) await one.stop()
  }
}
