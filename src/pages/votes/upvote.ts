import { AppError, isAppError } from '../../errors.ts'
import { baseOf } from '../../html/page.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../../html/route.ts'
import { readForm } from '../../server/http/form.ts'
import { isFormOf } from '../../server/http/session.ts'
import { ask } from '../parts/ask.ts'
import { anchorOf } from '../parts/vote.ts'

const documentOf = (isWanted: boolean) => /* GraphQL */ `
  mutation Vote($paper: String!) { ${isWanted ? 'upvotePaper' : 'removeUpvote'}(ref: $paper) { id } }
`

/** Handles the button of a paper, in a list or on its page, which then reloads. Users who are not signed in are asked to do so first. */
export const upvoteRoute = pageRoute('POST', '/upvote', async (request): Promise<PageAnswer> => {
  const { exchange, services } = request
  const form = await readForm(exchange)
  if (!form) return undefined
  const paper = form.get('paper') ?? ''
  const { session } = services
  if (session === null) return toSignIn(request, paper)
  if (!isFormOf(session, form.get('key')))
    throw new AppError(
      'FORBIDDEN',
      'The button is from a page loaded before you signed in, or from another site. Reload the page and press it again.',
    )
  const isWanted = form.get('upvote') !== 'false'
  try {
    await ask(services, documentOf(isWanted), { paper })
  } catch (error) {
    if (isAppError(error, 'UNAUTHENTICATED')) return toSignIn(request, paper)
    throw error
  }
  const anchor = encodeURIComponent(anchorOf(paper))
  return { redirectTo: `${pathOf(request, form.get('page'))}#${anchor}`, status: 303 }
})

const toSignIn = ({ site }: PageRequest, paper: string): PageAnswer => ({
  redirectTo: `${baseOf(site)}sign-in?${new URLSearchParams({ paper })}`,
  status: 303,
})

/**
 * Path of a page of this server. An address of another site, which the form of a malicious page could contain, is replaced by the start
 * page.
 */
function pathOf({ site }: PageRequest, page: string | null): string {
  const base = baseOf(site)
  const home = new URL(base, 'http://localhost')
  if (!URL.canParse(page ?? '', home)) return base
  const { origin, pathname, search } = new URL(page ?? '', home)
  const isOwn = origin === home.origin && pathname.startsWith(base) && !pathname.startsWith('//')
  return isOwn ? `${pathname}${search}` : base
}
