import { createHash } from 'node:crypto'
import { access, chmod, chown, constants, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, codeOf } from '../../errors.ts'
import { fileFault, isAbsent, makeFolders, orFileFault } from '../../file-fault.ts'
import { noCatalogue } from '../schema/no-catalogue.ts'
import {
  type Account,
  complaint,
  findAccount,
  openSharedFolder,
  runAs,
  SHARED_FOLDER,
} from './binaries.ts'

/** The folder of an existing or new cluster, and the account that owns it. */
export interface Place {
  folder: string
  account: Account | undefined
}

export const unusable = (dataDir: string) => orFileFault(`The data folder ${dataDir}`, 'used')

/**
 * The place of the cluster of `dataDir`. Another folder is used in one case only: this one is empty, and PostgreSQL's user may not enter
 * it, as is so for a folder made by root. From then on the other folder is the place. Otherwise a folder that cannot be used is an error,
 * because a command on another, empty catalogue would seem to succeed. Unless `makes`, a folder without a cluster is an error too.
 */
export async function findPlace(
  dataDir: string,
  onNotice: (message: string) => void,
  makes = true,
): Promise<Place> {
  const folder = join(dataDir, 'postgres')
  const owner = await ownerOf(folder).catch(unusable(dataDir))
  const account = await accountFor(folder, owner)
  if (owner) return checked(dataDir, { folder, account })
  const other = replacementOf(dataDir)
  const kept = account && (await ownerOf(other.folder).catch(unusable(other.dataDir)))
  if (kept) {
    onNotice(`The data of ${dataDir} is in ${other.dataDir}.`)
    return checked(other.dataDir, { folder: other.folder, account: kept })
  }
  if (!makes) throw noCatalogue(`the data folder ${dataDir}`)
  await openDataDir(dataDir)
  const fault = await faultOfNew(account, dataDir)
  if (fault === null) return { folder, account }
  if (fault.closed === undefined)
    throw refusal(dataDir, fault, 'Or set PAPERQL_DATA_DIR to another folder.')
  await makeReplacement(other.dataDir)
  onNotice(`Keeping the data in ${other.dataDir}, as ${fault.reason}.`)
  return { folder: other.folder, account }
}

/** An existing cluster keeps its owner, whichever account would be chosen today. */
async function accountFor(
  folder: string,
  owner: Account | undefined,
): Promise<Account | undefined> {
  const uid = process.getuid?.()
  if (uid === 0) return owner ?? findAccount()
  if (uid !== undefined && owner && owner.uid !== uid) {
    throw new AppError(
      'FORBIDDEN',
      `The data in ${folder} belongs to user ${owner.uid}, and this is user ${uid}. Start paperql as that user or as root, or set PAPERQL_DATA_DIR to another folder.`,
    )
  }
  return undefined
}

/** The place of an existing cluster. Throws if it cannot be used. */
async function checked(dataDir: string, place: Place): Promise<Place> {
  const fault = await faultOf(place.account, place.folder)
  if (fault === null) return place
  const rest = 'It holds a catalogue; to use another one, set PAPERQL_DATA_DIR to another folder.'
  throw refusal(dataDir, fault, rest)
}

/** Why a folder cannot be used. */
interface Fault {
  reason: string
  /** What to do about it, as a sentence. */
  advice: string
  /** The folder that PostgreSQL's user may not enter, if that is the reason. */
  closed?: string
}

function refusal(dataDir: string, { reason, advice }: Fault, rest: string): AppError {
  const message = `The data folder ${dataDir} cannot be used: ${reason}. ${advice} ${rest}`
  return new AppError('UNAVAILABLE', message)
}

/** What prevents the account from writing in a folder; null if nothing does. Tries it instead of computing it. */
async function faultOf(account: Account | undefined, folder: string): Promise<Fault | null> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const { message } = fileFault(folder, 'written', cause)
    return { reason: message.replace(/\.$/, ''), advice: 'Make it writable again.' }
  }
  if (!account || (await mayDo(account, '-w', folder)) === true) return null
  const user = `PostgreSQL's user (number ${account.uid})`
  for (const above of pathTo(folder)) {
    const answer = await mayDo(account, '-x', above)
    if (answer === true) continue
    if (answer !== false)
      return { reason: `${user} cannot run programs (${answer})`, advice: 'Run as another user.' }
    return {
      reason: `${user} may not enter ${above}`,
      advice: `Let it: chmod o+x "${above}".`,
      closed: above,
    }
  }
  const advice = `Give it back: chown -R ${account.uid}:${account.gid} "${folder}"; chmod -R u+rwX "${folder}".`
  return { reason: `${user} may not write in ${folder}`, advice }
}

/** The same for the folder of a new cluster in `dataDir`. */
async function faultOfNew(account: Account | undefined, dataDir: string): Promise<Fault | null> {
  if (!account) return null
  const probe = await mkdtemp(join(dataDir, 'probe-')).catch(unusable(dataDir))
  try {
    await chown(probe, account.uid, account.gid).catch(unusable(dataDir))
    return await faultOf(account, probe)
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

/** The result of `test` for the account; a text if `test` did not run. */
async function mayDo(account: Account, what: string, path: string): Promise<boolean | string> {
  try {
    await runAs(account, 'test', [what, path])
    return true
  } catch (error) {
    return codeOf(error) === '1' ? false : complaint(error)
  }
}

/** The folders on the way to a path, from the root, and the path itself. */
function pathTo(path: string): string[] {
  const above = dirname(path)
  return above === path ? [path] : [...pathTo(above), path]
}

/** The place of the data of a folder that PostgreSQL's user may not enter. */
function replacementOf(dataDir: string): { dataDir: string; folder: string } {
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const other = join(SHARED_FOLDER, key)
  return { dataDir: other, folder: join(other, 'postgres') }
}

async function makeReplacement(other: string): Promise<void> {
  try {
    await openSharedFolder()
    await mkdir(other, { recursive: true })
    await chmod(other, 0o755)
  } catch (cause) {
    unusable(other)(cause)
  }
}

async function openDataDir(dataDir: string): Promise<void> {
  try {
    const made = await makeFolders(dataDir)
    // PostgreSQL's user must pass through this folder; secrets are deeper, in a folder of its own.
    if (made !== undefined) await chmod(dataDir, 0o755)
  } catch (cause) {
    unusable(dataDir)(cause)
  }
}

/** The owner of a path; undefined if nothing is there. Rejects with the system's error if the path cannot be inspected. */
async function ownerOf(path: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}
