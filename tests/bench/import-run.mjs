import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { statOf } from './cpu.mjs'

const COMMAND = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))
const SAMPLE_MS = 250

/**
 * Runs `paperql import arxiv` as a user would, on the Node that runs this, and tells how long it took, the CPU seconds
 * of both sides, and the memory of its process in MB: the peak, and the most in each quarter of the time.
 */
export async function runImport(url, file, postgresCpu) {
  const before = postgresCpu()
  const startedAt = performance.now()
  const rejects = join(tmpdir(), `bench-${process.pid}.rejects.jsonl`)
  const child = spawn(
    process.execPath,
    [COMMAND, 'import', 'arxiv', file, '--json', '--rejects', rejects],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: url },
    },
  )
  const samples = []
  let node = 0
  const timer = setInterval(() => {
    const size = memoryOf(child.pid)
    if (size !== null) samples.push(size)
    node = statOf(child.pid)?.seconds ?? node
  }, SAMPLE_MS)
  const exit = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const [output, code] = await Promise.all([text(child.stdout), exit]).finally(() =>
    clearInterval(timer),
  )
  if (code !== 0) throw new Error(`the import ended with code ${code}`)
  const seconds = (performance.now() - startedAt) / 1000
  return {
    seconds,
    counts: JSON.parse(output),
    cpu: { node, postgres: postgresCpu() - before },
    memory: { peak: Math.max(...samples), quarters: quartersOf(samples) },
  }
}

function memoryOf(pid) {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null
  } catch {
    return null
  }
}

const quartersOf = (samples) =>
  [0, 1, 2, 3].map((quarter) => {
    const part = (n) => Math.floor((n * samples.length) / 4)
    return Math.max(0, ...samples.slice(part(quarter), part(quarter + 1)))
  })
