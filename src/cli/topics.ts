import type { Command } from 'commander'
import type { TopicChange } from '../domain/curation/topics.ts'
import { addDecision, type DecisionOptions } from './base/decision.ts'
import { exitHelp } from './base/exit.ts'
import type { ReadConfig } from './base/read-config.ts'

const SLUG_HELP = 'slug of the topic, or of a keyword'

const KEPT_HELP = `
Decisions hold for all spellings, and for later imports. paperql decisions lists them, and paperql undo reverses one.
`

/** Adds the commands with which operators decide on topics. */
export function addTopics(program: Command, readConfig: ReadConfig): void {
  const topics = program
    .command('topics')
    .description('merge, rename, hide and place topics, and show the keywords that lead to one')
    .addHelpText('after', KEPT_HELP + exitHelp(130))
  addDecisions(topics, readConfig)
  addShow(topics, readConfig)
}

function addDecisions(topics: Command, readConfig: ReadConfig): void {
  const decision = (name: string, description: string) =>
    addDecision(topics, name, description).addHelpText('after', KEPT_HELP + exitHelp(130))
  const decide = async (options: DecisionOptions, done: string, change: TopicChange) => {
    const config = await readConfig()
    const { decideOnTopic } = await import('./run/curation/topics.ts')
    return decideOnTopic(config, options, done, change)
  }
  decision('merge', 'merge topics into another (undo reverses it)')
    .argument('<into>', `${SLUG_HELP} that stays`)
    .argument('<slugs...>', 'slugs of those that become part of it')
    .action((into: string, slugs: string[], options: DecisionOptions) =>
      decide(options, 'Merged', { kind: 'merge-topics', slugs, into }),
    )
  decision('rename', 'give a topic another name; its slug stays')
    .argument('<slug>', SLUG_HELP)
    .argument('<name>', 'the new name')
    .action((slug: string, name: string, options: DecisionOptions) =>
      decide(options, 'Renamed', { kind: 'rename-topic', slug, name }),
    )
  decision('hide', 'hide topics; keywords stay on their papers')
    .argument('<slugs...>', 'slugs of the topics')
    .action((slugs: string[], options: DecisionOptions) =>
      decide(options, 'Hidden', { kind: 'hide-topic', slugs }),
    )
  decision('place', 'place a topic below another, or at the top of the tree')
    .argument('<slug>', SLUG_HELP)
    .option('--under <slug>', 'slug of the wider topic; the top when absent')
    .action((slug: string, { under, ...options }: DecisionOptions & { under?: string }) =>
      decide(options, 'Placed', { kind: 'place-topic', slug, under: under ?? null }),
    )
}

function addShow(topics: Command, readConfig: ReadConfig): void {
  topics
    .command('show')
    .description('show a topic, and the keywords that lead to it, with the reasons')
    .argument('<slug>', SLUG_HELP)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', exitHelp(130))
    .action(async (slug: string, options: { json?: boolean }) => {
      const config = await readConfig()
      const { showTopic } = await import('./run/curation/topics.ts')
      return showTopic(config, slug, options)
    })
}
