import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { authorIdentifiers } from '../../db/tables/authors.ts'
import { institutions } from '../../db/tables/institutions.ts'
import { authorRecordIdentifiers, authorRecords } from '../../db/tables/profiles.ts'
import type { Entity, JsonList } from '../../sql/selection.ts'
import { type Institution, institutionEntity } from '../institutions/institution.ts'
import type { Workplace } from '../record/profile-record.ts'

const ar = alias(authorRecords, 'ar')
const m = alias(authorRecordIdentifiers, 'm')
const i = alias(authorIdentifiers, 'i')
/** The alias of institutions in all statements. */
const n = alias(institutions, 'i')

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
  relations: { workplaces: { kind: 'list', list: () => WORKPLACES } },
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

/** A current or former workplace of a person, with the institution if the catalogue has it. */
export interface ProfileWorkplace extends Workplace {
  institution: Institution | null
}

/** The workplaces of a profile, if they were selected. */
export const workplacesOf = (profile: AuthorProfile): ProfileWorkplace[] =>
  (profile as AuthorProfile & { workplaces?: ProfileWorkplace[] }).workplaces ?? []

const WORKPLACES: JsonList = {
  entity: {
    id: sql`w.place`,
    columns: Object.fromEntries(
      ['name', 'ror', 'from', 'to'].map((name) => [name, raw(`w.said->>'${name}'`)]),
    ),
    relations: {
      institution: {
        kind: 'one',
        entity: institutionEntity,
        from: sql`${n}`,
        condition: sql`${n.ror} = w.said->>'ror'`,
      },
    },
  },
  from: sql`(select x.said, x.place::int from jsonb_array_elements(coalesce(ar.record->'workplaces', '[]'))
    with ordinality as x(said, place)) w`,
  condition: sql`true`,
  order: {
    name: 'workplaces',
    direction: 'asc',
    keys: [{ column: sql`w.place`, type: 'integer' }],
    valuesOf: () => [],
  },
  head: () => sql`true`,
}
