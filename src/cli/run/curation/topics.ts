import type { Config } from '../../../config.ts'
import { transaction } from '../../../db/transaction.ts'
import { decideOnTopics, type TopicChange, unknownTopic } from '../../../domain/curation/topics.ts'
import { findTopic } from '../../../domain/entity/topic.ts'
import { NOTHING, type Selection } from '../../../sql/selection.ts'
import { type DecisionOptions, deciderOf } from '../../base/decision.ts'
import { withDatabase } from '../../base/with-catalogue.ts'
import { describeTopics } from './curate.ts'

export function decideOnTopic(
  config: Config,
  options: DecisionOptions,
  done: string,
  change: TopicChange,
): Promise<void> {
  const decider = deciderOf(options)
  return withDatabase(config, async (_, { url }) => {
    const { id, topics } = await transaction(url, (tx) => decideOnTopics(tx, change, decider))
    if (options.json) console.log(JSON.stringify({ decision: id, topics }))
    else console.log(describeTopics(`${done} (decision ${id})${hiddenBy(change)}.`, topics))
  })
}

const hiddenBy = (change: TopicChange) =>
  change.kind === 'hide-topic' ? `: ${change.slugs.join(', ')}` : ''

const counted = (papers: number) => `${papers} ${papers === 1 ? 'paper' : 'papers'}`

const SHOWN: Selection = {
  columns: new Set(['slug', 'name', 'kind', 'paperCount']),
  relations: new Map([
    [
      'variants',
      {
        limit: 50,
        selection: { ...NOTHING, columns: new Set(['slug', 'name', 'reason', 'paperCount']) },
      },
    ],
  ]),
}

export function showTopic(
  config: Config,
  slug: string,
  { json }: { json?: boolean },
): Promise<void> {
  const work = async (db: Parameters<typeof findTopic>[0]) => {
    const topic = await findTopic(db, slug, SHOWN)
    if (!topic) throw await unknownTopic(db, slug)
    const { name, kind, paperCount, variants = [] } = topic
    if (json)
      return console.log(JSON.stringify({ slug: topic.slug, name, kind, paperCount, variants }))
    console.log(`${name} (${topic.slug}): ${kind}, ${counted(paperCount)}`)
    for (const one of variants)
      console.log(`  ${one.name} (${one.slug}): ${one.reason}, ${counted(one.paperCount)}`)
  }
  return withDatabase(config, work, { writes: false })
}
