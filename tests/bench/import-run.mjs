import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './command.mjs'

const WITHOUT = new URL('./import-without.mjs', import.meta.url).href

/**
 * Runs `paperql import` as a user would. Returns its time, the CPU seconds of both sides, and the memory of its process in MB: the peak,
 * and the maximum in each quarter of the time. `without` names a part to leave out, `root` the folder of another version. Aborting `signal`
 * stops it; there are then no counts.
 */
export async function runImport(url, format, files, postgresCpu, { without, root, signal } = {}) {
  const before = postgresCpu()
  const rejects = join(tmpdir(), `bench-${randomUUID()}.rejects.jsonl`)
  const args = ['import', format, ...files, '--json', '--rejects', rejects]
  const { output, seconds, cpuSeconds, samples } = await runCommand(args, {
    url,
    root,
    signal,
    ...(without && { env: { BENCH_WITHOUT: without }, nodeArgs: ['--import', WITHOUT] }),
  })
  return {
    seconds,
    counts: signal?.aborted ? null : JSON.parse(output),
    cpu: { node: cpuSeconds, postgres: postgresCpu() - before },
    memory: { peak: Math.max(...samples), quarters: quartersOf(samples) },
  }
}

const quartersOf = (samples) =>
  [0, 1, 2, 3].map((quarter) => {
    const part = (n) => Math.floor((n * samples.length) / 4)
    return Math.max(0, ...samples.slice(part(quarter), part(quarter + 1)))
  })
