/** A hash of a text that is the same on every machine (FNV-1a). */
export function hashOf(text) {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** Agreement between groups of places and people: pairwise and B-cubed, and the shares of lumped and split people. */
export function figuresOf(places, groupOf) {
  const groups = count(places, groupOf)
  const people = count(places, ({ person }) => person)
  const cells = new Map()
  const peopleOf = new Map()
  const groupsOf = new Map()
  for (const place of places) {
    const group = groupOf(place)
    const cell = add(
      add(cells, group, () => new Map()),
      place.person,
      () => ({ size: 0 }),
    )
    cell.size++
    add(peopleOf, group, () => new Set()).add(place.person)
    add(groupsOf, place.person, () => new Set()).add(group)
  }
  let [together, precision, recall] = [0, 0, 0]
  for (const [group, own] of cells)
    for (const [person, { size }] of own) {
      together += pairs(size)
      precision += size ** 2 / groups.get(group)
      recall += size ** 2 / people.get(person)
    }
  precision /= places.length
  recall /= places.length
  const lumped = new Set([...peopleOf.values()].flatMap((own) => (own.size > 1 ? [...own] : [])))
  const split = [...groupsOf.values()].filter((own) => own.size > 1).length
  const inGroups = sum([...groups.values()].map(pairs))
  return {
    pairPrecision: inGroups === 0 ? '–' : (together / inGroups).toFixed(4),
    pairRecall: (together / sum([...people.values()].map(pairs))).toFixed(4),
    precision: precision.toFixed(4),
    recall: recall.toFixed(4),
    f1: ((2 * precision * recall) / (precision + recall)).toFixed(4),
    lumped: `${((100 * lumped.size) / people.size).toFixed(2)}%`,
    split: `${((100 * split) / people.size).toFixed(2)}%`,
  }
}

const pairs = (n) => (n * (n - 1)) / 2
const sum = (list) => list.reduce((total, x) => total + x, 0)

function count(places, keyOf) {
  const counts = new Map()
  for (const place of places) counts.set(keyOf(place), (counts.get(keyOf(place)) ?? 0) + 1)
  return counts
}

function add(map, key, make) {
  if (!map.has(key)) map.set(key, make())
  return map.get(key)
}
