/**
 * For each author of an entry, the place of what their OpenReview profile states, such as affiliation and ORCID iD. The lists
 * state these in the order of `or_profile`, which differs from that of the byline where somebody's profile had got another id
 * since: there that author is the last one. Null for an author who cannot be told from others in that case, or where OpenReview
 * has profiles and the list does not state their order.
 */
export function profilePlaces(
  ids: readonly string[],
  profiles: readonly string[],
): (number | null)[] {
  const inOrder = ids.map((_, i) => i)
  if (profiles.length !== ids.length)
    return ids.length > 1 && ids.some((id) => id.startsWith('~')) ? ids.map(() => null) : inOrder
  const places = ids.map((id) => profiles.indexOf(id))
  const unplaced = ids.filter((_, i) => places[i] === -1)
  // A list of other profiles altogether says nothing of the order.
  if (unplaced.length === ids.length) return inOrder
  const free = profiles.flatMap((profile, place) => (ids.includes(profile) ? [] : place))
  return places.map((place, i) => {
    if (place >= 0) return place
    if (unplaced.length === 1) return free[0] ?? null
    const alike = free.filter((one) => familyOf(profiles[one]) === familyOf(ids[i]))
    const isOnly = unplaced.filter((id) => familyOf(id) === familyOf(ids[i])).length === 1
    return isOnly && alike.length === 1 ? (alike[0] ?? null) : null
  })
}

/** "Hinton" of "~Geoffrey_E._Hinton1". */
const familyOf = (id = '') => id.replace(/\d+$/, '').split('_').at(-1)?.toLowerCase()
