import { type Author, authorsByIds } from '../../domain/entity/author.ts'
import type { Authorship } from '../../domain/entity/authorship.ts'
import { papersByIds } from '../../domain/entity/paper.ts'
import { IDENTITY_CHANGES } from '../../domain/identity/change-kinds.ts'
import { PROFILE_LIMITS } from '../../domain/identity/profiles.ts'
import { DOUBTS } from '../../domain/identity/reasons/doubts.ts'
import {
  type AuthorIdentity,
  type IdentityReason,
  REASONS,
  readConfidences,
  readIdentities,
  type UnverifiedByline,
} from '../../domain/identity/reasons/identity.ts'
import {
  type IdentityChange,
  MOST_CHANGES,
  readIdentityChanges,
} from '../../domain/imports/identity-changes.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorRef, AuthorshipRef, PaperRef } from '../refs.ts'

const ReasonEnum = enumOf(
  'AuthorIdentityReasonKind',
  'Kinds of reasons to take the bylines of an author for one person, and of one that speaks against it: rivals.',
  REASONS,
  {
    decision: 'An operator said so, of these papers.',
    identifier: 'Records give several papers the same identifier of the author.',
    name: 'How many people of the name are expected: a rare name speaks for one person.',
    co_authors: 'Co-authors of several papers.',
    affiliation:
      'The affiliation on several papers, in the ways in which they print it; another one is another entry. Those that share no more than a word such as software do not count.',
    title_words: 'Words in the titles of several papers.',
    topics: 'Keywords and topics of several papers.',
    repository_owner: 'Accounts that have the official code of several papers.',
    venue: 'Venues of several papers.',
    years: 'The years of the papers.',
    rivals:
      'Speaks against: other authors who may have written some of the papers, and cannot be this author, each with an identifier, else with the affiliation or the years. Their odds lower the confidence.',
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
      description:
        'Number of papers that have it, of those read. Co-authors, affiliations, words, topics, accounts and venues: of papers that share one of them with another. Papers that share none are counted by another entry of the kind.',
    }),
  }),
})

const DoubtEnum = enumOf(
  'IdentityDoubt',
  'Why it is uncertain that a byline belongs to its author.',
  DOUBTS,
  {
    evidence: 'Evidence joined it to the others with a confidence below 0.95.',
    name: "An identifier gives it to the author, but the printed name has nothing in common with the author's, or the author's is printed for another person of the paper.",
    profile:
      'A profile whose papers a program collects (OpenAlex, Semantic Scholar) has it, but no other paper of it supports that.',
  },
)

const UnverifiedRef = builder.objectRef<UnverifiedByline>('UnverifiedByline')
UnverifiedRef.implement({
  description: 'A byline that is probably, but not surely, of the author.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name as printed on the paper.' }),
    confidence: t.exposeFloat('confidence', {
      description: 'How likely the byline is of the author, from 0 to 1.',
    }),
    doubt: t.expose('doubt', { type: DoubtEnum, description: 'Why it is not certain.' }),
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

const ChangeEnum = enumOf(
  'IdentityChangeKind',
  'What an identifier that arrived later made, or said, of an author.',
  IDENTITY_CHANGES,
  {
    confirmed: 'It says of papers that evidence had joined that they are of one person.',
    joined: 'It made another author one with this one, whose id redirects.',
    split:
      'It showed that two people had been taken for one, or it is of some of the papers alone, as the others may be of somebody else with another identifier: they are two authors since, or again.',
    moved:
      'It, or papers by it, went from one author to another, who was there before: by what records say now. Each keeps the id with the other papers.',
    contradicted:
      'It says otherwise than an operator decided: that one author is two people, or that two authors are one. The decision holds.',
  },
)

const ChangeRef = builder.objectRef<IdentityChange>('IdentityChange')
ChangeRef.implement({
  description: 'What an identifier that arrived later made of an author who was there before.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeEnum, description: 'What became of the author.' }),
    identifier: t.exposeString('identifier', {
      description: 'The identifier, with its scheme before a colon.',
    }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      description: 'Time of the import that brought it.',
    }),
    other: t.field({
      ...costs({ each: 0.1 }),
      type: AuthorRef,
      nullable: true,
      description:
        'The other author of a split or a move, or of two that the identifier says are one; null for others, and when deleted a moment ago.',
      resolve: ({ otherId }, _, { db, loaders }, info) => {
        if (otherId === null) return null
        const selection = selectionOf(info)
        return loaders.load(info, 'other', otherId, (ids) => authorsByIds(db, selection, ids))
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
        'Bylines that evidence joined with a confidence below 0.95, or that an identifier gives the author against all evidence, the least certain first.',
    }),
    changes: t.field({
      ...costs({ each: 2, size: 2 }),
      type: [ChangeRef],
      description: `What identifiers that arrived later made of the author, the latest ${MOST_CHANGES}, newest first. Left out is what no longer holds, as the contradiction of a decision that was undone.`,
      resolve: async ({ authorId }, _, { db, loaders }) =>
        (await loaders.loadShared('identity changes', authorId, (ids) =>
          readIdentityChanges(db, ids),
        )) ?? [],
    }),
    isCatchAll: t.exposeBoolean('isCatchAll', {
      description:
        'Whether an identifier seems to collect papers of several people: a quarter of the papers or more, and three at least, are unverified by name or profile. An operator can split them off.',
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

builder.objectField(AuthorshipRef, 'confidence', (t) =>
  t.float({
    nullable: true,
    description:
      "How likely the byline is of this author, from 0 to 1, as in `Author.identity`: below 0.95 it is unverified; 1 where identifiers or an operator say so, and for the only paper of an author. Null where the name is not one person's.",
    ...answeredBy({ resolver: ['paperId', 'authorId'] }, { each: 10 }),
    resolve: async ({ paperId, authorId }: Authorship, _, { db, loaders }: Context, info) =>
      loaders.load(
        info,
        'confidence',
        `${authorId} ${paperId}`,
        async (keys: readonly string[]) => {
          const bylines = keys.map((key) => {
            const [author = 0, paper = 0] = key.split(' ').map(Number)
            return { authorId: author, paperId: paper }
          })
          const confidences = await readConfidences(db, bylines)
          return new Map(keys.map((key, i) => [key, confidences[i]]))
        },
      ),
  }),
)
