import {
  type PaperCandidate,
  type PaperResolution,
  resolvePapers,
} from '../../domain/papers/resolution.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { selectionBelow } from '../plan/lookahead.ts'
import { PaperRef } from '../refs.ts'

type Outcome<Kind extends PaperResolution['kind']> = Extract<PaperResolution, { kind: Kind }>

const PaperFoundRef = builder.objectRef<Outcome<'found'>>('PaperFound')
const PaperNotFoundRef = builder.objectRef<Outcome<'not_found'>>('PaperNotFound')
const PaperAmbiguousRef = builder.objectRef<Outcome<'ambiguous'>>('PaperAmbiguous')
const PaperCandidateRef = builder.objectRef<PaperCandidate>('PaperCandidate')

const MeansEnum = enumOf(
  'PaperResolutionMeans',
  'How a reference leads to a paper.',
  ['identifier', 'id', 'repository'],
  {
    identifier: 'It is an identifier of the paper, or the page of one.',
    id: "It is the paper's `id` in this catalogue, or that of one merged into it.",
    repository: 'It is a code repository that is linked to the paper.',
  },
)

const ReasonEnum = enumOf(
  'PaperNotFoundReason',
  'Why a reference leads to no paper.',
  ['unknown_scheme', 'malformed', 'absent'],
  {
    unknown_scheme: 'It names a scheme or a site that no paper is found by here.',
    malformed: 'It is no reference: empty, too long, or of no form that is known.',
    absent: 'It is well formed; the catalogue has no such paper.',
  },
)

const REF = 'The reference as it was given.'
const MEANS = 'How the reference leads to it.'
const NORMALISED =
  'The identifier by which the catalogue has it, with its scheme, such as `arxiv:2305.18290`; the `id` or the URL of the repository where that led to it.'

PaperFoundRef.implement({
  description: 'A reference that leads to one paper.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    means: t.field({
      type: MeansEnum,
      description: MEANS,
      resolve: ({ candidate }) => candidate.means,
    }),
    normalised: t.string({
      description: NORMALISED,
      resolve: ({ candidate }) => candidate.normalised,
    }),
    paper: t.field({
      type: PaperRef,
      description: 'The paper.',
      resolve: ({ candidate }) => candidate.paper,
    }),
  }),
})

PaperNotFoundRef.implement({
  description: 'A reference that leads to no paper.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    reason: t.expose('reason', { type: ReasonEnum, description: 'Why not.' }),
    message: t.exposeString('message', { description: 'Why not, for people.' }),
    readAs: t.exposeString('readAs', {
      nullable: true,
      description:
        'What the reference was read as, such as `arxiv:2305.18290`; null when it could not be read.',
    }),
  }),
})

PaperCandidateRef.implement({
  description: 'A paper that a reference may mean.',
  fields: (t) => ({
    means: t.expose('means', { type: MeansEnum, description: MEANS }),
    normalised: t.exposeString('normalised', { description: NORMALISED }),
    isOfficial: t.exposeBoolean('isOfficial', {
      nullable: true,
      description:
        'Whether the repository is by the authors of the paper; null where it was no repository.',
    }),
    paper: t.expose('paper', { type: PaperRef, description: 'The paper.' }),
  }),
})

PaperAmbiguousRef.implement({
  description: 'A reference that may mean several papers.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    message: t.exposeString('message', { description: 'Why it is ambiguous, for people.' }),
    paperCount: t.exposeInt('paperCount', {
      description: 'How many papers it may mean; the candidates are at most 20 of them.',
    }),
    candidates: t.expose('candidates', {
      // Few references are ambiguous.
      ...costs({ size: 2 }),
      type: [PaperCandidateRef],
      description:
        'The likeliest first. Of a repository: papers by its authors first, then the most cited.',
    }),
  }),
})

const TYPES = {
  found: 'PaperFound',
  not_found: 'PaperNotFound',
  ambiguous: 'PaperAmbiguous',
} as const

const PaperResolutionRef = builder.unionType('PaperResolution', {
  description: 'What a reference to a paper comes to.',
  types: [PaperFoundRef, PaperNotFoundRef, PaperAmbiguousRef],
  resolveType: ({ kind }) => TYPES[kind],
})

const PATHS = [
  [['PaperFound', 'paper']],
  [
    ['PaperAmbiguous', 'candidates'],
    ['PaperCandidate', 'paper'],
  ],
] as const

builder.queryField('resolvePapers', (t) =>
  t.field({
    ...costs({ entry: 0.1, size: { lengthOf: 'refs' } }),
    type: [PaperResolutionRef],
    nullable: true,
    description:
      'What each of many references comes to, in their order. Null only with an error; a reference that cannot be read is none.',
    args: {
      refs: t.arg.stringList({
        // One that is too long is malformed, which is an answer in its place.
        ...atMost({ entries: 500, characters: 20_000 }),
        required: true,
        description:
          'At most 500 references of all sorts, as `paper(ref:)` reads them; also repositories of several papers.',
      }),
    },
    resolve: (_, { refs }, { db }, info) =>
      resolvePapers(db, selectionBelow(info, 'Paper', PATHS), refs),
  }),
)
