export { migrate } from '../../src/db/schema/migrate.ts'
export { updateTrends } from '../../src/domain/trending/update.ts'
