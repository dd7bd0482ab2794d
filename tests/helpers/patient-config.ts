import { type Config, loadConfig } from '../../src/config.ts'

/** Limits that a request only reaches if it hangs: on a busy machine a plain one may take seconds. */
export const PATIENCE = { REQUEST_TIMEOUT_MS: '100000', STATEMENT_TIMEOUT_MS: '100000' }

/** The configuration of a server of a test, on a free port. */
export const patientConfig = (env: Record<string, string> = {}): Config =>
  loadConfig({ PORT: '0', ...PATIENCE, ...env })
