import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { paperLinks } from '../../db/tables/links.ts'
import type { LinkKind } from '../../db/tables/vocabulary.ts'
import type { JsonList } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'

const l = alias(paperLinks, 'l')

/** A page or file about a paper, besides repositories. */
export interface PaperLink {
  /** Its kind and place, with a colon between them: by these it is chosen where the kind is not selected. */
  id: string
  kind: LinkKind
  url: string
  label: string | null
  source: string
}

/** The links of a paper, where they were selected. */
export const linksOf = (paper: Paper): PaperLink[] =>
  (paper as Paper & { links?: PaperLink[] }).links ?? []

/** The links of the paper `paperId`, by kind. */
function paperLinkList(paperId: Sql): JsonList {
  return {
    entity: {
      id: sql`${l.kind} || ':' || ${l.place}`,
      columns: pick(l, 'kind', 'url', 'label', 'source'),
      relations: {},
    },
    from: sql`${l}`,
    condition: sql`${l.paperId} = ${paperId}`,
    order: {
      name: 'paper-links',
      direction: 'asc',
      keys: [{ column: sql`${l.place}`, type: 'integer' }],
      valuesOf: () => [],
    },
    head: () => sql`true`,
  }
}

paperEntity.relations.links = { kind: 'list', list: () => paperLinkList(paperEntity.id) }
