import { readFileSync } from 'node:fs'
import { satisfies } from 'semver'
import { expect, test } from 'vitest'

interface LockedPackage {
  version?: string
  engines?: { node?: string } | string[]
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
const packages = Object.entries(lock.packages as Record<string, LockedPackage>)

// npm warns about each package whose range excludes the running Node.
test.each(['20.19.0', '24.0.0'])('every locked package runs on Node %s', (version) => {
  const unfit = packages.filter(([, { engines }]) => {
    const range = Array.isArray(engines) ? undefined : engines?.node
    return range !== undefined && !satisfies(version, range)
  })
  expect(unfit.map(([path, { version }]) => `${path}@${version}`)).toEqual([])
})
