import { parseEmailAddress } from '../../domain/access/email-address.ts'
import { createRateLimiter } from '../../domain/access/rate-limit.ts'
import {
  requestSignIn,
  SESSION_DAYS,
  type Session,
  SIGN_IN_HOURS,
  signIn,
  signOut,
} from '../../domain/access/sign-in.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { atMost, REFERENCE } from '../input-limits.ts'

const RequestPayload = builder.objectRef<{ message: string }>('RequestSignInPayload')
RequestPayload.implement({
  description: 'What happens next. It is the same for every address.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What to do now, for people.' }),
  }),
})

const SessionRef = builder.objectRef<Session>('Session')
SessionRef.implement({
  description: 'Somebody who is signed in with a confirmed e-mail address.',
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'Send it as `Authorization: Bearer <token>`. It is shown only here.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the session ends.' }),
  }),
})

const PER_ADDRESS = {
  name: 'sign-in-address',
  what: 'links to sign in for this address',
  points: 5,
  seconds: 3600,
}
const PER_CLIENT = {
  name: 'sign-in-client',
  what: 'links to sign in from this network',
  points: 30,
  seconds: 3600,
}

builder.mutationFields((t) => ({
  requestSignIn: t.field({
    type: RequestPayload,
    nullable: true,
    ...costs({ each: 30 }),
    description: `Sends a sign-in link to an e-mail address. Signed-in people can upvote papers. At most ${PER_ADDRESS.points} in an hour for an address, and ${PER_CLIENT.points} from a network. Null only with an error.`,
    args: {
      email: t.arg.string({
        required: true,
        description:
          'The address. The domain may be international; before the @ only ASCII is possible.',
      }),
      paper: t.arg.string({
        ...atMost(REFERENCE),
        description: 'Paper whose page opens after signing in; none when absent.',
      }),
    },
    resolve: async (_, { email, paper }, { db, client }) => {
      const { key } = parseEmailAddress(email)
      if (client !== null) await createRateLimiter(db, PER_CLIENT).consume(client)
      await createRateLimiter(db, PER_ADDRESS).consume(key)
      await requestSignIn(db, { email, paper: paper ?? null }, new Date())
      return { message: 'Look into your mailbox: a mail with a link to sign in is on its way.' }
    },
  }),
  signIn: t.field({
    type: SessionRef,
    nullable: true,
    ...costs({ each: 20 }),
    description: `Signs in with the token at the end of the link in a mail. A link works once, within ${SIGN_IN_HOURS} hours; the session lasts ${SESSION_DAYS} days. Null with the error NOT_FOUND for a token that is not valid, used or too old.`,
    args: {
      token: t.arg.string({ required: true, description: 'The end of the link in the mail.' }),
    },
    resolve: (_, { token }, { db }) => signIn(db, token, new Date()),
  }),
  signOut: t.boolean({
    nullable: true,
    ...costs({ each: 10 }),
    description:
      'Ends the session whose token is sent as `Authorization: Bearer`. False when there is none. Null only with an error.',
    resolve: (_, __, { db, bearer }) => (bearer === null ? false : signOut(db, bearer)),
  }),
}))
