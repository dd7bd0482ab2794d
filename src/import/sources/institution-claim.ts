import type { InstitutionClaim } from '../../domain/record/paper-record.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { hasAddress } from '../fields/addresses.ts'
import { cleanText } from '../input/outcome.ts'

/** A claim of an institution; none where no name remains. Never with an e-mail address. */
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

/** What to report of a text that is stated as a ROR id and is none. */
export const LOST_ROR = 'a ROR id that is not valid was left out'

const isAcronym = (text: string) => /^[\p{L}\p{N}&.*/ -]{2,20}$/u.test(text) && /\p{Lu}/u.test(text)

/** The host of a home page, without `www`; null where it is no host name. */
export function domainOf(page: string): string | null {
  const [, host] =
    /^(?:https?:\/\/)?(?:www\d?\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)\.?(?:[:/?#].*)?$/i.exec(
      page.trim(),
    ) ?? []
  return host && host.length <= 100 && !/^[\d.]+$/.test(host) ? host.toLowerCase() : null
}
