import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks per second in Linux's /proc. */
const TICKS = 100

/**
 * A function that returns the CPU seconds used by the PostgreSQL behind `sql` with all its processes, including ended ones; NaN if /proc
 * does not have them, as for a server on another machine.
 */
export async function postgresCpu(sql) {
  const [{ pid }] = await sql`select pg_backend_pid() as pid`
  const postmaster = statOf(pid)?.parent
  return () => {
    const own = postmaster && statOf(postmaster)
    if (!own) return Number.NaN
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf)
    return children
      .filter((child) => child?.parent === postmaster)
      .reduce((sum, child) => sum + child.seconds, own.seconds + own.endedSeconds)
  }
}

/** The CPU seconds of a process and its ended children; null if it does not exist. */
export function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may contain anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15)
    return {
      parent: fields[1],
      seconds: (user + system) / TICKS,
      endedSeconds: (endedUser + endedSystem) / TICKS,
    }
  } catch {
    return null
  }
}
