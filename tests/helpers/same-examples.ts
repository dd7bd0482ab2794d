import fc from 'fast-check'
import { atLeast } from './thorough.ts'

// The same examples in each run of `npm test`, so that it only fails because of changes; a thorough run uses others each time.
fc.configureGlobal(atLeast({ seed: 1 }, {}))
