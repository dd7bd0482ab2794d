/** Requests of real clients, taken from their sources. Every peer gets the same requests, from each client in turn. */
const JSON_BODY = { 'content-type': 'application/json' }

const CLIENTS = [
  {
    name: '@apollo/client',
    headers: {
      ...JSON_BODY,
      accept: 'application/graphql-response+json,application/json;q=0.9',
    },
    extras: { extensions: { clientLibrary: { name: '@apollo/client', version: '4.3.8' } } },
  },
  {
    name: 'urql',
    headers: {
      ...JSON_BODY,
      accept:
        'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    },
    extras: {},
  },
  {
    name: 'graphql-request',
    headers: {
      ...JSON_BODY,
      accept: 'application/graphql-response+json, application/json',
    },
    extras: {},
  },
  { name: 'gql (Python)', headers: { ...JSON_BODY, accept: '*/*' }, extras: {} },
]

/** A request as client number `index` of the list would send it. */
export function requestOf(index, query, variables) {
  const { headers, extras } = CLIENTS[index % CLIENTS.length]
  return { headers, body: JSON.stringify({ query, variables, ...extras }) }
}

/** A request that is not GraphQL, with the headers of the same client. */
export function plainRequestOf(index, value) {
  return { headers: CLIENTS[index % CLIENTS.length].headers, body: JSON.stringify(value) }
}
