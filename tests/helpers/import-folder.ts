import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { type ImportOptions, runImport } from '../../src/import/run.ts'
import type { TestDatabase } from './database.ts'

/** A line of a rejects file. */
export interface Told {
  file: string
  position?: number
  key?: string | null
  reason?: string
  repaired?: string
}

/** A separate temporary folder, with files to import and a file for rejects. */
export function importFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'paperql-import-'))
  const rejectsPath = join(folder, 'rejects.jsonl')
  return {
    folder,
    rejectsPath,
    /** Writes a file into the folder and returns its path. */
    write(name: string, content: string | Buffer): string {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    /** Imports files; returns the rejects, the notices, and the titles of all records in the catalogue. */
    async load({ url, db }: TestDatabase, files: string[], options: Partial<ImportOptions> = {}) {
      const notices: string[] = []
      const onNotice = (message: string) => notices.push(message)
      const report = await runImport({
        ...{ url, format: 'auto', files, rejectsPath, onNotice },
        ...options,
      })
      const told: Told[] = report.rejectsPath === null ? [] : linesOf(report.rejectsPath)
      const records = await db.query<{ title: string }>(
        sql`select record->>'title' as title from source_records order by 1`,
      )
      return {
        ...{ report, notices, titles: records.map(({ title }) => title) },
        rejects: told.filter(({ reason }) => reason !== undefined),
        repairs: told.filter(({ repaired }) => repaired !== undefined),
      }
    },
  }
}

const linesOf = (path: string): Told[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
