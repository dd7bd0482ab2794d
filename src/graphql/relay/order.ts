import { builder } from '../builder.ts'
import { enumOf } from '../enums.ts'

const OrderDirectionEnum = enumOf(
  'OrderDirection',
  'Which end of an order comes first.',
  ['asc', 'desc'],
  {
    asc: 'The smallest, the earliest or A first.',
    desc: 'The largest, the latest or Z first.',
  },
)

/** Makes the input type by which a list is ordered, `<name>Order`, and the enum of its fields. */
export function orderInput<const Field extends string>(
  name: string,
  plural: string,
  fields: Record<Field, string>,
) {
  const words = Object.keys(fields) as Field[]
  const fieldEnum = enumOf(`${name}OrderField`, `By what ${plural} are ordered.`, words, fields)
  return builder.inputType(`${name}Order`, {
    description: `The order of a list of ${plural}. Equal ones are told apart by their ids.`,
    fields: (t) => ({
      field: t.field({ type: fieldEnum, required: true, description: 'By what.' }),
      direction: t.field({
        type: OrderDirectionEnum,
        required: true,
        defaultValue: 'desc',
        description: 'Which end comes first.',
      }),
    }),
  })
}
