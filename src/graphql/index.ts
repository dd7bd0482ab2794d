import { builder } from './builder.ts'

builder.queryType({
  description: 'What can be read.',
  fields: (t) => ({
    version: t.string({ description: 'Version of paperql.', resolve: () => '0.1.0' }),
  }),
})

/** The executable schema. */
export const schema = builder.toSchema()
