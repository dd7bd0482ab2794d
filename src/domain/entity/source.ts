import type { Database } from '../../db/client.ts'
import { alias, raw, type Stored, sql } from '../../db/sql.ts'
import { citationEdges } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { IdentifierScheme } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../record/paper-record.ts'
import { identifierUrl } from '../reference/identifier-url.ts'

const c = alias(citationEdges, 'c')

/** Fixed data about a source. */
interface SourceFacts {
  /** The name to credit where its data is shown. */
  name: string
  homepage: string | null
  /** The identifier scheme of the keys of its records. */
  keys?: IdentifierScheme
  /** Licence of citations that come without papers, whose files state none. */
  edgeLicence?: string
  /** Schemes whose pages are those of its records, if their keys are not identifiers. */
  pages?: IdentifierScheme[]
}

const ARXIV = { name: 'arXiv', homepage: 'https://arxiv.org', keys: 'arxiv' } as const
const S2 = {
  name: 'Semantic Scholar',
  homepage: 'https://www.semanticscholar.org',
  keys: 'corpusid',
} as const
/** Papers with Code went offline in July 2025; only its dumps remain. */
const PWC = { name: 'Papers with Code', homepage: null }
const PUBMED = {
  name: 'PubMed',
  homepage: 'https://pubmed.ncbi.nlm.nih.gov',
  pages: ['pmid'] satisfies IdentifierScheme[],
}
const HF = { name: 'Hugging Face', homepage: 'https://huggingface.co/papers' }

const SOURCES: Record<string, SourceFacts> = {
  'acl-anthology': { name: 'ACL Anthology', homepage: 'https://aclanthology.org', keys: 'acl' },
  arxiv: ARXIV,
  'arxiv-atom': ARXIV,
  'arxiv-oai': { name: ARXIV.name, homepage: ARXIV.homepage, pages: ['arxiv'] },
  bibtex: { name: 'BibTeX files', homepage: null, pages: ['acl', 'pmlr', 'openreview'] },
  crossref: { name: 'Crossref', homepage: 'https://www.crossref.org', keys: 'doi' },
  'crossref-notices': { name: 'Crossref', homepage: 'https://www.crossref.org' },
  'csl-json': { name: 'CSL-JSON files', homepage: null },
  csv: { name: 'tables of papers', homepage: null },
  'cv-daily': { name: 'CV arXiv Daily', homepage: 'https://github.com/Vincentqyw/cv-arxiv-daily' },
  datacite: { name: 'DataCite', homepage: 'https://datacite.org', keys: 'doi' },
  demo: { name: 'demonstration data (made up)', homepage: null },
  'endnote-xml': { name: 'EndNote files', homepage: null },
  'hf-daily': { ...HF, pages: ['hf'] },
  'hf-listing': HF,
  jats: { name: 'JATS files', homepage: null, pages: ['doi', 'pmcid'] },
  nbib: PUBMED,
  'oai-dc': { name: 'OAI-PMH repositories', homepage: null },
  openalex: { name: 'OpenAlex', homepage: 'https://openalex.org', keys: 'openalex' },
  openreview: { name: 'OpenReview', homepage: 'https://openreview.net', pages: ['openreview'] },
  orcid: { name: 'ORCID', homepage: 'https://orcid.org' },
  paperlists: {
    name: 'Paper Copilot',
    homepage: 'https://papercopilot.com',
    pages: ['acl', 'openreview', 'pmlr'],
  },
  pwc: PWC,
  'pwc-links': PWC,
  'pwc-methods': PWC,
  'pubmed-xml': PUBMED,
  'retraction-watch': { name: 'Retraction Watch', homepage: 'https://retractionwatch.com' },
  ris: { name: 'RIS and tagged files', homepage: null },
  ror: { name: 'ROR', homepage: 'https://ror.org' },
  s2: { ...S2, edgeLicence: 'ODC-BY-1.0' },
  's2-abstracts': S2,
  's2-tldrs': S2,
}

/** The name to credit for a source; for an unknown source, its code. */
export function sourceName(source: string): string {
  return SOURCES[source]?.name ?? source
}

/** The home page of a source; null if none is known. */
export function sourceHomepage(source: string): string | null {
  return SOURCES[source]?.homepage ?? null
}

/** The page of a record at its source; null if it has none or it cannot be derived. */
export function recordUrl(
  source: string,
  key: string,
  identifiers: readonly PaperIdentifier[],
): string | null {
  const { keys, pages = [] } = SOURCES[source] ?? {}
  if (keys) return identifierUrl(keys, key)
  const found = pages.flatMap((page) => identifiers.filter(({ scheme }) => scheme === page))
  return found[0] ? identifierUrl(found[0].scheme, found[0].value) : null
}

/** The licence of citations that a source provides without papers; null if none is known. */
export function edgeLicence(source: string): string | null {
  return SOURCES[source]?.edgeLicence ?? null
}

/** The contribution of one source to the catalogue under one licence. */
export type CatalogueSource = Stored<typeof sourceRecords, 'source' | 'licence'> & {
  /** Number of records of papers, and of the papers that have them. */
  recordCount: number
  paperCount: number
}

/** The sources in a table, found by one index lookup for each. */
const sourcesOf = (table: string) => sql`(
  with recursive found as (
    select min(source) as source from ${raw(table)}
    union all
    select (select min(t.source) from ${raw(table)} t where t.source > f.source) from found f
    where f.source is not null)
  select f.source, (select t.licence from ${raw(table)} t where t.source = f.source limit 1) as licence
  from found f where f.source is not null)`

const EDGE_LICENCES = JSON.stringify(
  Object.entries(SOURCES).flatMap(([source, { edgeLicence: licence }]) =>
    licence ? [{ source, licence }] : [],
  ),
)

/** The sources of the catalogue by licence, those with the most records first. Sources without records of papers come last. One statement. */
export function listSources(db: Database): Promise<CatalogueSource[]> {
  return db.query<CatalogueSource>(sql`
    with of_papers as (
      select ${sourceRecords.source}, ${sourceRecords.licence}, count(*) as records, count(distinct paper_id) as papers
      from ${sourceRecords} where ${sourceRecords.paperId} is not null group by ${sourceRecords.source}, ${sourceRecords.licence}
    ), others as (
      select * from ${sourcesOf('author_records')} a
      union select * from ${sourcesOf('topic_records')} t
      union select * from ${sourcesOf('institution_records')} i
      union select e.source, e.licence
      from jsonb_to_recordset(${EDGE_LICENCES}::text::jsonb) as e(source text, licence text)
      where exists (select from ${c} where ${c.source} = e.source)
    )
    select source, licence, records as "recordCount", ${papers} as "paperCount" from of_papers
    union all
    select o.source, o.licence, 0, 0 from others o where not exists (
      select from of_papers p where p.source = o.source and p.licence is not distinct from o.licence)
    order by "recordCount" desc, source, licence`)
}
