import leven from 'leven'
import { CONFIG_KEYS, type Name } from './config-variables.ts'
import { nearestName } from './errors.ts'

type Environment = Record<string, string | undefined>

/** Settings that have no effect without another: signing needs a key. */
const NEEDED: Partial<Record<Name, Name>> = {
  DKIM_DOMAIN: 'DKIM_KEY_FILE',
  DKIM_SELECTOR: 'DKIM_KEY_FILE',
  DKIM_KEY_FILE: 'MAIL_FROM',
}

const isSet = (env: Environment, name: string) => Boolean(env[name]?.trim())

/** Errors for settings that lack the one they need. */
export const incompleteIn = (env: Environment): string[] =>
  Object.entries(NEEDED)
    .filter(([name, needed]) => isSet(env, name) && !isSet(env, needed))
    .map(([name, needed]) => `${name}: it does nothing without ${needed}; set both or neither.`)

const PREFIX = 'PAPERQL_'
/** Shorter names are not compared: `POST` is not a misspelt `PORT`, nor `PAGER` a misspelt `PAGES`. */
const SHORTEST_COMPARED = 6
/** Names of other programs that differ by one letter. */
const FOREIGN = new Set(['MAILDIR'])

/**
 * Variables that look like settings but are not, each with a sentence. These are all unknown names with the prefix `PAPERQL_`, and other
 * names one typo away from a setting that is not set, because most variables belong to other programs.
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

/** A notice about empty settings that were probably meant to have a value, such as from a Compose file that passes on an unset variable. */
export const emptyIn = (env: Environment): string[] =>
  env.DATABASE_URL !== undefined && !isSet(env, 'DATABASE_URL')
    ? ['DATABASE_URL is empty: the embedded PostgreSQL is used.']
    : []

/** Compared without the prefix: all settings share it, and people add it to names that lack it. */
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

/** Whether the names differ by one letter (added, missing or wrong), two swapped letters, or only in case. */
function isSlip(a: string, b: string): boolean {
  if (leven(a, b, { maxDistance: 2 }) <= 1) return true
  const at = [...a].findIndex((letter, i) => letter !== b[i])
  return (
    a.length === b.length &&
    a.slice(at, at + 2) === `${b[at + 1]}${b[at]}` &&
    a.slice(at + 2) === b.slice(at + 2)
  )
}
