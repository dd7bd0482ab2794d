import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { spawnCli } from './cli.ts'
import { PATIENCE } from './patient-config.ts'
import { finish } from './processes.ts'

export interface ServeProcess {
  child: ChildProcess
  /** For example http://127.0.0.1:41234, without a path. */
  url: string
  port: number
  /** Its output on standard error so far. */
  log(): string
  /** Sends SIGTERM and resolves to the exit code. */
  stop(): Promise<number | null>
}

/** Starts `paperql serve` in a separate process, on a free port and without the sample. */
export async function startServe(env: Record<string, string>): Promise<ServeProcess> {
  const child = spawnCli(['serve'], {
    env: { PORT: '0', PAPERQL_SAMPLE: 'false', ...PATIENCE, ...env },
  })
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log += chunk
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  const [, url = ''] = /serves (http:\S+)\/graphql/.exec(String(line)) ?? []
  if (url === '') throw new Error(`serve did not start: ${log}`)
  const stop = () => finish(child, 'SIGTERM')
  return { child, url, port: Number(new URL(url).port), log: () => log, stop }
}
