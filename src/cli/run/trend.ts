import type { Config } from '../../config.ts'
import { updateTrends } from '../../domain/trending/update.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export interface TrendCliOptions {
  all?: boolean
  json?: boolean
}

export async function runTrend(
  config: Config,
  { all = false, json = false }: TrendCliOptions,
): Promise<void> {
  const report = await withCatalogue(config, ({ url }) => updateTrends(url, { all }))
  const { papers, changed } = report
  console.log(
    json ? JSON.stringify(report) : `Read ${papers} papers; ${changed} have a new trending score.`,
  )
}
