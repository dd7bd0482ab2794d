import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { statOf } from './cpu.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SAMPLE_MS = 100

/**
 * Runs `paperql …args` as a user would, on the current Node. Returns its output, its seconds, its CPU seconds (NaN if /proc does not have
 * them) and its memory in MB, sampled during the run. Exit codes other than those of `expected` are errors. `root` is the folder of another
 * version. Aborting `signal` kills it; the code is then null.
 */
export async function runCommand(args, options) {
  const { url, expected = [0], env = {}, nodeArgs = [], root = ROOT, signal } = options
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeArgs, join(root, 'src/bin.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env, DATABASE_URL: url },
  })
  const samples = []
  let cpuSeconds = Number.NaN
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
  const timer = setInterval(() => {
    const size = memoryOf(child.pid)
    if (size !== null) samples.push(size)
    cpuSeconds = statOf(child.pid)?.seconds ?? cpuSeconds
  }, SAMPLE_MS)
  const exit = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const [output, code] = await Promise.all([text(child.stdout), exit]).finally(() =>
    clearInterval(timer),
  )
  if (!expected.includes(code) && !signal?.aborted)
    throw new Error(`paperql ${args[0]} exited with code ${code}`)
  const seconds = (performance.now() - startedAt) / 1000
  return { output, code, seconds, cpuSeconds, samples }
}

function memoryOf(pid) {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null
  } catch {
    return null
  }
}
