import fc from 'fast-check'
import { atLeast } from './thorough.ts'

// The same examples in each run of `npm test`, so that it fails only for what was changed; a thorough run draws others each time.
fc.configureGlobal(atLeast({ seed: 1 }, {}))
