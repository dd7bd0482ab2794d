import type { Config } from '../../config.ts'
import { withCatalogue } from '../base/with-catalogue.ts'

export function runMigrate(config: Config): Promise<void> {
  const tell = async ({ place }: { place: string }) =>
    console.log(`${place} has the newest schema.`)
  return withCatalogue({ ...config, autoMigrate: true }, tell, { makes: true })
}
