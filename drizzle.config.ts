import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/db/tables.ts',
    './src/db/citation-tables.ts',
    './src/db/import-tables.ts',
    './src/db/profile-tables.ts',
    './src/db/repository-tables.ts',
    './src/db/search-tables.ts',
    './src/db/sync-tables.ts',
  ],
  out: './migrations',
})
