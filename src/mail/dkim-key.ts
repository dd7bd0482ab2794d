import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AppError, badInput } from '../errors.ts'
import { fileFault } from '../file-fault.ts'

/**
 * The key that signs mails, in PEM. Throws an `AppError` for an unreadable file, and BAD_USER_INPUT unless it holds a private RSA key
 * without a passphrase, the kind that all mail servers can verify.
 */
export async function readDkimKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    const { code, message } = fileFault(file, 'read', cause)
    throw new AppError(code, `DKIM_KEY_FILE: ${message}`, { cause })
  })
  const name = `DKIM_KEY_FILE: ${file}`
  const expected = 'expected a private RSA key in PEM, without a passphrase'
  const type = typeOf(text)
  if (type === null) throw badInput(`${name} has no private key that can be read; ${expected}.`)
  if (type !== 'rsa') throw badInput(`${name} has a private key of the type ${type}; ${expected}.`)
  return text
}

/** The type of the key; null if it is not a key. */
function typeOf(text: string): string | null {
  try {
    return createPrivateKey(text).asymmetricKeyType ?? null
  } catch {
    return null
  }
}
