import { refreshSearchWords } from '../domain/search/dictionary.ts'
import { updateTrends } from '../domain/trending/update.ts'
import type { Job } from './schedule.ts'

/** What the server does by itself, in the order of their numbers. A new job takes the next number. */
export function jobsOf(url: string): Job[] {
  return [
    {
      name: 'search-words',
      number: 1,
      // For what an import that was stopped half-way did not count.
      cron: '10 3 * * *',
      run: () => refreshSearchWords(url),
    },
    // After midnight too, so that the ranks of each day are kept.
    { name: 'trending', number: 2, cron: '*/10 * * * *', run: () => updateTrends(url) },
  ]
}
