import type { Config } from '../../config.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export function runMigrate(config: Config): Promise<void> {
  return withCatalogue({ ...config, autoMigrate: true }, async ({ place }) => {
    console.log(`${place} has the newest schema.`)
  })
}
