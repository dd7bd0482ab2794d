import { createRateLimiter } from '../../domain/access/rate-limit.ts'
import type { Context } from '../context.ts'

const PER_CLIENT = {
  name: 'saved-client',
  what: 'saved queries from this network',
  points: 300,
  seconds: 3600,
}

/** For descriptions of fields that save a query. */
export const SAVING_LIMIT = `At most ${PER_CLIENT.points} in an hour from a network.`

/** Throws RATE_LIMITED if a client saves too many queries: their rows are never deleted. */
export async function limitSaving({ db, client }: Context): Promise<void> {
  if (client !== null) await createRateLimiter(db, PER_CLIENT).consume(client)
}
