import { CITATION_INTENTS, type CitationIntent } from '../../db/tables/vocabulary.ts'
import type {
  PaperIdentifier,
  PaperRecord,
  ReferenceClaim,
} from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import type { CitationEdge } from '../../domain/write/relations/edges.ts'
import { distinctIdentifiers, readIdentifiers } from '../fields/identifiers.ts'
import { type Json, list, object, objects, text } from '../input/json.ts'
import { cleanText, type EdgeReading, type Refusal } from '../input/outcome.ts'

export function corpusId(value: unknown): string | null {
  return normaliseIdentifier('corpusid', typeof value === 'number' ? String(value) : text(value))
}

/** Corpus id of a paper, which the API states in one of two places. */
export const numberOf = (entry: Json): string | null =>
  corpusId(entry.corpusid ?? object(entry.externalids).CorpusId)

/** Renames fields of an API entry to the lower-case names of the datasets. */
export const inDatasetTerms = (entry: Json): Json =>
  Object.fromEntries(Object.entries(entry).map(([key, value]) => [key.toLowerCase(), value]))

export function identifiersOf(entry: Json, lost: string[]): PaperIdentifier[] {
  const ids = object(entry.externalids)
  const number = numberOf(entry)
  const prefixed = (scheme: string, value: unknown) => {
    const id = typeof value === 'number' ? String(value) : text(value)
    return id === '' ? [] : [`${scheme}:${id}`]
  }
  const sha = /^https?:\/\/www\.semanticscholar\.org\/paper\/([0-9a-f]{40})$/.exec(
    text(entry.url),
  )?.[1]
  const read = readIdentifiers([
    ...prefixed('doi', ids.DOI),
    ...prefixed('arxiv', ids.ArXiv),
    ...prefixed('acl', ids.ACL),
    ...prefixed('dblp', ids.DBLP),
    ...prefixed('pmid', ids.PubMed),
    ...prefixed('pmcid', ids.PubMedCentral),
    ...prefixed('s2', sha ?? text(entry.paperid)),
    ...prefixed('corpusid', number === null ? entry.corpusid : null),
  ])
  lost.push(...read.lost)
  return distinctIdentifiers([
    ...(number === null ? [] : [{ scheme: 'corpusid' as const, value: number }]),
    ...read.identifiers,
  ])
}

/** References of a paper in an API response. Those that Semantic Scholar did not find have only a title. */
export function referencesIn(entry: Json, lost: string[]): Pick<PaperRecord, 'references'> {
  const references = objects(entry.references).map((cited): ReferenceClaim => {
    const work = inDatasetTerms(cited)
    return { identifiers: identifiersOf(work, lost), title: cleanText(work.title) }
  })
  return references.length > 0 ? { references } : {}
}

/** Schemes by which most sources know a paper, the most common first. */
const BEST = ['doi', 'arxiv', 'corpusid', 's2']

const bestOf = (identifiers: readonly PaperIdentifier[]): PaperIdentifier | undefined =>
  BEST.flatMap((name) => identifiers.filter(({ scheme }) => scheme === name))[0] ?? identifiers[0]

const NAMELESS = 'citations by papers without an identifier were left out'

/** Citations of a paper that an API response lists. */
export function citationsOf(cited: PaperRecord, entry: Json, lost: string[]): CitationEdge[] {
  const own = bestOf(cited.identifiers)
  return objects(entry.citations).flatMap((paper): CitationEdge[] => {
    const citing = bestOf(identifiersOf(inDatasetTerms(paper), lost))
    const isNamed = citing !== undefined && own !== undefined
    if (!isNamed) lost.push(NAMELESS)
    return isNamed && citing.value !== own.value ? [{ citing, cited: own }] : []
  })
}

/** Reads an entry of the dataset of citations. It is rejected if one end is unknown. */
export function readCitation(entry: Json): EdgeReading | Refusal {
  const [citing, cited] = [corpusId(entry.citingcorpusid), corpusId(entry.citedcorpusid)]
  const key = corpusId(entry.citationid)
  if (citing === null || cited === null)
    return { key, reason: 'the citation lacks one of its ends' }
  if (citing === cited) return { key, reason: 'the paper cites itself' }
  return {
    source: 's2',
    edge: {
      citing: { scheme: 'corpusid', value: citing },
      cited: { scheme: 'corpusid', value: cited },
      isInfluential: typeof entry.isinfluential === 'boolean' ? entry.isinfluential : null,
      intents: intentsOf(entry.intents),
      ...contextsOf(entry.contexts),
    },
  }
}

/** Citing sentences. */
function contextsOf(value: unknown): { contexts?: string[] } {
  const contexts = list(value).flatMap((context) => cleanText(context) ?? [])
  return contexts.length > 0 ? { contexts } : {}
}

/** Citation intents, which the datasets list for each citing sentence; some lists are null. */
function intentsOf(value: unknown): CitationIntent[] {
  const named = list(value)
    .flat()
    .map((intent) => text(intent).toLowerCase())
  return CITATION_INTENTS.filter((intent) => named.includes(intent))
}
