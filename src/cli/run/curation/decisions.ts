import type { Config } from '../../../config.ts'
import { type Decision, listDecisions } from '../../../domain/curation/list.ts'
import type { TopicDecision } from '../../../domain/curation/topics.ts'
import { globalId } from '../../../sql/global-id.ts'
import { withDatabase } from '../../base/with-catalogue.ts'
import { findPapers } from './curate.ts'

export function runDecisions(
  config: Config,
  ref: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  return withDatabase(
    config,
    async (db) => {
      const [paper] = ref === undefined ? [] : await findPapers(db, [ref])
      const decisions = await listDecisions(db, paper?.id)
      if (json) for (const one of decisions) console.log(JSON.stringify(withGlobalIds(one)))
      else console.log(decisions.map(describeDecision).join('\n\n') || 'There are no decisions.')
    },
    { writes: false },
  )
}

function withGlobalIds({ records, ...decision }: Decision) {
  const told = records.map(({ paperId, ...record }) => ({
    ...record,
    paper: paperId === null ? null : globalId('Paper', paperId),
  }))
  return { ...decision, records: told }
}

function describeTopics({ topics, into, name, under }: TopicDecision): string {
  const slugs = topics.map(({ slug }) => slug).join(', ')
  if (into) return `${slugs} → ${into.slug}`
  if (name !== undefined) return `${slugs}: ${name}`
  return under === undefined ? slugs : `${slugs} under ${under ?? 'no topic'}`
}

function describeDecision(decision: Decision): string {
  const { id, kind, decidedBy, decidedAt, reason, undone, records, recordsInForce } = decision
  const why = reason ? `: ${reason}` : ''
  const lines = [
    `${id}  ${kind}  ${decidedAt.slice(0, 16).replace('T', ' ')} by ${decidedBy}${why}`,
  ]
  if (decision.topic) lines.push(`     ${describeTopics(decision.topic)}`)
  for (const { source, key, part, name, title } of records) {
    const place = kind.startsWith('merge') ? '' : part === 1 ? 'moved ' : 'kept  '
    const whose = name === null ? '' : `${name}: `
    lines.push(`     ${place}${source}:${key}  ${whose}${title === null ? '(deleted)' : title}`)
  }
  if (undone)
    lines.push(
      `     undone ${undone.at.slice(0, 16).replace('T', ' ')} by ${undone.by}${undone.reason ? `: ${undone.reason}` : ''}`,
    )
  else if (recordsInForce < records.length)
    lines.push(
      `     ${records.length - recordsInForce} of ${records.length} records follow newer decisions`,
    )
  return lines.join('\n')
}
