import { access, constants } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { makeFolders, orFileFault } from '../file-fault.ts'
import { readDkimKey } from './dkim-key.ts'

/**
 * Throws an `AppError` if the key cannot sign mails or the folder cannot store them. This is checked at the start and not with the first
 * mail, because every mail would be deferred. The default folder is checked only if `isSending`: a server that sends no mails may lack
 * write access to it.
 */
export async function checkMail(
  { dkim, smtpUrl, folder, isFolderStated }: Config['mail'],
  { isSending = false } = {},
): Promise<void> {
  if (dkim) await readDkimKey(dkim.keyFile)
  if (smtpUrl === undefined && (isFolderStated || isSending)) await checkFolder(folder)
}

/** Creates the folder if it does not exist. */
async function checkFolder(folder: string): Promise<void> {
  const orFault = orFileFault(`MAIL_DIR: ${folder}`, 'used')
  await makeFolders(folder).catch(orFault)
  await access(folder, constants.W_OK | constants.X_OK).catch(orFault)
}
