import type { InstitutionClaim } from '../../domain/record/paper-record.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { hasAddress } from '../fields/addresses.ts'
import { cleanText } from '../input/outcome.ts'

/** Makes a claim of an institution, without e-mail addresses; none if no name remains. */
export function institutionClaim(parts: {
  name: unknown
  isPrinted?: boolean
  ror?: string | null
  domain?: string | null
  acronym?: string | null
}): InstitutionClaim[] {
  const name = cleanText(parts.name)
  if (name === null || hasAddress(name) || !/\p{L}{2}/u.test(name)) return []
  const ror = normaliseRor(parts.ror ?? '')
  const acronym = cleanText(parts.acronym)
  return [
    {
      name,
      ...(parts.isPrinted && { isPrinted: true }),
      ...(ror !== null && { ror }),
      ...(parts.domain && { domain: parts.domain }),
      ...(acronym !== null && isAcronym(acronym) && acronym !== name && { acronym }),
    },
  ]
}

/** Repair for a text that is stated as a ROR id and is invalid. */
export const LOST_ROR = 'a ROR id that is not valid was left out'

const isAcronym = (text: string) => /^[\p{L}\p{N}&.*/ -]{2,20}$/u.test(text) && /\p{Lu}/u.test(text)

/** Host of a home page, without `www`; null if it is not a host name. */
export function domainOf(page: string): string | null {
  const [, host] =
    /^(?:https?:\/\/)?(?:www\d?\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)\.?(?:[:/?#].*)?$/i.exec(
      page.trim(),
    ) ?? []
  return host && host.length <= 100 && !/^[\d.]+$/.test(host) ? host.toLowerCase() : null
}
