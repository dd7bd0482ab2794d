import {
  type PaperCandidate,
  type PaperResolution,
  resolvePapers,
} from '../../domain/papers/resolution.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { selectionBelow } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'

type Outcome<Kind extends PaperResolution['kind']> = Extract<PaperResolution, { kind: Kind }>

const PaperFoundRef = builder.objectRef<Outcome<'found'>>('PaperFound')
const PaperNotFoundRef = builder.objectRef<Outcome<'not_found'>>('PaperNotFound')
const PaperAmbiguousRef = builder.objectRef<Outcome<'ambiguous'>>('PaperAmbiguous')
const PaperCandidateRef = builder.objectRef<PaperCandidate>('PaperCandidate')

const MeansEnum = enumOf(
  'PaperResolutionMeans',
  'How a reference was resolved.',
  ['identifier', 'id', 'repository'],
  {
    identifier: 'By an identifier of the paper, or the URL of its page.',
    id: "By the paper's `id` in this catalogue, or that of a paper merged into it.",
    repository: 'By a linked code repository.',
  },
)

const ReasonEnum = enumOf(
  'PaperNotFoundReason',
  'Why a reference does not resolve.',
  ['unknown_scheme', 'malformed', 'absent'],
  {
    unknown_scheme: 'The scheme or site is not supported.',
    malformed: 'Not a reference: empty, too long or of an unknown form.',
    absent: 'Well-formed, but the paper is not in the catalogue.',
  },
)

const REF = 'The reference as given.'
const MEANS = 'How the reference was resolved.'
const NORMALISED =
  'Identifier that matched, with its scheme, such as `arxiv:2305.18290`; or the `id` or repository URL that matched.'

PaperFoundRef.implement({
  description: 'A reference that resolves to one paper.',
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
  description: 'A reference that does not resolve to a paper.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    reason: t.expose('reason', { type: ReasonEnum, description: 'Why no paper was found.' }),
    message: t.exposeString('message', { description: 'Explanation for people.' }),
    readAs: t.exposeString('readAs', {
      nullable: true,
      description:
        'Parsed form of the reference, such as `arxiv:2305.18290`; null when it could not be parsed.',
    }),
  }),
})

PaperCandidateRef.implement({
  description: 'A candidate for a reference.',
  fields: (t) => ({
    means: t.expose('means', { type: MeansEnum, description: MEANS }),
    normalised: t.exposeString('normalised', { description: NORMALISED }),
    isOfficial: t.exposeBoolean('isOfficial', {
      nullable: true,
      description:
        'Whether the repository is by the authors of the paper; null when the reference is not a repository.',
    }),
    paper: t.expose('paper', { type: PaperRef, description: 'The paper.' }),
  }),
})

PaperAmbiguousRef.implement({
  description: 'A reference that matches several papers.',
  fields: (t) => ({
    ref: t.exposeString('ref', { description: REF }),
    message: t.exposeString('message', { description: 'Explanation for people.' }),
    paperCount: t.exposeInt('paperCount', {
      description: 'Number of matching papers; `candidates` has at most 20 of them.',
    }),
    candidates: t.expose('candidates', {
      // Few references are ambiguous.
      ...costs({ size: 2 }),
      type: [PaperCandidateRef],
      description:
        'Candidates, most likely first. For a repository: papers by its authors first, then the most cited.',
    }),
  }),
})

const TYPES = {
  found: 'PaperFound',
  not_found: 'PaperNotFound',
  ambiguous: 'PaperAmbiguous',
} as const

const PaperResolutionRef = builder.unionType('PaperResolution', {
  description: 'Result of resolving a reference to a paper.',
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
      'Resolves many references, in their order. An unparsable reference is a result, not an error. Null only with an error.',
    args: {
      refs: t.arg.stringList({
        // A longer reference counts as malformed, which is reported in its own entry.
        ...atMost({ entries: 500, characters: 20_000 }),
        required: true,
        description:
          'At most 500 references of any kind that `paper(ref:)` accepts; also repositories of several papers.',
      }),
    },
    resolve: (_, { refs }, { db }, info) =>
      resolvePapers(db, selectionBelow(info, 'Paper', PATHS), refs),
  }),
)
