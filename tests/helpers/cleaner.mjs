// Ends the processes of a test run and removes its folders when standard input ends: at the end of the run, or when vitest is interrupted
// or killed, in which case nobody else could.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [folder, ...others] = process.argv.slice(2)

const namesIn = (path) => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** Like `startOf` in processes.ts. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''
  } catch {
    return ''
  }
}

function tryKill(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // It has already ended.
  }
}

function serversIn(path) {
  const lock = (name) => join(path, name, 'postgres', 'data', 'postmaster.pid')
  return namesIn(path).flatMap((name) => {
    try {
      return [Number(readFileSync(lock(name), 'utf8').split('\n')[0])].filter((pid) => pid > 0)
    } catch {
      return []
    }
  })
}

/** A test of a full disk mounts one. */
function unmountIn(path) {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    for (const place of mounts.map((line) => line.split(' ')[1] ?? ''))
      if (place.startsWith(`${path}/`)) execFileSync('umount', ['-l', place], { stdio: 'ignore' })
  } catch {
    // Not Linux, or nothing to unmount.
  }
}

function endProcesses() {
  const processes = join(folder, 'processes')
  for (const pid of namesIn(processes))
    if (readFileSync(join(processes, pid), 'utf8') === startOf(pid)) tryKill(Number(pid), 'SIGKILL')
  // Immediate shutdown: a killed postmaster would leave its processes behind.
  for (const pid of serversIn(folder)) tryKill(pid, 'SIGQUIT')
}

const PATIENCE_MS = 60_000

/** Repeatedly, because an ending process may start another or write a file. */
async function clean() {
  const until = Date.now() + PATIENCE_MS
  const isLeft = () => [folder, ...others].some((path) => existsSync(path))
  while (isLeft() && Date.now() < until) {
    try {
      endProcesses()
      unmountIn(folder)
      for (const path of [folder, ...others]) rmSync(path, { recursive: true, force: true })
    } catch {
      // A file was added or deleted in the meantime.
    }
    await sleep(100)
  }
}

process.stdin.on('end', clean).resume()
