import type { Command } from 'commander'
import { transaction } from '../db/transaction.ts'
import { decideOnTopics, type TopicChange } from '../domain/curation/topics.ts'
import { findTopic } from '../domain/entity/topic.ts'
import { badInput, quote } from '../errors.ts'
import { NOTHING, type Selection } from '../sql/selection.ts'
import { exitHelp } from './base/exit.ts'
import {
  addDecision,
  type CurateTools,
  type DecisionOptions,
  deciderOf,
  withDatabase,
} from './curate.ts'

const SLUG_HELP = 'slug of the topic, or of a keyword'

const KEPT_HELP = `
Decisions hold for all spellings, and for later imports. paperql decisions lists them, and paperql undo reverses one.
`

/** Adds the commands by which operators decide on topics. */
export function addTopics(program: Command, tools: CurateTools): void {
  const topics = program
    .command('topics')
    .description('merge, rename, hide and place topics, and show the keywords that lead to one')
    .addHelpText('after', KEPT_HELP)
  const decision = (name: string, description: string) =>
    addDecision(topics, name, description).addHelpText('after', KEPT_HELP + exitHelp(130))
  decision('merge', 'merge topics into another (undo reverses it)')
    .argument('<into>', `${SLUG_HELP} that stays`)
    .argument('<slugs...>', 'slugs of those that become part of it')
    .action((into: string, slugs: string[], options: DecisionOptions) =>
      decide(tools, options, 'Merged', { kind: 'merge-topics', slugs, into }),
    )
  decision('rename', 'give a topic another name; its slug stays')
    .argument('<slug>', SLUG_HELP)
    .argument('<name>', 'the new name')
    .action((slug: string, name: string, options: DecisionOptions) =>
      decide(tools, options, 'Renamed', { kind: 'rename-topic', slug, name }),
    )
  decision('hide', 'hide topics; keywords stay on their papers')
    .argument('<slugs...>', 'slugs of the topics')
    .action((slugs: string[], options: DecisionOptions) =>
      decide(tools, options, 'Hidden', { kind: 'hide-topic', slugs }),
    )
  decision('place', 'place a topic below another, or at the top of the tree')
    .argument('<slug>', SLUG_HELP)
    .option('--under <slug>', 'slug of the wider topic; the top when absent')
    .action((slug: string, { under, ...options }: DecisionOptions & { under?: string }) =>
      decide(tools, options, 'Placed', { kind: 'place-topic', slug, under: under ?? null }),
    )
  topics
    .command('show')
    .description('show a topic, and the keywords that lead to it, with the reasons')
    .argument('<slug>', SLUG_HELP)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', exitHelp(130))
    .action((slug: string, options: { json?: boolean }) => show(tools, slug, options))
}

function decide(
  tools: CurateTools,
  options: DecisionOptions,
  done: string,
  change: TopicChange,
): Promise<void> {
  const decider = deciderOf(options)
  return withDatabase(tools, async (_, url) => {
    const { id, topics } = await transaction(url, (tx) => decideOnTopics(tx, change, decider))
    if (options.json) console.log(JSON.stringify({ decision: id, topics }))
    else {
      const names = topics.map(({ slug, name }) => `  ${quote(name)} (${slug})`)
      console.log([`${done} (decision ${id}).`, ...names].join('\n'))
    }
  })
}

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

function show(tools: CurateTools, slug: string, { json }: { json?: boolean }): Promise<void> {
  const work = async (db: Parameters<typeof findTopic>[0]) => {
    const topic = await findTopic(db, slug, SHOWN)
    if (!topic) throw badInput(`No topic has the slug ${quote(slug)}, and no keyword leads to one.`)
    const { name, kind, paperCount, variants = [] } = topic
    if (json)
      return console.log(JSON.stringify({ slug: topic.slug, name, kind, paperCount, variants }))
    console.log(`${name} (${topic.slug}): ${kind}, ${paperCount} papers`)
    for (const one of variants)
      console.log(`  ${one.name} (${one.slug}): ${one.reason}, ${one.paperCount} papers`)
  }
  return withDatabase(tools, work, { writes: false })
}
