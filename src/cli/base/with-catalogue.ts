import type { Config } from '../../config.ts'

export interface CatalogueOptions {
  /** Wait for work that stops itself at its signal. Default false. */
  endsItself?: boolean
  /** False for commands that a read-only database can answer. Default true. */
  writes?: boolean
  /** How to treat an older schema; `ignore` does not check it. Default: migrate it, unless PAPERQL_MIGRATE is false. */
  lacking?: 'accept' | 'ignore'
}

/** Opens the configured Postgres while `work` runs, with its schema checked and migrated. */
export type WithCatalogue = <T>(
  config: Config,
  work: (server: { url: string; claimServe(): Promise<void> }, signal: AbortSignal) => Promise<T>,
  options?: CatalogueOptions,
) => Promise<T>
