import { numberText } from '../../html/dates.ts'
import type { PageRequest } from '../../html/route.ts'
import { type Html, html } from '../../html/template.ts'
import { formTokenOf } from '../../server/http/session.ts'

/** The fields of a paper for its button. The last is selected only for signed-in users. */
export const VOTE = 'upvoteCount ownUpvoteCount viewerHasUpvoted @include(if: $withVotes)'

export interface Voted {
  id: string
  title: string
  upvoteCount: number | null
  ownUpvoteCount: number
  viewerHasUpvoted?: boolean
}

/** Creates the button that upvotes a paper or takes the upvote back. */
export type VoteButton = (paper: Voted) => Html

/** The buttons of a page, which reloads after one is pressed. They are forms, so that they work without scripts. */
export function voteButtons({
  exchange,
  services: { session },
}: Pick<PageRequest, 'exchange' | 'services'>): VoteButton {
  const page = (exchange.request.url ?? '/').replace(/^\/+/, '')
  const key = session === null ? null : formTokenOf(session)
  return ({ id, title, upvoteCount, ownUpvoteCount, viewerHasUpvoted = false }) => {
    const total = (upvoteCount ?? 0) + ownUpvoteCount
    const label = `${viewerHasUpvoted ? 'Take back your upvote of' : 'Upvote'} ${title.trim() || 'this paper'}`
    return html`<form class="vote" id="${anchorOf(id)}" method="post" action="upvote">
<input type="hidden" name="paper" value="${id}"><input type="hidden" name="page" value="${page}">
${key && html`<input type="hidden" name="key" value="${key}">`}
<button class="${viewerHasUpvoted ? 'is-on' : 'is-plain'}" name="upvote" value="${String(!viewerHasUpvoted)}" title="${viewerHasUpvoted ? 'You upvoted it' : 'Upvote'}"><span aria-hidden="true">▲ ${numberText(total)}</span><span class="visually-hidden">${label} (${numberText(total)} so far)</span></button></form>`
  }
}

/** Id of the button of a paper, to which a reloaded page scrolls. */
export const anchorOf = (id: string): string => `vote-${id.replace(/=+$/, '')}`
