import { createHash } from 'node:crypto'
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { once } from 'es-toolkit'
import { badInput } from '../errors.ts'
import { hashOfCode } from './code.ts'
import { checkFormat, findAdapter } from './formats.ts'
import { reportHoles } from './input/holes.ts'
import {
  describeInput,
  type FoundInput,
  faultOf,
  findInputs,
  openInput,
  STDIN,
  throwUnlessAny,
} from './input/input.ts'
import type { Adapter, Outcome, Unread } from './input/outcome.ts'
import { readToFault } from './input/to-fault.ts'
import { type ImportReport, type JobOptions, type Mark, runJob, type Source } from './job.ts'
import { orRejectsFault } from './rejects.ts'

export interface ImportOptions extends JobOptions {
  /** Name of one of `importFormats`. */
  format: string
  /** Names of files, patterns such as `data/*.gz`, or `-` for standard input. */
  files: string[]
  /** Name of standard input, for formats that read data from the name of a file, such as `iclr2018.json`. */
  stdinName?: string | undefined
}

/**
 * Imports files of one format. Idempotent: unchanged records are not written again. Resumes the last import of these files if
 * it is unfinished. A broken entry goes to the rejects file, and the others are imported. If a file breaks, the position goes to the
 * rejects file, and the entries before it and the other files are imported. Throws an `AppError` that names the file when nothing
 * of any file can be read.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const files = await checkHeads(await findFiles(options), options)
  const sources: Source[] = []
  for (const found of files) sources.push(await fileSource(found, options))
  return runJob({ ...options, sources, inputKey: importKey(options.format, sources) })
}

/** Hash of the running code, computed once per process. */
const codeHash = once(() => hashOfCode())

type Named = Pick<ImportOptions, 'format' | 'files' | 'rejectsPath'>

/**
 * Checks, without a database, whether an import can start. Throws what `findFiles` throws, and the error of the first file when no
 * file can be read. Reads the starts of files up to the first readable one.
 */
export async function checkImport(options: Named): Promise<void> {
  const checked: FoundInput[] = []
  for (const { file, fault: known } of await findFiles(options)) {
    const fault = known ?? (await faultOf(() => adapterFor(file, options.format), file))
    if (!fault) return
    checked.push({ file, fault })
  }
  throwUnlessAny(checked)
}

/**
 * Finds the files. Throws BAD_USER_INPUT when the format is unknown, a file is missing, all files are empty or unreadable, or the
 * folder of the rejects file does not exist.
 */
async function findFiles({ format, files, rejectsPath }: Named): Promise<FoundInput[]> {
  checkFormat(format)
  if (files.length === 0) throw badInput('No file to import; expected at least one.')
  const found = await findInputs(files)
  if (rejectsPath) {
    const folder = dirname(resolve(rejectsPath))
    await access(folder, constants.W_OK).catch(orRejectsFault(rejectsPath))
  }
  return found
}

interface CheckedInput extends FoundInput {
  /** Set if the start of the file was read, so that its format is not detected twice. */
  adapter?: Adapter
}

/** Reads the start of every file, if there are several, before the first is imported. Reports files in an unexpected format. */
async function checkHeads(found: FoundInput[], options: ImportOptions): Promise<CheckedInput[]> {
  const { format, onNotice } = options
  const checked: CheckedInput[] = found.map((input) => ({ ...input }))
  const look = async (input: CheckedInput) => {
    input.adapter = await adapterFor(input.file, format)
  }
  if (checked.length > 1)
    for (const input of checked) input.fault ??= await faultOf(() => look(input), input.file)
  throwUnlessAny(checked)
  for (const { fault } of checked)
    if (fault) onNotice?.(`${fault.message} It is left out; the other files are read.`)
  return checked
}

async function adapterFor(file: string, format: string): Promise<Adapter> {
  const opened = await openInput(file)
  const adapter = await findAdapter(format, opened)
  // Starting to read and breaking off closes the input.
  for await (const _ of opened.text) break
  return adapter
}

async function fileSource(
  found: CheckedInput,
  { format, signal, stdinName, onNotice }: ImportOptions,
): Promise<Source> {
  const { file, fault, adapter } = found
  return {
    input: await describeInput(found),
    isRepeatable: file !== STDIN,
    mayBreak: true,
    fault,
    async open() {
      const input = await openInput(file, signal)
      const read = adapter ?? (await findAdapter(format, input))
      if (input.guessed !== null) onNotice?.(guessNotice(input.name, input.guessed))
      const name = (file === STDIN && stdinName) || input.name
      const outcomesOf = (text: AsyncIterable<Buffer>): AsyncGenerator<Outcome | Unread> =>
        read.unread ? read.unread(text, name, codeHash()) : read(text, name)
      const told = (text: AsyncIterable<Buffer>) => reportHoles(text, outcomesOf)
      return { ...input, outcomes: readToFault(input.text, told, signal) }
    },
  }
}

const guessNotice = (name: string, encoding: string) =>
  `${name} is not UTF-8; its bytes look like ${encoding}, and it is read as ${encoding}. If characters are wrong, convert it to UTF-8 (iconv).`

/** Key by which an unfinished import is found; null with standard input, which has other data the next time. */
function importKey(format: string, sources: Source[]): string | null {
  const paths = sources.map(({ input }) => input.path)
  return paths.includes(null) ? null : keyOf(format, ...(paths as string[]))
}

const keyOf = (...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')

interface StreamOptions extends JobOptions {
  /** Name of this kind of import, such as `sync arxiv`. */
  format: string
  /** Name of the input in messages and in the rejects file. */
  name: string
  /** Key by which an unfinished run is found: the next one with the same format and key resumes it. */
  key: string
  /**
   * Reads from the mark, or from the start without one. A yielded mark is stored with the entries before it; entries after the last
   * mark are read again when the import is resumed.
   */
  read(mark: string | null): AsyncGenerator<Outcome | Mark>
}

/** Imports the entries that a generator yields, such as those of API responses, as one job. Otherwise works as `runImport`. */
export function runStream(options: StreamOptions): Promise<ImportReport> {
  const { format, name, key, read } = options
  const input = { name, path: null, sizeBytes: null, modifiedAt: null, startHash: null }
  const open = async (mark: string | null) => ({
    ...{ name, outcomes: read(mark), bytesTotal: null, bytesRead: () => 0 },
  })
  const sources: Source[] = [{ input, isRepeatable: false, mayBreak: false, open }]
  return runJob({ ...options, sources, inputKey: keyOf(format, key) })
}
