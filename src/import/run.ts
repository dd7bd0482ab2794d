import { createHash } from 'node:crypto'
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { once } from 'es-toolkit'
import { badInput } from '../errors.ts'
import { hashOfCode } from './code.ts'
import { checkFormat, findAdapter } from './formats.ts'
import { tellHoles } from './input/holes.ts'
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
  /** One of `importFormats`. */
  format: string
  /** Names of files, patterns such as `data/*.gz`, or `-` for standard input. */
  files: string[]
  /** What standard input is called, for formats that read something from a file's name, such as `iclr2018.json`. */
  stdinName?: string | undefined
}

/**
 * Imports files of one format. Idempotent: unchanged records are not written again. Resumes the last import of these files if
 * it is unfinished. A broken entry goes to the rejects file and the rest is imported; so does the place at which a file breaks, and
 * what comes before it and the other files are imported. Throws an `AppError` naming the file when nothing of any can be read.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const files = await checkHeads(await findFiles(options), options)
  const sources: Source[] = []
  for (const found of files) sources.push(await fileSource(found, options))
  return runJob({ ...options, sources, inputKey: importKey(options.format, sources) })
}

/** Of the code that runs, which stays the same while the process does. */
const codeHash = once(() => hashOfCode())

type Named = Pick<ImportOptions, 'format' | 'files' | 'rejectsPath'>

/**
 * Whether an import may start, without a database. Throws what `findFiles` does, and what is wrong with the first file when
 * nothing of any can be read. Reads the starts of files up to the first that is right.
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
 * Finds the files. Throws BAD_USER_INPUT when the format is unknown, a file is missing, all are empty or unreadable, or the folder
 * for the rejects does not exist.
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
  /** Set if its start was read, so that many small files are not parsed twice. */
  adapter?: Adapter
}

/** Reads the start of every file before the first is imported, and reports those in an unexpected format. */
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
  // Reading starts, so that the input is closed.
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
      const told = (text: AsyncIterable<Buffer>) => tellHoles(text, outcomesOf)
      return { ...input, outcomes: readToFault(input.text, told, signal) }
    },
  }
}

const guessNotice = (name: string, encoding: string) =>
  `${name} is not UTF-8; its bytes look like ${encoding}, and are read so. If characters are wrong, convert it to UTF-8 (iconv).`

/** Null if standard input is among them: it holds other data the next time. */
function importKey(format: string, sources: Source[]): string | null {
  const paths = sources.map(({ input }) => input.path)
  return paths.includes(null) ? null : keyOf(format, ...(paths as string[]))
}

const keyOf = (...parts: string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')

interface StreamOptions extends JobOptions {
  /** Name of this kind of import, such as `sync arxiv`. */
  format: string
  /** Name of the input for people; also in the rejects. */
  name: string
  /** Key by which an unfinished run is found: the next one with the same format and key resumes it. */
  key: string
  /**
   * Reads from the mark, or from the start. A yielded mark is stored with the entries before it; entries after the last mark
   * are read again when the import is resumed.
   */
  read(mark: string | null): AsyncGenerator<Outcome | Mark>
}

/** Imports the entries that a generator yields, such as API responses, as one job; otherwise as `runImport`. */
export function runStream(options: StreamOptions): Promise<ImportReport> {
  const { format, name, key, read } = options
  const input = { name, path: null, sizeBytes: null, modifiedAt: null, startHash: null }
  const open = async (mark: string | null) => ({
    ...{ name, outcomes: read(mark), bytesTotal: null, bytesRead: () => 0 },
  })
  const sources: Source[] = [{ input, isRepeatable: false, mayBreak: false, open }]
  return runJob({ ...options, sources, inputKey: keyOf(format, key) })
}
