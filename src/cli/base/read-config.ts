import type { Config } from '../../config.ts'

/** Reads the configuration, which only commands that run need. Throws BAD_USER_INPUT for variables that cannot be read. */
export type ReadConfig = () => Promise<Config>
