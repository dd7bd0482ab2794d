import type { Config } from '../config.ts'

/** URLs for a subscriber. Each opens a page, and only its button has an effect. */
export interface MailLinks {
  confirm: string
  preferences: string
  unsubscribe: string
  /** The mail as a web page. */
  web: string
}

export const linksOf = (publicUrl: string, token: string): MailLinks => ({
  confirm: `${publicUrl}/subscriptions/${token}/confirm`,
  preferences: `${publicUrl}/subscriptions/${token}`,
  unsubscribe: `${publicUrl}/subscriptions/${token}/unsubscribe`,
  web: `${publicUrl}/digests/${token}`,
})

/** Base URL of links in mails. Without PUBLIC_URL, mails cannot know the port of a server that takes any free one. */
export const baseUrlOf = ({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string =>
  publicUrl ?? `http://localhost:${port}`
