import { AppError } from '../errors.ts'

/**
 * What a request may do: `admin` sent the admin key, `anonymous` no key, `stranger` a wrong key; `closed` is every request to a server
 * without a key.
 */
export type Access = 'admin' | 'anonymous' | 'stranger' | 'closed'

const HOW = 'send it as the header "Authorization: Bearer …"'

const PREPOSITIONS = { shown: 'to', changed: 'by' } as const

/** Throws UNAUTHENTICATED without the admin key, or FORBIDDEN if the server has no admin key. `what` names what needs the key. */
export function requireAdmin(
  { access }: { access: Access },
  what = 'Imports',
  verb: keyof typeof PREPOSITIONS = 'shown',
): void {
  if (access === 'admin') return
  if (access === 'closed')
    throw new AppError(
      'FORBIDDEN',
      `${what} are ${verb} ${PREPOSITIONS[verb]} nobody: this server has no admin key (PAPERQL_ADMIN_KEY).`,
    )
  if (access === 'stranger')
    throw new AppError('UNAUTHENTICATED', `That is not the admin key; ${HOW}.`)
  throw new AppError(
    'UNAUTHENTICATED',
    `${what} are ${verb} only ${PREPOSITIONS[verb]} holders of the admin key; ${HOW}.`,
  )
}
