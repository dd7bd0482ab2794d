import { type Html, html } from '../../html/template.ts'

/** Parameters of `/subscribe` that say what to follow, besides a saved query. */
export const followFields = ['topic', 'venue', 'author', 'paper', 'q'] as const
export type FollowName = (typeof followFields)[number]

/** Path of the form that subscribes to an item. */
export const subscribePath = (name: FollowName, ref: string): string =>
  `subscribe?${new URLSearchParams({ [name]: ref })}`

/** A form for an e-mail address in the column beside a list. `what` precedes "by mail": "New papers". */
export function followCard(name: FollowName, ref: string, what: string): Html {
  return html`<section class="card"><h2>${what} by mail</h2>
<form class="form" method="post" action="subscribe">
<input type="hidden" name="${name}" value="${ref}">
<div class="field"><label for="subscriber">E-mail address</label><input id="subscriber" name="email" type="email" required autocomplete="email"></div>
<input type="hidden" name="timeZone" data-guess>
<button>Subscribe</button>
<p class="small quiet">Every day that has some. You confirm by a link in a first mail. <a href="${subscribePath(name, ref)}">More settings</a></p>
</form></section>`
}
