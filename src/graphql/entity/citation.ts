import {
  referenceCountsByPapers,
  UNRESOLVED_ORDER,
  type UnresolvedReference,
  unresolvedReferenceList,
} from '../../domain/entity/citation.ts'
import type { CitationLink, Paper } from '../../domain/entity/paper.ts'
import { type CitedPair, contextsOfCitations, pairKey } from '../../domain/statements/contexts.ts'
import { type ParentLists, readJsonLists } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import { costs, listPoints } from '../cost.ts'
import { CitationIntentEnum } from '../enums.ts'
import { bibliographyField } from '../papers/bibliography.ts'
import { type Faceted, facetsField } from '../papers/facets.ts'
import { paperListArgs, papersOf } from '../papers/list.ts'
import { answeredBy } from '../plan/declare.ts'
import { IdentifierRef, PaperRef, UnresolvedReferenceRef } from '../refs.ts'
import { connectionType, pageArgs } from '../relay/connection.ts'
import { parentList } from '../relay/list.ts'

const LINK = {
  sources: 'Sources that state the citation.',
  isInfluential:
    'Whether a source rates the cited work as influential for the citing paper; null when not stated.',
  intents: 'Reasons for the citation; empty when not stated.',
  contexts:
    'Sentences in which the work is cited, as far as sources have them; empty when none has any.',
}

const CitationConnection = connectionType<Paper, Paper, Faceted>({
  name: 'Citation',
  edgeName: 'Citation',
  plural: 'citations',
  node: PaperRef,
})

builder.objectField(CitationConnection.connection, 'facets', facetsField)
builder.objectField(CitationConnection.connection, 'bibliography', bibliographyField)

const linkOf = ({ row }: { row: Paper }): CitationLink => row.citation as CitationLink

builder.objectFields(CitationConnection.edge, (t) => ({
  sources: t.stringList({
    description: LINK.sources,
    resolve: (edge) => linkOf(edge).sources,
  }),
  isInfluential: t.boolean({
    nullable: true,
    description: LINK.isInfluential,
    resolve: (edge) => linkOf(edge).isInfluential,
  }),
  intents: t.field({
    type: [CitationIntentEnum],
    description: LINK.intents,
    resolve: (edge) => linkOf(edge).intents,
  }),
  contexts: t.stringList({
    ...costs({ each: 0.05, bytes: 400 }),
    description: LINK.contexts,
    resolve: async (edge, _, { db, loaders }, info) => {
      const pair = linkOf(edge) as CitedPair
      const load = (keys: readonly string[]) => contextsOfCitations(db, keys)
      return (await loaders.load(info, 'contexts', pairKey(pair), load)) ?? []
    },
  }),
}))

UnresolvedReferenceRef.implement({
  description:
    'A cited work that is not in this catalogue. Once it is added, it appears in `references`.',
  fields: (t) => ({
    identifiers: t.field({
      type: [IdentifierRef],
      description: 'Identifiers; empty when only a title or the printed text is known.',
      ...answeredBy({ resolver: ['identifiers'] }),
      resolve: ({ identifiers }) => identifiers,
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'Title; null when not stated.',
    }),
    text: t.exposeString('text', {
      ...costs({ bytes: 250 }),
      nullable: true,
      description: 'The reference as printed in the paper; null when not stated.',
    }),
    sources: t.exposeStringList('sources', { description: LINK.sources }),
    isInfluential: t.exposeBoolean('isInfluential', {
      nullable: true,
      description: LINK.isInfluential,
    }),
    intents: t.expose('intents', { type: [CitationIntentEnum], description: LINK.intents }),
    contexts: t.exposeStringList('contexts', {
      ...costs({ bytes: 400 }),
      description: LINK.contexts,
    }),
  }),
})

const UnresolvedReferenceConnection = connectionType({
  name: 'UnresolvedReference',
  plural: 'cited works that are not in this catalogue',
  node: UnresolvedReferenceRef,
  cursorReads: ['key'],
})

builder.objectFields(PaperRef, (t) => ({
  referenceCount: t.int({
    ...costs({ each: 0.05 }),
    description: 'Number of cited works that sources list, in this catalogue or not.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'count', id, (ids) => referenceCountsByPapers(db, ids)))?.all ?? 0,
  }),
  references: t.field({
    ...costs({ each: listPoints(0.4, 2, 2), list: { count: 1, facet: 5 } }),
    type: CitationConnection.connection,
    description: 'Papers in this catalogue that it cites, latest first unless `order` is given.',
    args: paperListArgs,
    resolve: ({ id }, args, context, info) => papersOf('references', { id }, context, args, info),
  }),
  citations: t.field({
    ...costs({ each: listPoints(0.4, 2, 2), list: { count: 1, facet: 5 } }),
    type: CitationConnection.connection,
    description: 'Papers in this catalogue that cite it, latest first unless `order` is given.',
    args: paperListArgs,
    resolve: ({ id }, args, context, info) => papersOf('citations', { id }, context, args, info),
  }),
  unresolvedReferences: t.field({
    ...costs({ each: 0.3, list: { count: 0.1, facet: 0 } }),
    type: UnresolvedReferenceConnection.connection,
    description: 'Cited works that are not in this catalogue, in the order of the reference list.',
    args: pageArgs,
    resolve: (paper, args, context, info) =>
      parentList(paper, args, context, info, unresolvedLists),
  }),
}))

/** Cited works that are not in the catalogue. */
const unresolvedLists: ParentLists<UnresolvedReference> = {
  order: UNRESOLVED_ORDER,
  read: (db, selection, page, paperIds) =>
    readJsonLists(db, unresolvedReferenceList, selection, page, paperIds),
  async count(db, paperIds) {
    const counts = await referenceCountsByPapers(db, paperIds)
    return new Map([...counts].map(([id, { unresolved }]) => [id, unresolved]))
  },
}
