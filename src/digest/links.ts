import type { Config } from '../config.ts'

/** Addresses of what a subscriber can do with a mail; each opens a page, and only its button does something. */
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

/** Base of the links in mails. A server that takes any port is not known to mails without PUBLIC_URL. */
export const baseUrlOf = ({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string =>
  publicUrl ?? `http://localhost:${port}`
