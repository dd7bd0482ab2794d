import { alias, type Stored, sql } from '../../db/sql.ts'
import { authorIdentifiers, authorships } from '../../db/tables/authors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { keyOfTopic } from '../record/keywords/vocabulary-keys.ts'
import type { AuthorClaim } from '../record/paper-record.ts'
import type { AuthorRecord, ProfileRecord } from '../record/profile-record.ts'
import { remakePapers } from './catalogue.ts'
import { forgetPlaces } from './forget.ts'
import { followInstitutionRecords } from './institutions/records.ts'
import { noteChangedKeys } from './topics/rows.ts'

const a = alias(authorships, 'a')
const i = alias(authorIdentifiers, 'i')

type Identifier = AuthorClaim['identifiers'][number]

/** Identifiers that records of authors link with each other; a record with a single identifier links nothing. */
export function linkedBy(records: readonly AuthorRecord[]): Identifier[] {
  return records.flatMap(({ identifiers }) => (identifiers.length > 1 ? identifiers : []))
}

/** Relinks the authors with these identifiers on all their papers, after records of authors changed or were deleted. */
export async function linkAuthors(tx: Transaction, linking: Identifier[]): Promise<void> {
  if (linking.length === 0) return
  const papers = await tx.query<Stored<typeof authorships, 'paper_id'>>(sql`
    select distinct ${a.paperId}
    from unnest(${linking.map(({ scheme }) => scheme)}::text[], ${linking.map(({ value }) => value)}::text[]) as r(scheme, value)
    join ${i} on ${i.scheme} = r.scheme and ${i.value} = r.value
    join ${a} on ${a.authorId} = ${i.authorId}`)
  if (papers.length > 0)
    await remakePapers(
      tx,
      papers.map(({ paper_id }) => paper_id),
    )
}

/** After records of people, topics and institutions were deleted: updates the data derived from them. */
export async function forgetProfiles(
  tx: Transaction,
  gone: readonly ProfileRecord[],
): Promise<void> {
  const people = gone.filter((record): record is AuthorRecord => record.type === 'author')
  await linkAuthors(tx, linkedBy(people))
  await followInstitutionRecords(
    tx,
    gone.flatMap((record) => (record.type === 'institution' ? [record] : [])),
  )
  const ways = gone.flatMap((record) => (record.type === 'topic' ? [record] : []))
  if (ways.length === 0) return
  await forgetPlaces(tx, ways)
  await noteChangedKeys(
    tx,
    ways.map(({ slug }) => keyOfTopic({ slug, kind: 'field' })),
  )
}
