import type { Config } from '../../config.ts'
import { learnNames } from '../../domain/search/naming/learn.ts'
import { settlePeople } from '../../domain/write/authors/settle.ts'
import { followPrecedence } from '../../domain/write/precedence.ts'
import { followTopicRules } from '../../domain/write/topic-rules.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export function runRefresh(config: Config): Promise<void> {
  return withCatalogue(config, refresh, { endsItself: true })
}

async function refresh({ url }: { url: string }, signal: AbortSignal): Promise<void> {
  const options = { signal, tell: (message: string) => console.error(message) }
  await followPrecedence(url, options)
  if (!signal.aborted) await followTopicRules(url, options)
  if (!signal.aborted) await settlePeople(url, options)
  if (!signal.aborted) await learnNames(url, options)
  if (!signal.aborted)
    console.log(
      'All papers, topics, authors and names of methods follow the rules of this version.',
    )
}
