import type { Config } from '../../config.ts'

/** Reads the configuration, which help and usage errors do not need. Throws BAD_USER_INPUT for invalid variables. */
export type ReadConfig = () => Promise<Config>
