/**
 * Measures how often printed affiliations are matched to the right institution: node --import tsx tests/bench/affiliations.mjs <ror dump>
 * <labelled>… where labelled files are those of ROR's API tests (dataset_affiliations_*.json). Every second row is held out.
 */
import { createReadStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { affiliationsIn } from '../../src/domain/record/affiliation.ts'
import { keysOf } from '../../src/domain/write/institutions/records.ts'
import { meantBy } from '../../src/domain/write/institutions/resolve.ts'
import { readRor } from '../../src/import/sources/ror.ts'

const [dump, ...files] = process.argv.slice(2)
if (dump === undefined || files.length === 0) {
  console.error('Usage: affiliations.mjs <ror dump> <labelled affiliations>…')
  process.exit(2)
}

const parents = new Map()
const known = new Map()
for await (const { profile } of readRor(createReadStream(dump), dump)) {
  if (profile?.type !== 'institution') continue
  parents.set(profile.ror, profile.parent)
  for (const { nameKey, isAcronym } of keysOf(profile)) {
    const own = known.get(nameKey) ?? { rors: new Set(), shortOf: new Set(), isNamed: false }
    known.set(nameKey, own)
    ;(isAcronym ? own.shortOf : own.rors).add(profile.ror)
  }
}

/** Whether two institutions are the same, or one is a part of the other. */
const isKin = (a, b) => a === b || parents.get(a) === b || parents.get(b) === a

const found = (affiliation) =>
  new Set(
    affiliationsIn(affiliation)
      .flatMap((name) => meantBy({ name, isClaim: false, ror: null, keys: [] }, known))
      .map(({ entity }) => entity.replace('ror:', '')),
  )

for (const file of files) {
  const rows = JSON.parse(readFileSync(file, 'utf8'))
  for (const part of [0, 1]) {
    let [stated, right, gold, hit] = [0, 0, 0, 0]
    for (const { affiliation, ror_ids: ids = [] } of rows.filter((_, i) => i % 2 === part)) {
      const labels = ids.map((id) => id.slice(-9))
      const own = [...found(affiliation)]
      stated += own.length
      right += own.filter((one) => labels.some((label) => isKin(one, label))).length
      const possible = labels.filter((label) => parents.has(label))
      gold += possible.length
      hit += possible.filter((label) => own.some((one) => isKin(one, label))).length
    }
    const [precision, recall] = [right / stated, hit / gold].map((share) => share.toFixed(3))
    console.log(
      `${basename(file)} ${part ? 'held out' : 'seen'}: ${stated} found, precision ${precision}, recall ${recall}`,
    )
  }
}
