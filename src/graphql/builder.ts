import SchemaBuilder from '@pothos/core'
import type { Context } from './context.ts'

/** The schema builder; it defines no types itself. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
}>({ defaultFieldNullability: false })
