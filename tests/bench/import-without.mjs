// Loaded into a process of paperql by `node --import`: an import leaves out the parts that BENCH_WITHOUT names. Only for benchmarks.
import { register } from 'node:module'

if (process.env.BENCH_WITHOUT)
  register('./import-without-hooks.mjs', import.meta.url, {
    data: { parts: process.env.BENCH_WITHOUT.split(',') },
  })
