import type { Config } from '../config.ts'

/**
 * Opens the configured Postgres for the time of `work`, with its schema checked and brought up to date. `writes: false` is for
 * commands that a read-only database can answer.
 */
export type WithCatalogue = <T>(
  config: Config,
  work: (server: { url: string }) => Promise<T>,
  options?: { writes?: boolean },
) => Promise<T>
