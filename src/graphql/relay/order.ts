import { builder } from '../builder.ts'
import { enumOf } from '../enums.ts'
import { withShortForm } from '../input-forms.ts'

const OrderDirectionEnum = enumOf('OrderDirection', 'Sort direction.', ['asc', 'desc'], {
  asc: 'Ascending: smallest, earliest or A first.',
  desc: 'Descending: largest, latest or Z first.',
})

/** The `order` argument of a list, with an input type created by `orderInput`. */
export type OrderArgument<Field> = { field: Field; direction: 'asc' | 'desc' } | null | undefined

/** Creates the input type `<name>Order` and the enum of its fields. */
export function orderInput<const Field extends string>(
  name: string,
  plural: string,
  fields: Record<Field, string>,
) {
  const words = Object.keys(fields) as Field[]
  const fieldEnum = enumOf(`${name}OrderField`, `Sort key of ${plural}.`, words, fields)
  return builder.inputType(`${name}Order`, {
    ...withShortForm('field'),
    description: `The order of a list of ${plural}. Ties are broken by id.`,
    fields: (t) => ({
      field: t.field({ type: fieldEnum, required: true, description: 'Sort key.' }),
      direction: t.field({
        type: OrderDirectionEnum,
        required: true,
        defaultValue: 'desc',
        description: 'Direction.',
      }),
    }),
  })
}
