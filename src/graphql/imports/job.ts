import type { GraphQLResolveInfo } from 'graphql'
import {
  IMPORT_FILE_ORDER,
  IMPORT_ORDER,
  IMPORT_REMARK_ORDER,
  type ImportFile,
  type ImportJob,
  type ImportRemark,
  importEntity,
  importFileEntity,
  importFileList,
  importList,
  importRemarkEntity,
  importRemarkList,
  importsByIds,
  SHOWN_STATES,
} from '../../domain/imports/job.ts'
import { badInput, quote } from '../../errors.ts'
import { globalId, parseGlobalId } from '../../sql/global-id.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { countRowsByParent, type List, type ListRow, readPagesByParent } from '../../sql/list.ts'
import type { Entity } from '../../sql/selection.ts'
import { requireAdmin } from '../access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { enumOf } from '../enums.ts'
import { needs, rowSelectionOf, selectionOf } from '../plan/lookahead.ts'
import { ImportRef, NodeRef } from '../refs.ts'
import {
  type Connection,
  connectionType,
  NO_ROWS,
  type PageArguments,
  pageArgs,
  parsePage,
} from '../relay/connection.ts'
import { rootList } from '../relay/list.ts'
import { toInstant } from '../scalars.ts'

const ImportStateEnum = enumOf('ImportState', 'How an import stands.', SHOWN_STATES, {
  running: 'A process is at it.',
  stopped: 'A signal stopped it in order. The same command goes on with it.',
  failed: '`error` says why. The same command goes on with it.',
  done: 'All was read, and what is counted after an import is counted.',
  interrupted: 'Its process was killed, or lost the database. The same command goes on with it.',
})

const ImportFileRef = builder.objectRef<ImportFile>('ImportFile')
ImportFileRef.implement({
  description: 'A file of an import.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'As it was named to the import; `stdin` is standard input.',
    }),
    sizeBytes: t.exposeFloat('sizeBytes', {
      nullable: true,
      description: 'Its size on disk when it was opened, in bytes; null of what is no file.',
    }),
    bytesRead: t.exposeFloat('bytesRead', {
      description: 'How much of it had been read at the last commit, in bytes as on disk.',
    }),
    readCount: t.exposeInt('readCount', { description: 'Entries of it that are committed.' }),
    isDone: t.exposeBoolean('isDone', { description: 'Whether all of it is committed.' }),
  }),
})

const ImportRejectRef = builder.objectRef<ImportRemark>('ImportReject')
ImportRejectRef.implement({
  description:
    'An entry that was rejected, or that had to be repaired. It quotes nothing but its key.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'Name of its file, without folders.' }),
    position: t.exposeFloat('position', {
      description: 'Its line, counted from 1; of an element of a list its place, counted from 0.',
    }),
    key: t.exposeString('key', {
      nullable: true,
      description: 'Its id at the source; null when it has none that can be kept.',
    }),
    reason: t.exposeString('reason', {
      description: 'Why it was rejected; of one that was repaired, what had to be.',
    }),
    isRepaired: t.exposeBoolean('isRepaired', {
      description: 'Whether it was repaired and imported, not rejected.',
    }),
  }),
})

const ImportConnection = connectionType<ImportJob, ImportJob>({
  name: 'Import',
  plural: 'imports',
  node: ImportRef,
  nodeOf: (row) => row,
})
const ImportFileConnection = connectionType<ImportFile, ImportFile>({
  name: 'ImportFile',
  plural: 'files of an import',
  node: ImportFileRef,
  nodeOf: (row) => row,
})
const ImportRejectConnection = connectionType<ImportRemark, ImportRemark>({
  name: 'ImportReject',
  plural: 'rejects and repairs of an import',
  node: ImportRejectRef,
  nodeOf: (row) => row,
})

const COUNTS = {
  readCount: 'Entries that were read: the sum of those below but the repaired ones.',
  createdCount: 'Records that became a paper, and citations that are new.',
  updatedCount: 'Records that had changed since they were last imported.',
  mergedCount: 'Records that joined the paper of another record.',
  unchangedCount: 'Records and citations that were there already.',
  waitingCount:
    'Records that were kept, but are on no paper yet: without a title, or under a licence that is left out.',
  rejectedCount: 'Entries that could not be used.',
  repairedCount: 'Of the others, those that had to be mended first.',
} as const

ImportRef.implement({
  description:
    'A run of `paperql import` or `paperql sync`, or of the sample, with what became of it. All counts are as of the last commit.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      resolve: ({ id }) => globalId('Import', id),
    }),
    number: t.int({
      description: 'Its number, as `paperql imports` shows it.',
      resolve: ({ id }) => id,
    }),
    format: t.exposeString('format', {
      description:
        'The format that was named, such as `arxiv`; of a sync its name, such as `sync arxiv`.',
    }),
    state: t.expose('state', { type: ImportStateEnum, description: 'How it stands.' }),
    runCount: t.exposeInt('runCount', {
      description: 'How often it was begun or gone on with: 1 when it was never interrupted.',
    }),
    fileCount: t.exposeInt('fileCount', { description: 'Number of its files.' }),
    currentFile: t.exposeString('currentFile', {
      nullable: true,
      description: 'The file that it is at, or goes on with; null when all are read.',
    }),
    bytesRead: t.exposeFloat('bytesRead', {
      description: 'How much of all files had been read at the last commit, in bytes as on disk.',
    }),
    bytesTotal: t.exposeFloat('bytesTotal', {
      nullable: true,
      description: 'The size of all files on disk, in bytes; null when one of them is no file.',
    }),
    readCount: t.exposeInt('readCount', { description: COUNTS.readCount }),
    createdCount: t.exposeInt('createdCount', { description: COUNTS.createdCount }),
    updatedCount: t.exposeInt('updatedCount', { description: COUNTS.updatedCount }),
    mergedCount: t.exposeInt('mergedCount', { description: COUNTS.mergedCount }),
    unchangedCount: t.exposeInt('unchangedCount', { description: COUNTS.unchangedCount }),
    waitingCount: t.exposeInt('waitingCount', { description: COUNTS.waitingCount }),
    rejectedCount: t.exposeInt('rejectedCount', { description: COUNTS.rejectedCount }),
    repairedCount: t.exposeInt('repairedCount', { description: COUNTS.repairedCount }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why it failed; null when it did not.',
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When it was begun.',
      ...needs({ reads: ['startedAt'] }),
      resolve: ({ startedAt }) => toInstant(startedAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When something was last committed, or its state changed.',
      ...needs({ reads: ['updatedAt'] }),
      resolve: ({ updatedAt }) => toInstant(updatedAt),
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was done, stopped or failed; null of one that runs or was interrupted.',
      ...needs({ reads: ['finishedAt'] }),
      resolve: ({ finishedAt }) => (finishedAt === null ? null : toInstant(finishedAt)),
    }),
    rejectsPath: t.exposeString('rejectsPath', {
      nullable: true,
      description:
        'The file with all rejects and repairs, where the import ran; null when there are none.',
    }),
    files: t.field({
      type: ImportFileConnection.connection,
      description: 'Its files, in the order of reading.',
      args: pageArgs,
      resolve: (job, args, context, info) =>
        listOf<ImportFile>(job, args, context, info, {
          list: importFileList,
          entity: importFileEntity,
          order: IMPORT_FILE_ORDER,
        }),
    }),
    rejects: t.field({
      type: ImportRejectConnection.connection,
      description:
        'Its rejects and repairs in the order of reading: the first 1,000 of each. All stand in the rejects file.',
      args: {
        ...pageArgs,
        isRepaired: t.arg.boolean({
          description: 'True: only repairs; false: only rejects; else both.',
        }),
      },
      resolve: (job, args, context, info) =>
        listOf<ImportRemark>(job, args, context, info, {
          list: importRemarkList(args.isRepaired),
          entity: importRemarkEntity,
          order: IMPORT_REMARK_ORDER,
        }),
    }),
  }),
})

type ParentList = List & { parent: NonNullable<List['parent']> }

/** A list of one import as a connection; read for all imports of the query at once. */
async function listOf<Row extends ListRow>(
  { id }: ImportJob,
  args: PageArguments,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  { list, entity, order }: { list: ParentList; entity: Entity; order: KeysetOrder<ListRow> },
): Promise<Connection<Row>> {
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows = selection
    ? await loaders.load(info, 'page', id, (ids) =>
        readPagesByParent<Row>(db, { ...list, entity, order, page, selection }, ids),
      )
    : NO_ROWS
  const countAll = async () =>
    (await loaders.load(info, 'count', id, (ids) => countRowsByParent(db, list, ids))) ?? 0
  return { ...(rows ?? NO_ROWS), order, countAll }
}

const KEY =
  'Needs the header `Authorization: Bearer …` with the admin key of the server (PAPERQL_ADMIN_KEY), which the tab Headers of GraphiQL takes as `{ "Authorization": "Bearer …" }`; else null, with the error UNAUTHENTICATED, or FORBIDDEN where the server has no key.'

builder.queryFields((t) => ({
  import: t.field({
    type: ImportRef,
    nullable: true,
    description: `The import with this id, or null when there is none. ${KEY}`,
    args: {
      id: t.arg.id({ required: true, description: 'Its `id`, or its `number`, such as `7`.' }),
    },
    resolve: async (_, { id }, context, info) => {
      requireAdmin(context)
      const number = parseImportId(id)
      return (await importsByIds(context.db, selectionOf(info), [number])).get(number) ?? null
    },
  }),
  imports: t.field({
    type: ImportConnection.connection,
    nullable: true,
    description: `All imports, the latest begun first. ${KEY}`,
    args: {
      ...pageArgs,
      state: t.arg({ type: [ImportStateEnum], description: 'Only those that stand so.' }),
    },
    resolve: (_, args, context, info) => {
      requireAdmin(context)
      return rootList<ImportJob>(context, args, info, {
        list: importList({ states: args.state }),
        entity: importEntity,
        order: IMPORT_ORDER,
      })
    },
  }),
}))

function parseImportId(text: string): number {
  const number = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : parseGlobalId('Import', text)
  if (number !== null && Number.isSafeInteger(number)) return number
  throw badInput(`id: ${quote(text)} is no import; expected the id or the number of one.`)
}
