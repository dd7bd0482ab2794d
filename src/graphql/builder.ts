import SchemaBuilder from '@pothos/core'
import type { Context } from './context.ts'

/** TypeScript types of the schema's values. */
interface SchemaTypes {
  Context: Context
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string | number }
    Date: { Input: string; Output: string }
    DateTime: { Input: Date; Output: string | Date }
    Month: { Input: string; Output: string }
    Week: { Input: string; Output: string }
    URL: { Input: URL; Output: string | URL }
  }
}

/** The same, with Pothos's defaults. */
export type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>

/** The schema builder; it defines no types itself. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false })
