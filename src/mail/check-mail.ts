import { access, constants } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { makeFolders, orFileFault } from '../file-fault.ts'
import { readDkimKey } from './dkim-key.ts'

/**
 * Throws an `AppError` for a key that cannot sign mails, or a folder that cannot take them: at a start, not with the first mail, since
 * each would be deferred. The usual folder is looked at only if `isSending`: a server that sends no mails may be unable to write there.
 */
export async function checkMail(
  { dkim, smtpUrl, folder, isFolderStated }: Config['mail'],
  { isSending = false } = {},
): Promise<void> {
  if (dkim) await readDkimKey(dkim.keyFile)
  if (smtpUrl === undefined && (isFolderStated || isSending)) await checkFolder(folder)
}

/** Makes it if it is not there. */
async function checkFolder(folder: string): Promise<void> {
  const orFault = orFileFault(`MAIL_DIR: ${folder}`, 'used')
  await makeFolders(folder).catch(orFault)
  await access(folder, constants.W_OK | constants.X_OK).catch(orFault)
}
