/** The exit codes of all commands. */
export const EXIT = { ok: 0, failure: 1, misuse: 2, rejects: 3, later: 4 } as const

const MEANINGS = {
  0: 'success',
  1: 'the system, the network or the database failed',
  2: 'invalid command, option, variable or file, nothing found under a name or number, or no catalogue',
  3: 'finished, but some records were rejected, or some files could not be read, or not to their end',
  4: 'stopped early, because the source asks to wait; run it again later',
  130: 'stopped by Ctrl-C (143 by SIGTERM)',
}

type ExitCode = keyof typeof MEANINGS

/** The section of a command's help with its exit codes: 0 to 2 and those given. */
export function exitHelp(...own: ExitCode[]): string {
  const codes: ExitCode[] = [0, 1, 2, ...own]
  return `\nExit codes:\n${codes.map((code) => `  ${String(code).padEnd(4)} ${MEANINGS[code]}`).join('\n')}`
}

/** For `serve`, which runs until it is stopped. */
export const SERVE_EXIT_HELP = exitHelp().replace(
  MEANINGS[0],
  'stopped by Ctrl-C, SIGTERM or SIGHUP',
)
