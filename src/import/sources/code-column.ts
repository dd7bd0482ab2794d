import { linkTo } from '../../domain/record/links.ts'
import type { LinkClaim, RepositoryClaim } from '../../domain/record/paper-record.ts'
import {
  addressIn,
  distinctRepositories,
  partsOfColumn,
  repositoryOfPart,
} from '../../domain/reference/repository-ref.ts'
import { addressOf, webAddress } from './links.ts'

interface Code {
  repositories: RepositoryClaim[]
  /** Other pages that offer the code. */
  links: LinkClaim[]
}

const NOTHING = /^(?:\W*|n\.?\/?a\.?|none|no|null|tbd|todo)$/i

/** Pages without code: of a host, of an owner, and of Papers with Code, which is gone. */
const NO_CODE =
  /^https?:\/\/(?:www\.)?(?:(?:gist\.)?github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|paperswithcode\.com)(?:[/?#]|$)/i

/**
 * Reads a column for the code of a paper: repositories, and as links other pages, files at `base` and short URLs. Anything else is
 * reported.
 */
export function codeIn(
  column: string,
  lost: string[],
  { base, label = 'Code' }: { base?: string; label?: string } = {},
): Code {
  const links: LinkClaim[] = []
  const repositories: RepositoryClaim[] = []
  for (const part of partsOfColumn(column)) {
    if (NOTHING.test(part)) continue
    const ref = repositoryOfPart(part)
    const url = addressOf(addressIn(part), base)
    if (ref) repositories.push({ ...ref, isOfficial: true, evidence: 'curated', framework: null })
    else if (webAddress(url) !== null && !NO_CODE.test(url))
      links.push(linkTo(url, part.startsWith('/') ? 'supplement' : 'other', label))
    else lost.push('an address of code that is neither a repository nor a page was left out')
  }
  return { repositories: distinctRepositories(repositories), links }
}
