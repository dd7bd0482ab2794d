import sql, { raw, type Sql } from 'sql-template-tag'
import { columns, type Entity } from '../../sql/selection.ts'

/** What one source says of one author. */
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
  id: sql`ar.source || ':' || ar.key`,
  columns: {
    ...columns('ar', 'source', 'key', 'licence', 'fetchedAt'),
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

/** The relation with all profiles of the author whose id stands in `authorId`, by source and key. */
export function authorProfiles(authorId: Sql): Entity['relations'][string] {
  return {
    kind: 'list',
    list: () => ({
      entity: profileEntity,
      from: sql`(select distinct m.source, m.key from author_identifiers i
        join author_record_identifiers m on m.scheme = i.scheme and m.value = i.value
        where i.author_id = ${authorId}) own
        join author_records ar on ar.source = own.source and ar.key = own.key`,
      condition: sql`true`,
      order: {
        name: 'author-profiles',
        direction: 'asc',
        keys: [
          { column: sql`ar.source`, type: 'text' },
          { column: sql`ar.key`, type: 'text' },
        ],
        valuesOf: () => [],
      },
      head: () => sql`true`,
    }),
  }
}
