import type { Author } from '../../domain/entity/author.ts'
import {
  type AuthorSummary,
  type KnownAuthor,
  NO_SUMMARY,
  SUMMARY_LIMITS,
  summariesByAuthors,
  summaryLines,
} from '../../domain/identity/lookup/summary.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { AuthorRef } from '../refs.ts'

const { papers, shown } = SUMMARY_LIMITS

/** With the summary as one line. */
interface ShownSummary extends AuthorSummary {
  text: string | null
}

const AuthorSummaryRef = builder.objectRef<ShownSummary>('AuthorSummary')
AuthorSummaryRef.implement({
  description: `What tells an author from others of the same name. Topics, co-authors and the affiliation are those of the newest ${papers} papers.`,
  fields: (t) => ({
    text: t.exposeString('text', {
      nullable: true,
      description:
        'Affiliation, years and main topic in one line to show beside the name, such as `University of Toronto · 2006–2021 · Neural Networks`; in a list of authors of one name also a co-author or a paper where these are the same. Null when nothing is known.',
    }),
    affiliation: t.exposeString('affiliation', {
      nullable: true,
      description:
        'Affiliation on the newest paper that states one, as printed; null when none does.',
    }),
    firstYear: t.exposeInt('firstYear', {
      nullable: true,
      description: 'Year of the first paper; null when none has a date.',
    }),
    lastYear: t.exposeInt('lastYear', {
      nullable: true,
      description: 'Year of the latest paper; null when none has a date.',
    }),
    topics: t.exposeStringList('topics', {
      description: `Names of up to ${shown} topics of most papers.`,
    }),
    coAuthors: t.exposeStringList('coAuthors', {
      description: `Names of up to ${shown} co-authors of most papers, as printed.`,
    }),
  }),
})

builder.objectField(AuthorRef, 'summary', (t) =>
  t.field({
    ...costs({ each: 1 }),
    type: AuthorSummaryRef,
    description: 'What tells the author from others of the same name.',
    resolve: summaryOf,
  }),
)

/** What distinguishes an author from others; read for all authors of the query at once. */
export async function summaryOf(
  { id, among = [id] }: Pick<Author, 'id' | 'among'>,
  _: unknown,
  { db, loaders }: Context,
): Promise<ShownSummary> {
  const load = (ids: readonly number[]) => summariesByAuthors(db, ids)
  const read = among.map(async (one) => {
    const known = await loaders.loadShared('author-summary', one, load)
    return known ? [[one, known] as [number, KnownAuthor]] : []
  })
  const known = new Map((await Promise.all(read)).flat())
  const text = summaryLines(known).get(id) ?? null
  return { ...(known.get(id)?.summary ?? NO_SUMMARY), text }
}
