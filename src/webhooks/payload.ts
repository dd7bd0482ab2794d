import type { Change } from '../domain/changes/read.ts'
import type { RunDocument } from '../run-document.ts'
import { globalId } from '../sql/global-id.ts'

/** A paper as shown in messages. */
const PAPERS = /* GraphQL */ `
  query WebhookPapers($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Paper {
        id
        title
        publishedOn
        url
        identifiers {
          scheme
          value
        }
        authorCount
        hasMoreAuthors
        authorships(first: 10) {
          nodes {
            name
          }
        }
        venue {
          slug
          name
        }
        topics(first: 10) {
          nodes {
            slug
          }
        }
        repositories(first: 3) {
          nodes {
            url
          }
        }
      }
    }
  }
`

interface Paper {
  id: string
  title: string
  publishedOn: string | null
  url: string | null
  identifiers: { scheme: string; value: string }[]
  authorCount: number
  hasMoreAuthors: boolean
  authorships: { nodes: { name: string }[] }
  venue: { slug: string; name: string } | null
  topics: { nodes: { slug: string }[] }
  repositories: { nodes: { url: string }[] }
}

/** Reads the papers of changes, without deleted ones. */
async function papersOf(
  runDocument: RunDocument,
  changes: readonly Change[],
): Promise<Map<string, Paper>> {
  const ids = [...new Set(changes.map(({ paperId }) => globalId('Paper', paperId)))]
  const { data, errors } = await runDocument<{ nodes: (Paper | null)[] }>(PAPERS, { ids })
  if (!data?.nodes || errors.length > 0)
    throw new Error(`Papers of webhooks could not be read: ${errors[0]?.message}`)
  return new Map(
    data.nodes.flatMap((paper, i) => (paper ? [[ids[i] as string, paper] as const] : [])),
  )
}

export interface Payload {
  type: string
  body: string
}

/** Creates the messages of changes: the change, and the current state of the paper. */
export async function payloadsOf(
  runDocument: RunDocument,
  publicUrl: string,
  changes: readonly Change[],
): Promise<Payload[]> {
  const papers = changes.length > 0 ? await papersOf(runDocument, changes) : new Map()
  return changes.map((change) => {
    const { paperId, otherPaperId, repositoryId, kind, at } = change
    const id = globalId('Paper', paperId)
    const type = `paper.${kind}`
    const data = {
      cursor: change.cursor,
      kind: kind.toUpperCase(),
      paperId: id,
      otherPaperId: otherPaperId && globalId('Paper', otherPaperId),
      repositoryId: repositoryId && globalId('Repository', repositoryId),
      fields: change.fields,
      citationCount: change.citationCount,
      version: change.version,
      on: change.happenedOn,
      paper: shownOf(papers.get(id), publicUrl),
    }
    return { type, body: JSON.stringify({ type, timestamp: new Date(at).toISOString(), data }) }
  })
}

function shownOf(paper: Paper | undefined, publicUrl: string) {
  if (!paper) return null
  const { authorships, topics, repositories, url, ...shown } = paper
  return {
    ...shown,
    url: `${publicUrl}/papers/${encodeURIComponent(paper.id)}`,
    sourceUrl: url,
    authors: authorships.nodes.map(({ name }) => name),
    topics: topics.nodes.map(({ slug }) => slug),
    repositories: repositories.nodes.map(({ url }) => url),
  }
}
