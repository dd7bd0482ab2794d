/** Prints a message on its own line, also while a progress bar is shown. */
export function notice(message: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  console.error(message)
}
