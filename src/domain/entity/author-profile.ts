import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { authorIdentifiers } from '../../db/tables/papers.ts'
import { authorRecordIdentifiers, authorRecords } from '../../db/tables/profiles.ts'
import type { Entity } from '../../sql/selection.ts'

const ar = alias(authorRecords, 'ar')
const m = alias(authorRecordIdentifiers, 'm')
const i = alias(authorIdentifiers, 'i')

/** A source's profile of an author. */
export interface AuthorProfile {
  source: string
  key: string
  url: string | null
  licence: string | null
  fetchedAt: string
  name: string
  aliases: string[]
  affiliations: string[]
  homepage: string | null
  paperCount: number | null
  citationCount: number | null
  hIndex: number | null
}

const said = (name: string) => [name, raw(`ar.record->'${name}'`)] as const

const profileEntity: Entity = {
  id: sql`${ar.source} || ':' || ${ar.key}`,
  columns: {
    ...pick(ar, 'source', 'key', 'licence', 'fetchedAt'),
    ...Object.fromEntries(
      [
        'url',
        'name',
        'aliases',
        'affiliations',
        'homepage',
        'paperCount',
        'citationCount',
        'hIndex',
      ].map(said),
    ),
  },
  relations: {},
}

/** The relation with all profiles of the author `authorId`, by source and key. */
export function authorProfiles(authorId: Sql): Entity['relations'][string] {
  return {
    kind: 'list',
    list: () => ({
      entity: profileEntity,
      from: sql`(select distinct ${m.source}, ${m.key} from ${i}
        join ${m} on ${m.scheme} = ${i.scheme} and ${m.value} = ${i.value}
        where ${i.authorId} = ${authorId}) own
        join ${ar} on ${ar.source} = own.source and ${ar.key} = own.key`,
      condition: sql`true`,
      order: {
        name: 'author-profiles',
        direction: 'asc',
        keys: [
          { column: sql`${ar.source}`, type: 'text' },
          { column: sql`${ar.key}`, type: 'text' },
        ],
        valuesOf: () => [],
      },
      head: () => sql`true`,
    }),
  }
}
