import { someRecord } from '../input/head.ts'
import { isListed, isObject } from '../input/json.ts'
import type { Format } from './format.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

const CSL_TYPE =
  /^(?:article|article-journal|article-magazine|article-newspaper|paper-conference|chapter|book|thesis|report|manuscript|speech|webpage|dataset|document|software|entry.*|post.*|review.*|collection|standard|periodical|patent|event)$/

/** Field names that only Semantic Scholar's API uses. */
const S2_API = ['paperId', 'citingPaper', 'citedPaper', 'authorId']

const isConference = (r: Record<string, unknown>) =>
  isText(r.id) || ['track', 'status', 'site', 'author_site'].some((name) => name in r)

/** Formats of JSON, in the order in which `auto` tries them. */
export const JSON_FORMATS: Format[] = [
  {
    name: 'paperql',
    description: 'output of paperql export jsonl: complete records of any source',
    kind: 'json',
    expected: 'lines written by paperql export jsonl',
    load: async () => (await import('../sources/paperql.ts')).readPaperql,
    recognises: (head) =>
      someRecord(
        head,
        (r) => 'paperql' in r || ('fetchedAt' in r && ('record' in r || 'profile' in r)),
      ),
  },
  {
    name: 'openreview',
    description: 'submissions at OpenReview with decisions and reviews: responses of its API',
    kind: 'json',
    expected: "notes of OpenReview's API, with id, forum and content",
    load: async () => (await import('../sources/openreview.ts')).readOpenreview,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          isText(r.id) &&
          ((isObject(r.content) && (isText(r.forum) || 'invitations' in r)) ||
            (isObject(r.note) && isText(r.invitation))),
      ),
  },
  {
    name: 'paperlists',
    description: 'Paper Copilot conference lists: a JSON array of papers',
    kind: 'json',
    expected: 'a JSON array of papers',
    load: async () => (await import('../sources/paperlists.ts')).readPaperlist,
    recognises: (head) =>
      head.isArray &&
      someRecord(
        head,
        (r) =>
          isText(r.title) &&
          !CSL_TYPE.test(String(r.type)) &&
          (isText(r.author) || isText(r.author_site) || 'track' in r),
      ) &&
      // Conference lists have bylines as text, and ids or a decision.
      !someRecord(head, (r) => isListed(r) && (Array.isArray(r.author) || !isConference(r))),
  },
  {
    name: 'arxiv',
    description: "arXiv's metadata snapshot (Kaggle): one JSON object a line",
    kind: 'json',
    expected: 'JSON objects with id, authors_parsed, categories and versions',
    load: async () => (await import('../sources/arxiv.ts')).readArxiv,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && ('authors_parsed' in r || isText(r.categories))),
  },
  {
    name: 'hf-daily',
    description: 'Hugging Face daily papers: responses of the API',
    kind: 'json',
    expected: 'JSON objects with a paper that has an arXiv id',
    load: async () => (await import('../sources/hf-daily.ts')).readHfDaily,
    recognises: (head) =>
      someRecord(head, (r) => {
        const paper = isObject(r.paper) ? r.paper : r
        if (/^https:\/\/huggingface\.co\/papers\//.test(String(r.paper_url))) return true
        return isText(paper.id) && ('upvotes' in paper || 'submittedOnDailyAt' in paper)
      }),
  },
  {
    name: 'pwc',
    description: 'Papers with Code dumps: papers-with-abstracts, links to code, methods',
    kind: 'json',
    expected: 'a JSON array of papers, links or methods with a paperswithcode.com address',
    load: async () => (await import('../sources/pwc.ts')).readPwc,
    recognises: (head) =>
      someRecord(
        head,
        (r) => isText(r.paper_url) || ('introduced_year' in r && isText(r.full_name)),
      ),
  },
  {
    name: 'cv-daily',
    description: '"arXiv daily" lists: topic → arXiv id → row of a Markdown table',
    kind: 'json',
    expected: 'a JSON object of topics, each with arXiv ids and rows of a Markdown table',
    load: async () => (await import('../sources/cv-daily.ts')).readCvDaily,
    recognises: (head) =>
      /^\s*\{\s*"[^"\n]{1,200}"\s*:\s*\{\s*(?:\}|"[\w./-]{1,40}"\s*:\s*"\s*\|)/.test(head.text),
  },
  {
    name: 'crossref',
    description: 'works of Crossref: responses of its API and public data files',
    kind: 'json',
    expected: 'JSON objects with DOI, type and a list of titles',
    load: async () => (await import('../sources/crossref.ts')).readCrossref,
    recognises: (head) =>
      someRecord(head, (r) => {
        const work = isObject(r.message) ? r.message : r
        // CSL-JSON of reference managers has an id beside the DOI.
        return (
          isText(work.DOI) && !('id' in work) && (Array.isArray(work.title) || 'indexed' in work)
        )
      }),
  },
  {
    name: 'datacite',
    description: 'works of DataCite: API responses, its data file, DataCite JSON of archives',
    kind: 'json',
    expected: 'JSON objects with a DOI and lists of titles and creators',
    load: async () => (await import('../sources/datacite.ts')).readDatacite,
    recognises: (head) =>
      someRecord(head, (r) => {
        const data = isObject(r.data) ? r.data : r
        const work = isObject(data.attributes) ? data.attributes : data
        return Array.isArray(work.titles) && (Array.isArray(work.creators) || isText(work.doi))
      }),
  },
  {
    name: 'orcid',
    description: 'persons of ORCID: JSON records of its API',
    kind: 'json',
    expected: 'JSON objects with orcid-identifier and person',
    load: async () => (await import('../sources/orcid.ts')).readOrcid,
    recognises: (head) => someRecord(head, (r) => isObject(r['orcid-identifier'])),
  },
  {
    name: 'openalex',
    description: 'works, authors and topics of OpenAlex: files of its snapshot and API responses',
    kind: 'json',
    expected: 'JSON objects with the id of a work, author or topic at openalex.org',
    load: async () => (await import('../sources/openalex.ts')).readOpenAlex,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && /^https:\/\/openalex\.org\/\w\d+$/.test(r.id)),
  },
  {
    name: 'ror',
    description: 'institutions of ROR: its data dump and API responses',
    kind: 'json',
    expected: 'JSON objects with the id of an organisation at ror.org',
    load: async () => (await import('../sources/ror.ts')).readRor,
    recognises: (head) =>
      someRecord(head, (r) => isText(r.id) && /^https?:\/\/ror\.org\/\w+$/.test(r.id)),
  },
  {
    name: 's2',
    description:
      'datasets and API responses of Semantic Scholar: papers, abstracts, tldrs, authors, citations',
    kind: 'json',
    expected: 'JSON objects with a corpusid, an authorid, or the ids of both ends of a citation',
    load: async () => (await import('../sources/s2.ts')).readS2,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          'corpusid' in r ||
          'citingcorpusid' in r ||
          'authorid' in r ||
          S2_API.some((name) => name in r),
      ),
  },
  {
    name: 'csl-json',
    description: 'CSL-JSON, as Zotero and other reference managers export it',
    kind: 'json',
    expected: 'a JSON array of items with a type and a title',
    load: async () => (await import('../sources/csl-json.ts')).readCslJson,
    recognises: (head) =>
      someRecord(
        head,
        (r) =>
          (isText(r.title) || Array.isArray(r.title)) &&
          (CSL_TYPE.test(String(r.type))
            ? ['id', 'issued', 'author', 'container-title', 'DOI', 'URL'].some((name) => name in r)
            : isText(r['container-title']) || (isObject(r.issued) && 'date-parts' in r.issued)),
      ),
  },
  {
    name: 'json-list',
    description: 'lists of papers of any program, with title, author, year, doi and the like',
    kind: 'json',
    expected: 'JSON objects with a title, authors and a year, abstract, DOI or address',
    load: async () => (await import('../sources/json-list.ts')).readJsonList,
    async recognises(head) {
      if (head.kind !== 'json' || someRecord(head, isListed)) return head.kind === 'json'
      const { placesInHead } = await import('../sources/json-places.ts')
      return placesInHead(Buffer.from(head.text)).length > 0
    },
  },
]
