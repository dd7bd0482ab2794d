import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from '../../graphql/index.ts'

export function runPrintSchema(): void {
  process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`)
}
