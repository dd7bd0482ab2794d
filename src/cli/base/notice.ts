/** Prints a message on a line of its own, also where a progress bar is drawn. */
export function notice(message: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  console.error(message)
}
