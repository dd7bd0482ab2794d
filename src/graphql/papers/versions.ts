import { papersByIds } from '../../domain/entity/paper.ts'
import {
  MOST_VERSIONS,
  PAPER_VERSION_KINDS,
  type PaperVersion,
  versionsByPapers,
} from '../../domain/papers/versions.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { PaperRef } from '../refs.ts'
import { loadById } from '../relay/by-id.ts'

const PaperVersionKindEnum = enumOf(
  'PaperVersionKind',
  'What another version of a paper is.',
  PAPER_VERSION_KINDS,
  {
    conference: 'The paper of a conference or workshop.',
    journal: 'The article in a journal.',
    preprint: 'A preprint that is a paper of its own.',
    original: 'The original of which the paper is a translation.',
    translation: 'A translation of the paper.',
    other: 'Another version, such as a report or a chapter.',
  },
)

const PaperVersionRef = builder.objectRef<PaperVersion>('PaperVersion')
PaperVersionRef.implement({
  description: 'Another paper of the catalogue that is a version of the same work.',
  fields: (t) => ({
    kind: t.field({
      type: PaperVersionKindEnum,
      description: 'What the other paper is.',
      resolve: ({ kind }) => kind,
    }),
    sources: t.exposeStringList('sources', {
      description:
        'Short names of the sources that state it; empty when it was found by comparing title, byline, year and venue.',
    }),
    paper: t.field({
      type: PaperRef,
      nullable: true,
      description: 'The other paper; null only when it was deleted meanwhile.',
      resolve: ({ paperId }, _, context, info) => loadById(papersByIds, paperId, context, info),
    }),
  }),
})

builder.objectFields(PaperRef, (t) => ({
  otherVersions: t.field({
    ...costs({ each: 1, size: 2 }),
    type: [PaperVersionRef],
    description: `Other papers of the catalogue that are versions of the same work: the article in a journal of a conference paper and the reverse, when title, byline, kinds and years agree, and versions and translations that a source states. At most ${MOST_VERSIONS}, by kind; empty when the records say nothing of that. A preprint and its publication are one paper.`,
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'otherVersions', id, (ids) => versionsByPapers(db, ids))) ?? [],
  }),
}))
