import { createRequire } from 'node:module'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const require = createRequire(import.meta.url)

/** Files that share a process: modules are loaded once, which takes more than most of these tests. They leave nothing behind in it. */
const SHARED = [
  'bibliography',
  'domain',
  'export',
  'graphql',
  'import/fields',
  'import/sources',
].map((folder) => `tests/${folder}/**/*.test.ts`)

const project = (
  name: string,
  test: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration => ({
  resolve: {
    // Vite would take the ES module build and Node the other one: types of one are strangers to the other.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    name,
    pool: 'forks',
    // Of a machine that others use, too: a test that hangs is rare, and one that is slow is not a failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // For expect.poll, whose own second is too short.
    expect: { poll: { timeout: 60_000 } },
    ...test,
  },
})

export default defineConfig({
  test: {
    reporters: ['default', './tests/helpers/failure-reporter.ts'],
    globalSetup: ['tests/helpers/global-setup.ts'],
    maxWorkers: 2,
    projects: [
      // One after the other: a process that takes a file of the other project cannot be kept.
      project('shared', { include: SHARED, isolate: false, sequence: { groupOrder: 0 } }),
      project('own', {
        include: ['tests/**/*.test.ts'],
        exclude: ['tests/bench/**', ...SHARED],
        sequence: { groupOrder: 1 },
      }),
    ],
  },
})
