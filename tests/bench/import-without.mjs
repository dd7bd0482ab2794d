// Loaded into a process of paperql by `node --import`: an import does without the parts that BENCH_WITHOUT names. For benchmarks alone.
import { register } from 'node:module'

if (process.env.BENCH_WITHOUT)
  register('./import-without-hooks.mjs', import.meta.url, {
    data: { parts: process.env.BENCH_WITHOUT.split(',') },
  })
