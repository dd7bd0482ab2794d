import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'
import LongestFirst from './tests/helpers/longest-first.ts'

const require = createRequire(import.meta.url)

export default defineConfig({
  resolve: {
    // Vite would take the ES module build and Node the other one: types of one are strangers to the other.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/bench/**'],
    reporters: ['default', './tests/helpers/failure-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    globalSetup: ['tests/helpers/global-setup.ts'],
    setupFiles: ['tests/helpers/same-examples.ts', 'tests/helpers/plan-once.ts'],
    pool: 'forks',
    // To load the modules takes more CPU than most tests: files share processes, and leave nothing behind in them.
    isolate: false,
    // Transforming all modules takes 6 s of CPU: the results stay in node_modules, and each process reads them there.
    experimental: { fsModuleCache: true },
    // A larger young generation: an eighth of the time went to collecting garbage.
    execArgv: ['--max-semi-space-size=64'],
    // Two more than processors, since a third of the files mostly wait, for PostgreSQL to start, for mails, for time limits: with one
    // more a fifth of the CPU stayed idle.
    maxWorkers: 4,
    // Of a machine that others use, too: a test that hangs is rare, and one that is slow is not a failure.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // For expect.poll, whose own second is too short.
    expect: { poll: { timeout: 120_000 } },
  },
})
