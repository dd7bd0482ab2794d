import type { GraphiQLOptions } from 'graphql-yoga'

/** What the editor holds when it is opened for the first time. */
export const defaultQuery = `{
  __typename
}
`

/** Options of the page at /graphql. */
export function graphiqlOptions(): GraphiQLOptions {
  return { title: 'paperql', defaultQuery, shouldPersistHeaders: false }
}

/** Renders the page once, from files of this machine only; they are large, so not before somebody asks for it. */
export function createGraphiqlRenderer(): (options: GraphiQLOptions) => Promise<string> {
  let page: Promise<string> | undefined
  return (options) => {
    page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
      renderGraphiQL(options),
    )
    return page
  }
}
