// Loaded into a process by NODE_OPTIONS: at SIGUSR2 it collects garbage and writes what is left, in bytes, to HEAP_FILE.
const { renameSync, writeFileSync } = require('node:fs')
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

process.on('SIGUSR2', () => {
  collect()
  // What the first round released is let go of by finalisers, and freed by the second.
  setImmediate(() => {
    collect()
    const { rss, heapUsed, external } = process.memoryUsage()
    const file = process.env.HEAP_FILE
    writeFileSync(`${file}.new`, JSON.stringify({ rss, used: heapUsed + external }))
    renameSync(`${file}.new`, file)
  })
})
