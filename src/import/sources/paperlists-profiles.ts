/**
 * For each author of an entry, the position of data from their OpenReview profile, such as affiliation and ORCID iD. The lists state
 * these data in the order of `or_profile`. It differs from the byline if a profile has received another id since: that author comes
 * last. Null for an author who cannot be distinguished from others in this case, or if the list does not state the order of profiles.
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
  // If all profiles differ from the ids, their order is unknown, and that of the byline is used.
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

/** Family name in an id: "Hinton" of "~Geoffrey_E._Hinton1". */
const familyOf = (id = '') => id.replace(/\d+$/, '').split('_').at(-1)?.toLowerCase()
