import { SIGN_IN_HOURS } from '../domain/access/sign-in.ts'
import { html } from '../html/template.ts'
import type { RenderedMail } from './digest-mail.ts'
import type { MailLinks } from './links.ts'
import { block, button, renderMjml } from './mjml.ts'

const heading = (text: string) =>
  block(html`<h1 style="margin:0;font-size:22px;line-height:1.3">${text}</h1>`)
const paragraph = (text: string) => block(html`<p style="margin:0">${text}</p>`)

/** The mail that asks to confirm a subscription. `about` is the subscription in words. */
export function renderConfirmation(about: string, links: MailLinks, hours: number): RenderedMail {
  const subject = 'Confirm your subscription to paperql'
  const intro = `Somebody, probably you, asked to get ${about} at this address.`
  const ignore = `If it was not you, do nothing, and you get no more mails. The link is valid for ${hours} hours.`
  return {
    subject,
    html: renderMjml({
      title: subject,
      preview: intro,
      blocks: [
        heading('Confirm your subscription'),
        paragraph(intro),
        button(links.confirm, 'Confirm'),
        paragraph(ignore),
      ],
      foot: html`If the button does not work, open this address: <a href="${links.confirm}">${links.confirm}</a>`,
    }),
    text: `${intro}\n\nConfirm it here: ${links.confirm}\n\n${ignore}\n`,
  }
}

/** The reply to a request for a subscription that already exists. */
export function renderReminder(about: string, links: MailLinks): RenderedMail {
  const subject = 'Your subscription to paperql'
  const intro = `Somebody, probably you, asked for mails to this address. It is subscribed already: ${about}.`
  return {
    subject,
    html: renderMjml({
      title: subject,
      preview: intro,
      blocks: [
        heading('You are subscribed'),
        paragraph(intro),
        button(links.preferences, 'Change what you get'),
      ],
      foot: html`<a href="${links.unsubscribe}">Unsubscribe</a>`,
    }),
    text: `${intro}\n\nChange what you get: ${links.preferences}\nUnsubscribe: ${links.unsubscribe}\n`,
  }
}

/** The mail with a sign-in link. */
export function renderSignIn(link: string): RenderedMail {
  const subject = 'Sign in to paperql'
  const intro = 'Somebody, probably you, asked to sign in with this address, to upvote papers.'
  const ignore = `If it was not you, do nothing. The link is valid for ${SIGN_IN_HOURS} hours, and works once.`
  return {
    subject,
    html: renderMjml({
      title: subject,
      preview: intro,
      blocks: [heading(subject), paragraph(intro), button(link, 'Sign in'), paragraph(ignore)],
      foot: html`If the button does not work, open this address: <a href="${link}">${link}</a>`,
    }),
    text: `${intro}\n\nSign in here: ${link}\n\n${ignore}\n`,
  }
}
