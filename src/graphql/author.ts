import { type Author, authorEntity, authorList, authorOrder, findAuthor } from '../domain/author.ts'
import { globalId } from '../domain/global-id.ts'
import { builder } from './builder.ts'
import { pageArgs } from './connection.ts'
import { AuthorConnection, PaperConnection } from './connections.ts'
import { rootList } from './list.ts'
import { needs, selectionOf } from './lookahead.ts'
import { orderInput } from './order.ts'
import { paperListArgs, paperListNeeds, papersOf } from './paper-list.ts'
import { AuthorIdentifierRef, AuthorRef, NodeRef } from './refs.ts'
import { papersPerYear, YearCountRef } from './year-count.ts'

AuthorRef.implement({
  description:
    'A person who stands in bylines. Two people may share a name: authors are merged on identifiers, never on names alone.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      resolve: ({ id }) => globalId('Author', id),
    }),
    name: t.exposeString('name', { description: 'The fullest name that papers print.' }),
    identifiers: t.field({
      type: [AuthorIdentifierRef],
      description: 'Names that registries and archives give to this person.',
      ...needs({ embeds: { relation: 'identifiers', kind: 'list' } }),
      resolve: ({ identifiers = [] }) => identifiers,
    }),
    paperCount: t.exposeInt('paperCount', { description: 'Number of papers in this catalogue.' }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Their papers, the latest published first unless ordered otherwise.',
      args: paperListArgs,
      ...paperListNeeds,
      resolve: (author, args, context, info) => papersOf('author', author, context, args, info),
    }),
    papersPerYear: t.field({
      type: [YearCountRef],
      description:
        'Their papers by year of publication, the earliest first; papers without a date are not counted.',
      resolve: (author, _, context, info) => papersPerYear('author', author, context, info),
    }),
  }),
})

const AuthorOrderInput = orderInput('Author', 'authors', {
  paper_count: 'Number of papers in this catalogue.',
  name: 'Name as it is printed, given name first, without regard to case and accents.',
})

builder.queryFields((t) => ({
  author: t.field({
    type: AuthorRef,
    nullable: true,
    description:
      'The author a reference leads to, or null when there is none in the catalogue. What is no reference is an error.',
    args: {
      ref: t.arg.string({
        required: true,
        description:
          "An author's `id`, an ORCID iD, an ACL Anthology people path, an OpenReview `~id`, a DBLP pid, an OpenAlex or Semantic Scholar author id, or the URL of one.",
      }),
    },
    resolve: (_, { ref }, { db }, info) => findAuthor(db, ref, selectionOf(info)),
  }),
  authors: t.field({
    type: AuthorConnection.connection,
    nullable: true,
    description:
      'All authors, those with most papers first unless ordered otherwise. Null only with an error.',
    args: {
      ...pageArgs,
      name: t.arg.string({
        description: 'Only those whose name holds all of these words, or parts of words.',
      }),
      order: t.arg({ type: AuthorOrderInput, description: 'In which order.' }),
    },
    resolve: (_, args, context, info) =>
      rootList<Author>(context, args, info, {
        list: authorList(args.name ?? null),
        entity: authorEntity,
        order: authorOrder(args.order?.field ?? 'paper_count', args.order?.direction ?? 'desc'),
      }),
  }),
}))
