import {
  AUTHOR_MEANS,
  type AuthorResolution,
  MOST_CANDIDATES,
  resolveAuthors,
} from '../../domain/identity/lookup/resolution.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { selectionBelow } from '../plan/plan-rows.ts'
import { AuthorRef } from '../refs.ts'

type Outcome<Kind extends AuthorResolution['kind']> = Extract<AuthorResolution, { kind: Kind }>

const AuthorFoundRef = builder.objectRef<Outcome<'found'>>('AuthorFound')
const AuthorNotFoundRef = builder.objectRef<Outcome<'not_found'>>('AuthorNotFound')
const AuthorAmbiguousRef = builder.objectRef<Outcome<'ambiguous'>>('AuthorAmbiguous')

const MeansEnum = enumOf(
  'AuthorResolutionMeans',
  'How a reference to an author was resolved.',
  AUTHOR_MEANS,
  {
    identifier: 'By an identifier of the person, or the URL of their page.',
    id: "By the author's `id` in this catalogue, or that of an author merged into it.",
    name: 'By the name, which only this author has.',
  },
)

const ReasonEnum = enumOf(
  'AuthorNotFoundReason',
  'Why a reference does not resolve to an author.',
  ['malformed', 'absent'],
  {
    malformed: 'Neither a reference nor a name.',
    absent: 'No author in the catalogue has this reference or name.',
  },
)

const REF = 'The reference as given.'

AuthorFoundRef.implement({
  description: 'A reference that resolves to one author.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    means: t.expose('means', { type: MeansEnum, description: 'How the reference was resolved.' }),
    author: t.expose('author', { type: AuthorRef, description: 'The author.' }),
  }),
})

AuthorNotFoundRef.implement({
  description: 'A reference that does not resolve to an author.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    reason: t.expose('reason', { type: ReasonEnum, description: 'Why no author was found.' }),
    message: t.exposeString('message', { description: 'Explanation for people.' }),
  }),
})

AuthorAmbiguousRef.implement({
  description: 'A name that several authors have, or that fits none of them exactly.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    message: t.exposeString('message', { description: 'Explanation for people.' }),
    authorCount: t.exposeInt('authorCount', {
      description: `Number of authors whose names fit; \`candidates\` has at most ${MOST_CANDIDATES} of them.`,
    }),
    candidates: t.expose('candidates', {
      ...costs({ size: 5 }),
      type: [AuthorRef],
      description:
        'Authors whose names fit: the whole name, then without middle names, then with initials; each with most papers first. `summary` tells them apart.',
    }),
  }),
})

const TYPES = {
  found: 'AuthorFound',
  not_found: 'AuthorNotFound',
  ambiguous: 'AuthorAmbiguous',
} as const

const AuthorResolutionRef = builder.unionType('AuthorResolution', {
  description: 'Result of resolving a reference to an author.',
  types: [AuthorFoundRef, AuthorNotFoundRef, AuthorAmbiguousRef],
  resolveType: ({ kind }) => TYPES[kind],
})

const PATHS = [[['AuthorFound', 'author']], [['AuthorAmbiguous', 'candidates']]] as const

builder.queryField('resolveAuthors', (t) =>
  t.field({
    ...costs({ entry: 3, size: { lengthOf: 'refs' } }),
    type: [AuthorResolutionRef],
    nullable: true,
    description:
      'Resolves many references to authors, names among them, in their order. An unparsable reference is a result, not an error. Null only with an error.',
    args: {
      refs: t.arg.stringList({
        ...atMost({ entries: 100, characters: 2000 }),
        required: true,
        description:
          'At most 100 references that `author(ref:)` accepts, or names such as `Geoffrey Hinton` or `Hinton, G. E.`.',
      }),
    },
    resolve: (_, { refs }, { db }, info) =>
      resolveAuthors(db, selectionBelow(info, 'Author', PATHS), refs),
  }),
)
