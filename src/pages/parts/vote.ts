import { numberText } from '../../html/dates.ts'
import type { PageRequest } from '../../html/route.ts'
import { type Html, html } from '../../html/template.ts'
import { formTokenOf } from '../../server/http/session.ts'

/** What the button of a paper needs of it; the last is asked for only of somebody who is signed in. */
export const VOTE = 'upvoteCount ownUpvoteCount viewerHasUpvoted @include(if: $withVotes)'

export interface Voted {
  id: string
  title: string
  upvoteCount: number | null
  ownUpvoteCount: number
  viewerHasUpvoted?: boolean
}

/** Makes the button that upvotes a paper, or takes the upvote back. */
export type VoteButton = (paper: Voted) => Html

/** The buttons of a page, which opens again after one was pressed. They are forms, so that they work without the script. */
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

/** Of the button of a paper, to which a page scrolls that opens again. */
export const anchorOf = (id: string): string => `vote-${id.replace(/=+$/, '')}`
