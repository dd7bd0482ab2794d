import type { Author } from '../../domain/entity/author.ts'
import { papersByIds } from '../../domain/entity/paper.ts'
import {
  type AuthorIdentity,
  type IdentityReason,
  REASONS,
  readIdentities,
  type UnverifiedByline,
} from '../../domain/identity/identity.ts'
import { PROFILE_LIMITS } from '../../domain/identity/profiles.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorRef, PaperRef } from '../refs.ts'

const ReasonEnum = enumOf(
  'AuthorIdentityReasonKind',
  'Kinds of reasons to take the bylines of an author for one person.',
  REASONS,
  {
    decision: 'An operator said so.',
    identifier: 'Records give several papers the same identifier of the author.',
    name: 'How many people of the name are expected: a rare name speaks for one person.',
    co_authors: 'Co-authors of several papers.',
    affiliation: 'The affiliation on several papers.',
    title_words: 'Words in the titles of several papers.',
    topics: 'Topics of several papers.',
    venue: 'Venues of several papers.',
    years: 'The years of the papers.',
  },
)

const ReasonRef = builder.objectRef<IdentityReason>('AuthorIdentityReason')
ReasonRef.implement({
  description: 'A reason to take the bylines of an author for one person.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ReasonEnum, description: 'Kind of reason.' }),
    detail: t.exposeString('detail', {
      description: 'What the papers have in common, as names, words or years.',
    }),
    papers: t.exposeInt('papers', {
      description: 'Number of papers that have it, of those read.',
    }),
  }),
})

const UnverifiedRef = builder.objectRef<UnverifiedByline>('UnverifiedByline')
UnverifiedRef.implement({
  description: 'A byline that is probably, but not surely, of the author.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name as printed on the paper.' }),
    confidence: t.exposeFloat('confidence', {
      description: 'How likely the byline is of the author, from 0 to 1.',
    }),
    paper: t.field({
      ...costs({ each: 0.1 }),
      type: PaperRef,
      nullable: true,
      description: 'The paper; null when it was deleted a moment ago.',
      resolve: ({ paperId }, _, { db, loaders }, info) => {
        const selection = selectionOf(info)
        return loaders.load(info, 'unverified', paperId, (ids) => papersByIds(db, selection, ids))
      },
    }),
  }),
})

const IdentityRef = builder.objectRef<AuthorIdentity>('AuthorIdentity')
IdentityRef.implement({
  description: 'Why the bylines of an author are taken for one person.',
  fields: (t) => ({
    confidence: t.exposeFloat('confidence', {
      description:
        'How likely all bylines are of one person, from 0 to 1, by the least certain one; 1 where identifiers or an operator say so, and for a single byline.',
    }),
    evidence: t.expose('evidence', {
      type: [ReasonRef],
      description:
        'What the papers have in common: decisions of operators and identifiers first; empty for a single paper.',
    }),
    unverified: t.expose('unverified', {
      type: [UnverifiedRef],
      description:
        'Bylines that evidence joined with a confidence below 0.95, the least certain first.',
    }),
  }),
})

builder.objectField(AuthorRef, 'identity', (t) =>
  t.field({
    ...costs({ each: 20 }),
    type: IdentityRef,
    nullable: true,
    description: `Why the bylines of the author are taken for one person, by the newest ${PROFILE_LIMITS.papers} papers; null where the name is not one person's, as that of a group.`,
    resolve: ({ id }: Author, _, { db, loaders }: Context) =>
      loaders.loadShared('identity', id, (ids) => readIdentities(db, ids)),
  }),
)
