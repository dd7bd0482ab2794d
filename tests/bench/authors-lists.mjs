import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { bylineRank } from '../../src/domain/identity/pairs/byline-rank.ts'
import { parsePersonName } from '../../src/domain/identity/person-name.ts'
import {
  affiliationWords,
  identifyingOwners,
  titleWords,
  topicsOf,
} from '../../src/domain/identity/words.ts'
import { nameKey, slugify } from '../../src/domain/record/title-key.ts'
import { parseRepositoryColumn } from '../../src/domain/reference/repository-ref.ts'
import { repositoriesIn } from '../../src/import/input/outcome.ts'
import { profilePlaces } from '../../src/import/sources/paperlists-profiles.ts'
import { folded, proofsOf } from './authors-folded.mjs'
import { neededFolder } from './data-folder.mjs'

/**
 * All places in bylines of the lists: the data that the method may use, and the person if the list states one. `person` is the id of a
 * profile; `folded` is equal for profiles that the lists show to be one person's.
 */
export function readPlaces(given) {
  const folder = neededFolder(given, 'paperlists')
  const places = []
  let paperId = 0
  for (const file of readdirSync(folder).sort()) {
    const [, venue, year] = /^(.*?)(\d{4})\.json\.gz$/.exec(file)
    for (const paper of JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()))
      places.push(
        ...placesOf(paper, ++paperId, { venue, year: Number(year), list: `${venue}${year}` }),
      )
  }
  const personOf = joined(places)
  const known = places.map((place, index) => ({ ...place, index, person: personOf(place) }))
  const people = folded(known)
  return {
    places: known.map((place) => ({ ...place, folded: people.personOf(place.person) })),
    foldedBy: people.counts,
  }
}

function placesOf(paper, paperId, { venue, year, list }) {
  const byline = paper.author ?? ''
  const names = listOf(byline, byline.includes(';') ? ';' : ',').filter((name) => name !== '')
  const ids = parallel(paper.authorids, names)
  const profiles = parallel(paper.or_profile, names)
  const places = profilePlaces(ids, profiles)
  const affiliations = parallel(paper.aff, names)
  const stated = Object.fromEntries(
    ['orcid', 'dblp', 'google_scholar', 'homepage'].map((key) => [
      key,
      parallel(paper[key], names),
    ]),
  )
  const keys = names.map(nameKey)
  const words = titleWords(paper.title ?? '')
  const common = {
    paperId,
    list,
    year,
    venue,
    titleWords: words,
    topics: topicsOf(listOf(paper.keywords ?? '', /[;,]/).map(slugify), words),
  }
  common.topics.delete('')
  const official = [
    ...repositoriesIn(paper.abstract ?? null),
    ...parseRepositoryColumn(paper.github ?? ''),
  ]
  common.owners = identifyingOwners(official.map(({ owner }) => owner))
  return names.flatMap((printed, i) => {
    const name = parsePersonName(printed)
    if (!name) return []
    const others = keys.filter((key) => key !== keys[i])
    return {
      ...common,
      printed,
      name,
      rank: bylineRank(i + 1, keys),
      coAuthors: new Set(others),
      affiliation: affiliationWords(affiliations[places[i] ?? -1] ?? ''),
      person: ids[i].startsWith('~') ? ids[i] : null,
      alias: profiles[places[i]]?.startsWith('~') ? profiles[places[i]] : null,
      proofs: proofsOf({
        orcid: stated.orcid[places[i]],
        dblp: stated.dblp[places[i]],
        scholar: stated.google_scholar[places[i]],
        homepage: stated.homepage[places[i]],
      }),
      page: /^\/?(?:people\/)?[a-z0-9]\/(\S+?)\/?$/.exec(ids[i])?.[1] ?? null,
    }
  })
}

/** Joins the ids of people for whom lists state two: OpenReview gives a new id when a name changes. */
function joined(places) {
  const ids = new Map()
  const rootOf = (id) => (ids.has(id) ? rootOf(ids.get(id)) : id)
  for (const { person, alias } of places)
    if (person !== null && alias !== null && rootOf(person) !== rootOf(alias))
      ids.set(rootOf(alias), rootOf(person))
  return ({ person }) => (person === null ? null : rootOf(person))
}

const listOf = (text, separator) => text.split(separator).map((part) => part.trim())

/** A list parallel to the names; empty texts if it does not fit. */
function parallel(text, names) {
  const list = listOf(text ?? '', ';')
  return list.length === names.length ? list : names.map(() => '')
}
