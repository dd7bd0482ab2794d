import { randomUUID } from 'node:crypto'

/** A message that only tests delivery. */
export function testMessage(webhookId: number): { id: string; body: string } {
  const timestamp = new Date().toISOString()
  return {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    body: JSON.stringify({
      type: 'webhook.test',
      timestamp,
      data: { webhookId: String(webhookId) },
    }),
  }
}
