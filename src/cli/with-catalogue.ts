import type { Config } from '../config.ts'

export interface CatalogueOptions {
  /** Work that ends itself when its signal tells it to is waited for. Default false. */
  endsItself?: boolean
  /** False for commands that a read-only database can answer. Default true. */
  writes?: boolean
  /** What an older schema is to the command; `ignore` does not even look at it. Default: brought up to date, if the config has it so. */
  lacking?: 'accept' | 'ignore'
}

/** Opens the configured Postgres for the time of `work`, with its schema checked and brought up to date. */
export type WithCatalogue = <T>(
  config: Config,
  work: (server: { url: string; claimServe(): Promise<void> }) => Promise<T>,
  options?: CatalogueOptions,
) => Promise<T>
