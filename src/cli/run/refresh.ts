import type { Config } from '../../config.ts'
import { learnNames } from '../../domain/search/naming/learn.ts'
import { settlePeople } from '../../domain/write/authors/evidence/settle.ts'
import { followPrecedence } from '../../domain/write/precedence.ts'
import { followTopicRules } from '../../domain/write/topic-rules.ts'
import type { OnStep } from '../../sql/progress.ts'
import { createProgress } from '../base/progress.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export function runRefresh(config: Config): Promise<void> {
  const progress = createProgress(process.stderr, false)
  const work = async ({ url }: { url: string }, signal: AbortSignal) => {
    const isDone = await refresh(url, { signal, onStep: progress.step })
    progress.end()
    if (isDone)
      console.log(
        'All papers, topics, authors and names of methods follow the rules of this version.',
      )
  }
  return withCatalogue(config, work, { endsItself: true }).finally(progress.end)
}

/** Returns whether it finished. */
async function refresh(
  url: string,
  options: { signal: AbortSignal; onStep: OnStep },
): Promise<boolean> {
  const { signal } = options
  await followPrecedence(url, options)
  if (!signal.aborted) await followTopicRules(url, options)
  if (!signal.aborted) await settlePeople(url, options)
  if (!signal.aborted) await learnNames(url, options)
  return !signal.aborted
}
