import leven from 'leven'
import { CONFIG_KEYS, type Name } from './config-variables.ts'
import { nearestName } from './errors.ts'

type Environment = Record<string, string | undefined>

/** Settings that do nothing without another: mails are signed with a key, for the domain of their sender. */
const NEEDED: Partial<Record<Name, Name>> = {
  DKIM_DOMAIN: 'DKIM_KEY_FILE',
  DKIM_SELECTOR: 'DKIM_KEY_FILE',
  DKIM_KEY_FILE: 'MAIL_FROM',
}

const isSet = (env: Environment, name: string) => Boolean(env[name]?.trim())

/** The faults of settings that are set without the one that they need. */
export const incompleteIn = (env: Environment): string[] =>
  Object.entries(NEEDED)
    .filter(([name, needed]) => isSet(env, name) && !isSet(env, needed))
    .map(([name, needed]) => `${name}: it does nothing without ${needed}; set both or neither.`)

const PREFIX = 'PAPERQL_'
/** `POST` is not a misspelt `PORT`, nor `PAGER` `PAGES`. */
const SHORTEST_COMPARED = 6
/** Names of other programs that are one letter off. */
const FOREIGN = new Set(['MAILDIR'])

/**
 * Names in an environment that look like settings and are none, each as a sentence: all that begin with `PAPERQL_`, and of others those
 * that are one slip away from a setting that is not set, since most variables belong to other programs.
 */
export function misspeltIn(env: Environment): string[] {
  return Object.keys(env).flatMap((name) => {
    if (!isSet(env, name) || CONFIG_KEYS.includes(name as Name)) return []
    const isOwn = name.toUpperCase().startsWith(PREFIX)
    const meant = isOwn ? nearestSetting(name) : slipOf(name, env)
    if (!isOwn && meant === null) return []
    return `${name} is not a setting of paperql.${meant === null ? '' : ` Did you mean ${meant}?`}`
  })
}

/** What an environment sets to nothing that is hardly meant so, as files of Compose do with a variable that is not set there. */
export const emptyIn = (env: Environment): string[] =>
  env.DATABASE_URL !== undefined && !isSet(env, 'DATABASE_URL')
    ? ['DATABASE_URL is empty: the embedded PostgreSQL is used.']
    : []

/** The rest of the name tells: the prefix is all alike, and people put it before names that have none. */
function nearestSetting(name: string): string | null {
  const withoutPrefix = (one: string) => (one.startsWith(PREFIX) ? one.slice(PREFIX.length) : one)
  const near = nearestName(name.slice(PREFIX.length), CONFIG_KEYS.map(withoutPrefix))
  return CONFIG_KEYS.find((one) => withoutPrefix(one) === near) ?? null
}

function slipOf(name: string, env: Environment): string | null {
  const printed = name.toUpperCase()
  const isMeant = (one: string) =>
    one.length >= SHORTEST_COMPARED && !isSet(env, one) && isSlip(printed, one)
  return FOREIGN.has(name) ? null : (CONFIG_KEYS.find(isMeant) ?? null)
}

/** One letter too many, too few or another, or two that changed places; or only the case differs. */
function isSlip(a: string, b: string): boolean {
  if (leven(a, b, { maxDistance: 2 }) <= 1) return true
  const at = [...a].findIndex((letter, i) => letter !== b[i])
  return (
    a.length === b.length &&
    a.slice(at, at + 2) === `${b[at + 1]}${b[at]}` &&
    a.slice(at + 2) === b.slice(at + 2)
  )
}
