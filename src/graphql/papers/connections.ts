import type { Paper } from '../../domain/entity/paper.ts'
import type { PaperRepository, Repository, RepositoryLink } from '../../domain/entity/repository.ts'
import type { PaperTopic, Topic } from '../../domain/entity/topic.ts'
import type { Institution, PaperInstitution } from '../../domain/institutions/institution.ts'
import { builder } from '../builder.ts'
import { InstitutionEvidenceEnum, RepositoryEvidenceEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import {
  AuthorRef,
  AuthorshipRef,
  InstitutionRef,
  PaperRef,
  RepositoryRef,
  TopicRef,
  VenueRef,
} from '../refs.ts'
import { connectionType } from '../relay/connection.ts'
import { bibliographyField } from './bibliography.ts'
import { type Faceted, facetsField } from './facets.ts'

export const PaperConnection = connectionType<Paper, Paper, Faceted>({
  name: 'Paper',
  plural: 'papers',
  node: PaperRef,
})

builder.objectField(PaperConnection.connection, 'facets', facetsField)
builder.objectField(PaperConnection.connection, 'bibliography', bibliographyField)

export const AuthorConnection = connectionType({
  name: 'Author',
  plural: 'authors',
  node: AuthorRef,
})

export const AuthorshipConnection = connectionType({
  name: 'Authorship',
  plural: 'authorships',
  node: AuthorshipRef,
})

export const TopicConnection = connectionType({
  name: 'Topic',
  plural: 'topics',
  node: TopicRef,
})

export const VenueConnection = connectionType({
  name: 'Venue',
  plural: 'venues',
  node: VenueRef,
})

export const RepositoryConnection = connectionType({
  name: 'Repository',
  plural: 'repositories',
  node: RepositoryRef,
})

export const InstitutionConnection = connectionType({
  name: 'Institution',
  plural: 'institutions',
  node: InstitutionRef,
})

export const PaperInstitutionConnection = connectionType<Institution, PaperInstitution>({
  name: 'PaperInstitution',
  edgeName: 'PaperInstitution',
  plural: 'institutions of a paper',
  node: InstitutionRef,
  through: 'institution',
  cursorReads: ['positions'],
})

builder.objectFields(PaperInstitutionConnection.edge, (t) => ({
  positions: t.intList({
    description:
      'Positions in the byline of the names that have it, from 1; empty when no source says whose it is, as for an organisation on a daily list.',
    ...answeredBy({ column: 'positions' }),
    resolve: ({ row }) => row.positions,
  }),
  evidence: t.field({
    type: InstitutionEvidenceEnum,
    description: 'How it is known; the strongest evidence when names of the byline differ.',
    ...answeredBy({ column: 'evidence' }),
    resolve: ({ row }) => row.evidence,
  }),
  source: t.string({
    description: 'The source that names it, or prints the affiliation.',
    ...answeredBy({ column: 'source' }),
    resolve: ({ row }) => row.source,
  }),
  matchedText: t.string({
    nullable: true,
    description:
      'The part of a printed affiliation that is its name; null when a source names the institution.',
    ...answeredBy({ column: 'matched' }),
    resolve: ({ row }) => row.matched,
  }),
}))

export const PaperTopicConnection = connectionType<Topic, PaperTopic>({
  name: 'PaperTopic',
  edgeName: 'PaperTopic',
  plural: 'topics of a paper',
  node: TopicRef,
  through: 'topic',
  cursorReads: ['score'],
})

builder.objectFields(PaperTopicConnection.edge, (t) => ({
  score: t.float({
    nullable: true,
    description: 'Confidence of the source, 0 to 1; null when not stated.',
    ...answeredBy({ column: 'score' }),
    resolve: ({ row }) => row.score,
  }),
  source: t.string({
    description:
      'Origin of the topic: a source such as `arxiv` or `openalex`, `keywords` of a record, or `text` for a term found in title or abstract.',
    ...answeredBy({ column: 'source' }),
    resolve: ({ row }) => row.source,
  }),
}))

export const PaperRepositoryConnection = connectionType<Repository, PaperRepository>({
  name: 'PaperRepository',
  edgeName: 'PaperRepository',
  plural: 'repositories of a paper',
  node: RepositoryRef,
  through: 'repository',
  cursorReads: ['isOfficial', 'starsSort'],
})

export const RepositoryPaperConnection = connectionType<Paper, Paper, Faceted>({
  name: 'RepositoryPaper',
  edgeName: 'RepositoryPaper',
  plural: 'papers of a repository',
  node: PaperRef,
})

builder.objectField(RepositoryPaperConnection.connection, 'facets', facetsField)
builder.objectField(RepositoryPaperConnection.connection, 'bibliography', bibliographyField)

const LINK = {
  isOfficial: 'Whether it is the official code, by the authors of the paper.',
  evidence: 'Evidence for the link.',
  source: 'Source of the link.',
  framework: 'Machine learning framework, such as `pytorch`; null when not stated.',
}

builder.objectFields(PaperRepositoryConnection.edge, (t) => ({
  isOfficial: t.boolean({
    description: LINK.isOfficial,
    ...answeredBy({ column: 'isOfficial' }),
    resolve: ({ row }) => row.isOfficial,
  }),
  evidence: t.field({
    type: RepositoryEvidenceEnum,
    description: LINK.evidence,
    ...answeredBy({ column: 'evidence' }),
    resolve: ({ row }) => row.evidence,
  }),
  source: t.string({
    description: LINK.source,
    ...answeredBy({ column: 'source' }),
    resolve: ({ row }) => row.source,
  }),
  framework: t.string({
    nullable: true,
    description: LINK.framework,
    ...answeredBy({ column: 'framework' }),
    resolve: ({ row }) => row.framework,
  }),
}))

const linkOf = ({ row }: { row: Paper }): RepositoryLink => row.link as RepositoryLink

builder.objectFields(RepositoryPaperConnection.edge, (t) => ({
  isOfficial: t.boolean({
    description: LINK.isOfficial,
    resolve: (edge) => linkOf(edge).isOfficial,
  }),
  evidence: t.field({
    type: RepositoryEvidenceEnum,
    description: LINK.evidence,
    resolve: (edge) => linkOf(edge).evidence,
  }),
  source: t.string({ description: LINK.source, resolve: (edge) => linkOf(edge).source }),
  framework: t.string({
    nullable: true,
    description: LINK.framework,
    resolve: (edge) => linkOf(edge).framework,
  }),
}))
