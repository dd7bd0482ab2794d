import { blockOf } from '../../src/domain/identity/name-block.ts'
import { findAuthorIdentifier } from '../../src/domain/reference/author-ref.ts'

/** Maximum number of profiles with one value; more indicate the page of a group, or an error. */
const MOST_PROFILES = 3
/** Pages that identify nobody. */
const NO_PAGE =
  /^(?:(?:www\.)?(?:github\.com|google\.com|linkedin\.com|openreview\.net|scholar\.google\.[\w.]+))?$/

/** Values in the list that identify one person. */
export function proofsOf({ orcid, dblp, scholar, homepage }) {
  const ids = [
    orcid,
    dblp,
    scholar && `https://scholar.google.com/citations?user=${scholarId(scholar)}`,
  ]
  const known = ids.flatMap((id) => findAuthorIdentifier(id ?? '') ?? [])
  return [...known.map(({ scheme, value }) => `${scheme}:${value}`), ...pageOf(homepage ?? '')]
}

const scholarId = (text) => /(?:^|[?&]user=)([\w-]{12})(?:&|$)/.exec(text)?.[1] ?? ''

function pageOf(homepage) {
  const page = homepage
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/(?:\/(?:index\.html?)?)?(?:#.*)?$/, '')
  return NO_PAGE.test(page) || !page.includes('.') ? [] : [`homepage:${page}`]
}

/**
 * Joins the profiles of one person, if two profiles state the same ORCID iD, DBLP number, Google Scholar profile or home page. Ignores all
 * that the method weighs, except names: profiles with another family name or initial have the value by mistake, and so do those of one
 * paper. DBLP numbers beside numbered ones identify nobody. Also returns the number of joined profiles for each scheme.
 */
export function folded(places) {
  const byPerson = profilesOf(places)
  const holders = new Map()
  for (const [person, { proofs }] of byPerson)
    for (const proof of proofs) holders.set(proof, [...(holders.get(proof) ?? []), person])
  const isOfMany = (proof) =>
    /^dblp:.*(?<!-\d+)$/.test(proof) &&
    [...holders.keys()].some((one) => one.startsWith(`${proof}-`))
  const roots = new Map()
  const rootOf = (person) => (roots.has(person) ? rootOf(roots.get(person)) : person)
  const counts = {}
  for (const [proof, people] of [...holders].sort(([x], [y]) => (x < y ? -1 : 1))) {
    if (people.length < 2 || people.length > MOST_PROFILES || isOfMany(proof)) continue
    const [first, ...others] = people
    for (const other of others) {
      if (rootOf(first) === rootOf(other) || !canBeOne(byPerson.get(first), byPerson.get(other)))
        continue
      roots.set(rootOf(other), rootOf(first))
      const scheme = proof.slice(0, proof.indexOf(':'))
      counts[scheme] = (counts[scheme] ?? 0) + 1
    }
  }
  return { personOf: (person) => (person === null ? null : rootOf(person)), counts }
}

function profilesOf(places) {
  const byPerson = new Map()
  for (const { person, proofs, name, paperId } of places) {
    if (person === null) continue
    const own = byPerson.get(person) ?? { proofs: new Set(), blocks: new Set(), papers: new Set() }
    byPerson.set(person, own)
    for (const proof of proofs) own.proofs.add(proof)
    own.blocks.add(blockOf(name))
    own.papers.add(paperId)
  }
  return byPerson
}

function canBeOne(one, other) {
  const orcids = [one, other].map(({ proofs }) =>
    [...proofs].filter((id) => id.startsWith('orcid:')),
  )
  const differ =
    orcids.every((own) => own.length > 0) && !orcids[0].some((id) => orcids[1].includes(id))
  const share = (key) => [...one[key]].some((value) => other[key].has(value))
  return share('blocks') && !share('papers') && !differ
}
