import { SHOWN_IMPORT_STATES } from '../../db/tables/vocabulary.ts'
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
} from '../../domain/imports/job.ts'
import { badInput, quote } from '../../errors.ts'
import { globalId, parseGlobalId } from '../../sql/global-id.ts'
import { requireAdmin } from '../access.ts'
import { builder } from '../builder.ts'
import { enumOf } from '../enums.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { ImportRef, NodeRef } from '../refs.ts'
import { connectionType, pageArgs } from '../relay/connection.ts'
import { listsOf, parentList, rootList } from '../relay/list.ts'

const ImportStateEnum = enumOf('ImportState', 'State of an import job.', SHOWN_IMPORT_STATES, {
  running: 'Running.',
  stopped: 'Stopped by a signal. Run the same command to resume.',
  failed: 'Failed with `error`. Run the same command to resume.',
  done: 'Finished: everything was read and all counts are up to date.',
  partial:
    'Finished, but of some files nothing, or not all, could be read: see `error`. What could be read is imported.',
  interrupted: 'The process was killed or lost the database. Run the same command to resume.',
})

const ImportFileRef = builder.objectRef<ImportFile>('ImportFile')
ImportFileRef.implement({
  description: 'A file of an import.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'File name as given to the import; `stdin` for standard input.',
    }),
    sizeBytes: t.exposeFloat('sizeBytes', {
      nullable: true,
      description: 'Size on disk when opened, in bytes; null when the input is not a file.',
    }),
    bytesRead: t.exposeFloat('bytesRead', {
      description: 'Bytes read by the last commit, in on-disk (compressed) size.',
    }),
    readCount: t.exposeInt('readCount', { description: 'Entries committed from this file.' }),
    isDone: t.exposeBoolean('isDone', { description: 'Whether the whole file is committed.' }),
  }),
})

const ImportRejectRef = builder.objectRef<ImportRemark>('ImportReject')
ImportRejectRef.implement({
  description:
    'A rejected or repaired entry, or a file that could not be read to its end. Only the key of an entry is quoted.',
  fields: (t) => ({
    file: t.exposeString('file', { description: 'File name, without folders.' }),
    position: t.exposeFloat('position', {
      description:
        'Line number from 1, or index in a JSON array from 0. When a file could not be read to its end, the position after its last entry.',
    }),
    key: t.exposeString('key', {
      nullable: true,
      description: 'Key at the source; null when it has no usable key.',
    }),
    reason: t.exposeString('reason', {
      description: 'Reason of the rejection, or what was repaired.',
    }),
    isRepaired: t.exposeBoolean('isRepaired', {
      description: 'true when it was repaired and imported; false when it was rejected.',
    }),
  }),
})

const ImportConnection = connectionType({
  name: 'Import',
  plural: 'imports',
  node: ImportRef,
})
const ImportFileConnection = connectionType({
  name: 'ImportFile',
  plural: 'files of an import',
  node: ImportFileRef,
})
const ImportRejectConnection = connectionType({
  name: 'ImportReject',
  plural: 'rejects and repairs of an import',
  node: ImportRejectRef,
})

const COUNTS = {
  readCount:
    'Entries read: the sum of all other counts except created papers and repaired entries.',
  createdCount:
    'New entries: records that created a paper, profiles, curation decisions, states of repositories and citations.',
  createdPaperCount:
    'Of the new entries, records that created a paper, also where it joined another later.',
  updatedCount: 'Records that changed since their last import.',
  mergedCount: 'Records that joined the paper of another record.',
  unchangedCount: 'Records and citations that already existed unchanged.',
  waitingCount:
    'Records stored without a paper: those without a title, or under an excluded licence.',
  rejectedCount: 'Rejected entries.',
  repairedCount: 'Entries that were repaired before import; included in the other counts.',
} as const

ImportRef.implement({
  description:
    'An import job: a run of `paperql import`, `paperql sync` or the sample. All counts are as of the last commit.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, unique among all types.',
      resolve: ({ id }) => globalId('Import', id),
    }),
    number: t.int({
      description: 'Job number, as shown by `paperql imports`.',
      resolve: ({ id }) => id,
    }),
    format: t.exposeString('format', {
      description:
        'Format given to the import, such as `arxiv`, or name of the sync, such as `sync arxiv`.',
    }),
    state: t.expose('state', { type: ImportStateEnum, description: 'State of the job.' }),
    runCount: t.exposeInt('runCount', {
      description: 'Number of runs, including resumes; 1 when it was never interrupted.',
    }),
    fileCount: t.exposeInt('fileCount', { description: 'Number of its files.' }),
    currentFile: t.exposeString('currentFile', {
      nullable: true,
      description:
        'File being read, the one to resume with, or the first that could not be read to its end; null when all are read.',
    }),
    bytesRead: t.exposeFloat('bytesRead', {
      description: 'Bytes of all files read by the last commit, in on-disk (compressed) size.',
    }),
    bytesTotal: t.exposeFloat('bytesTotal', {
      nullable: true,
      description: 'Size of all files on disk, in bytes; null when an input is not a file.',
    }),
    readCount: t.exposeInt('readCount', { description: COUNTS.readCount }),
    createdCount: t.exposeInt('createdCount', { description: COUNTS.createdCount }),
    createdPaperCount: t.exposeInt('createdPaperCount', { description: COUNTS.createdPaperCount }),
    updatedCount: t.exposeInt('updatedCount', { description: COUNTS.updatedCount }),
    mergedCount: t.exposeInt('mergedCount', { description: COUNTS.mergedCount }),
    unchangedCount: t.exposeInt('unchangedCount', { description: COUNTS.unchangedCount }),
    waitingCount: t.exposeInt('waitingCount', { description: COUNTS.waitingCount }),
    rejectedCount: t.exposeInt('rejectedCount', { description: COUNTS.rejectedCount }),
    repairedCount: t.exposeInt('repairedCount', { description: COUNTS.repairedCount }),
    error: t.exposeString('error', {
      nullable: true,
      description:
        'Reason of the failure, or why some files could not be read to their end; null otherwise.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: 'Time of the first start.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'Time of the last commit or change of state.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'Time when the job finished, stopped or failed; null while it runs and when it was interrupted.',
    }),
    rejectsPath: t.exposeString('rejectsPath', {
      nullable: true,
      description:
        'Path of the rejects file on the machine that ran the import; null when there are no rejects or repairs.',
    }),
    files: t.field({
      type: ImportFileConnection.connection,
      description: 'Its files, in the order of reading.',
      args: pageArgs,
      resolve: (job, args, context, info) =>
        parentList(
          job,
          args,
          context,
          info,
          listsOf<ImportFile>({
            list: importFileList,
            entity: importFileEntity,
            order: IMPORT_FILE_ORDER,
          }),
        ),
    }),
    rejects: t.field({
      type: ImportRejectConnection.connection,
      description:
        'Rejects and repairs in reading order, the first 1,000 of each. The rejects file lists all.',
      args: {
        ...pageArgs,
        isRepaired: t.arg.boolean({
          description: 'true: only repairs; false: only rejects; both when absent.',
        }),
      },
      resolve: (job, args, context, info) =>
        parentList(
          job,
          args,
          context,
          info,
          listsOf<ImportRemark>({
            list: importRemarkList(args.isRepaired),
            entity: importRemarkEntity,
            order: IMPORT_REMARK_ORDER,
          }),
        ),
    }),
  }),
})

const KEY =
  'Needs the header `Authorization: Bearer …` with the admin key of the server (PAPERQL_ADMIN_KEY), entered in the Headers tab of GraphiQL as `{ "Authorization": "Bearer …" }`. Otherwise null with the error UNAUTHENTICATED, or FORBIDDEN when the server has no key.'

builder.queryFields((t) => ({
  import: t.field({
    type: ImportRef,
    nullable: true,
    description: `The import job with this id; null when there is none. ${KEY}`,
    args: {
      id: t.arg.id({
        required: true,
        description: 'The `id` or `number` of the job, such as `7`.',
      }),
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
    description: `All import jobs, latest first. ${KEY}`,
    args: {
      ...pageArgs,
      state: t.arg({ type: [ImportStateEnum], description: 'Only jobs in these states.' }),
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
  throw badInput(`id: ${quote(text)} is not an import; expected the id or the number of one.`)
}
