import { APART_REASONS } from '../../db/tables/vocabulary.ts'
import {
  CONTEST_RULE,
  type ContestedIdentifier,
  MOST_CLAIMANTS,
} from '../../domain/entity/contested-identifier.ts'
import { papersByIds } from '../../domain/entity/paper.ts'
import type { PaperConflict } from '../../domain/entity/paper-source.ts'
import { builder } from '../builder.ts'
import { enumOf } from '../enums.ts'
import { PaperRef } from '../refs.ts'
import { loadByIds } from '../relay/by-id.ts'

const ApartReasonEnum = enumOf(
  'ApartReason',
  'Why papers that claim one identifier were not merged.',
  APART_REASONS,
  {
    contradiction: 'Their titles and bylines contradict each other.',
    other_identifier: 'One publisher or host gave them different identifiers.',
    other_place: 'Volume, number and pages differ.',
    doubt: 'Too little agrees, or a merge would join papers that contradict each other.',
    decision: 'An operator keeps them apart.',
  },
)

export const ContestedIdentifierRef = builder.objectRef<ContestedIdentifier>('ContestedIdentifier')
ContestedIdentifierRef.implement({
  description: 'An identifier stated by records of several papers. It resolves to one of them.',
  fields: (t) => ({
    identifier: t.exposeString('identifier', {
      description: 'The identifier, with its scheme before it: `doi:10.1/x`.',
    }),
    isShown: t.exposeBoolean('isShown', {
      description: `Whether the identifier resolves to this paper. ${CONTEST_RULE}`,
    }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources whose records of this paper state it.',
    }),
    papers: t.field({
      type: [PaperRef],
      description: `Up to ${MOST_CLAIMANTS} other papers that claim it, starting with the one it resolves to.`,
      resolve: ({ paperIds }, _, context, info) => loadByIds(papersByIds, paperIds, context, info),
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of other papers that claim it.' }),
    reason: t.field({
      type: ApartReasonEnum,
      description: 'Why this paper was not merged with the one it resolves to.',
      resolve: ({ reason }) => reason,
    }),
  }),
})

/** Contested identifiers as conflicts of a paper. */
export const asConflicts = (contested: ContestedIdentifier[] = []): PaperConflict[] =>
  contested.map((one) => ({
    field: 'identifier',
    values: [{ value: one.identifier, isShown: one.isShown, sources: one.sources }],
    contested: one,
  }))
