import { alias, pick, sql } from '../../db/sql.ts'
import { paperOpenAccess } from '../../db/tables/links.ts'
import type { OpenAccessStatus, TextVersion } from '../../db/tables/vocabulary.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'

const o = alias(paperOpenAccess, 'o')

/** Whether everybody may read a paper, and where best. */
export interface OpenAccess {
  status: OpenAccessStatus
  url: string | null
  licence: string | null
  version: TextVersion | null
  source: string
}

/** What is known of access to a paper, where that was selected. */
export const openAccessOf = (paper: Paper): OpenAccess | null =>
  (paper as Paper & { openAccess?: OpenAccess | null }).openAccess ?? null

paperEntity.relations.openAccess = {
  kind: 'one',
  entity: {
    id: sql`${o.paperId}`,
    columns: pick(o, 'status', 'url', 'licence', 'version', 'source'),
    relations: {},
  },
  from: sql`${o}`,
  condition: sql`${o.paperId} = ${paperEntity.id}`,
}
