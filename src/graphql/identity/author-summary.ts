import type { Author } from '../../domain/entity/author.ts'
import {
  type AuthorSummary,
  NO_SUMMARY,
  SUMMARY_LIMITS,
  summariesByAuthors,
  summaryText,
} from '../../domain/identity/summary.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { AuthorRef } from '../refs.ts'

const { papers, shown } = SUMMARY_LIMITS

const AuthorSummaryRef = builder.objectRef<AuthorSummary>('AuthorSummary')
AuthorSummaryRef.implement({
  description: `What tells an author from others of the same name. Topics, co-authors and the affiliation are those of the newest ${papers} papers.`,
  fields: (t) => ({
    text: t.string({
      nullable: true,
      description:
        'Affiliation, years and main topic in one line to show beside the name, such as `University of Toronto · 2006–2021 · Neural Networks`; null when nothing is known.',
      resolve: summaryText,
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

/** What tells one author from others; read for all authors of the query at once. */
export async function summaryOf(
  { id }: Pick<Author, 'id'>,
  _: unknown,
  { db, loaders }: Context,
): Promise<AuthorSummary> {
  const load = (ids: readonly number[]) => summariesByAuthors(db, ids)
  return (await loaders.loadShared('author-summary', id, load)) ?? NO_SUMMARY
}
