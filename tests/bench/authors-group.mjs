import { clusterAuthorships } from '../../src/domain/identity/cluster.ts'

/** Groups the places of one family name and initial as imports do, without identifiers. Returns [place, group] of each place. */
export function group(places) {
  const given = places.map((place) => ({
    ...place,
    key: String(place.index).padStart(7, '0'),
    tie: '',
    unit: null,
    identifiers: [],
    place,
  }))
  return new Map(
    clusterAuthorships(given).flatMap((cluster) =>
      cluster.members.map(({ place }) => [place, cluster]),
    ),
  )
}
