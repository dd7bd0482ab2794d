import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { LinkClaim, PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { lostDate, publishedFromText } from '../fields/dates.ts'
import { orcidIn, readIdentifiers } from '../fields/identifiers.ts'
import { parseJournalReference } from '../fields/journal-reference.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { hasStandardNumber, type PublicationParts, publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { namesInField } from '../names/byline.ts'
import { readArxivEntry } from './arxiv-entry.ts'
import { arxivIdOf } from './arxiv-oai.ts'
import { separateKeywords, topicsOf } from './keywords.ts'
import { asLinks, webAddress } from './links.ts'
import { accessClaim, accessOfRights, licenceNamed, versionIn } from './open-access.ts'

type Texts = (name: string) => string[]

/** Makes the record of a paper in Dublin Core, which each repository uses in its own way. */
export function readDublinCore(
  metadata: XmlElement,
  { identifier, file }: { identifier: string; file: string },
): PaperRecord | Refusal {
  const all: Texts = (name) =>
    elementsAt(metadata, name).flatMap(({ text }) => cleanText(text) ?? [])
  if (/^oai:arxiv\.org:/i.test(identifier)) return ofArxiv(all, identifier)
  const key = identifier === '' ? null : identifier
  const types = all('type')
  const { identifiers, lost } = readIdentifiers(refsIn(all))
  const kind = kindOf(types, all('source'), identifiers)
  if (kind === null)
    return { key, reason: `a record of the type ${types[0]?.slice(0, 40)} is not a paper` }
  const [title, ...titles] = all('title').flatMap((text) => printedText(text) ?? [])
  if (title === undefined) return { key, reason: 'the record has no title' }
  if (titles.length > 0) lost.push('of several titles the first was kept')
  const abstract = abstractOf(all('description'))
  const published = publishedIn(all('date'), lost)
  const links = linksIn(all('identifier'))
  const pages = [...links, ...linksIn(all('relation')).filter((link) => !/doi\.org\//i.test(link))]
  const landingUrl = pages.find((link) => !isFile(link)) ?? null
  const place = placeOf(all, kind, lost)
  return recordOf({
    ...{ source: 'oai-dc', key: key ?? libraryKey(file, '', title), licence: null },
    ...{ title, abstract, kind, published, identifiers, landingUrl },
    language: languageIn([...new Set(all('language'))].join('; '), lost),
    pdfUrl: links.find(isFile) ?? null,
    authors: all('creator').flatMap((text) => namesIn(text, lost)),
    ...place,
    ...topicsOf(title, abstract, all('subject').filter(isKeyword)),
    repositories: repositoriesIn([...all('description'), ...links].join('\n')),
    ...asLinks(all('relation').flatMap(datasetIn)),
    ...accessIn(all('rights'), types, landingUrl),
    lost,
  })
}

/** Makes the record of arXiv, which states the days of the first and newest version, and the journal reference among the identifiers. */
function ofArxiv(all: Texts, identifier: string): PaperRecord | Refusal {
  const days = all('date').toSorted()
  const [first] = days
  const newest = days.at(-1)
  const remarks = all('description').filter((text) => /^comments?: /i.test(text))
  const places = all('identifier').filter((text) => !/^https?:/i.test(text))
  const isDoi = (text: string) => /^(?:doi:\s*)?10\.\d/i.test(text)
  const lost: string[] = []
  const reading = readArxivEntry({
    keywords: separateKeywords(all('subject')),
    ...{ source: 'arxiv-oai', id: arxivIdOf({ identifier }), title: all('title')[0] },
    abstract: all('description').find((text) => !remarks.includes(text)) ?? '',
    authors: all('creator').flatMap((text) => namesIn(text, lost)),
    lost,
    firstOn: first === undefined ? null : new Date(first),
    categories: [],
    doi: places.filter(isDoi).join(' '),
    comments: remarks.join(' ').replace(/^comments?: /i, ''),
    journalRef: places.find((text) => !isDoi(text)) ?? '',
    licence: all('rights').find((text) => licenceNamed(text) !== null) ?? '',
    versions: [
      ...(first === undefined ? [] : [{ number: 1, on: new Date(first) }]),
      ...(newest === undefined || newest === first ? [] : [{ number: null, on: new Date(newest) }]),
    ],
    statedDays: days,
  })
  return 'reason' in reading ? reading : { ...reading, key: `${reading.key}/dc` }
}

/** Kinds by words in the type, or by its number in COAR's vocabulary; the first match counts. */
const KINDS: [RegExp, PaperKind | null][] = [
  [
    /thes[ie]s|dissertation|doktora|y[uü]ksek lisans|m[eé]moire|habilitation|c_(?:46ec|db06|bdcc|7a1f)$/,
    'thesis',
  ],
  [/book ?(?:part|chapter|section)|c_3248$/, 'chapter'],
  [/pre-?print|working ?paper|c_(?:816b|8042)$/, 'preprint'],
  [/poster|presentation|lecture|c_(?:6670|8544)$/, 'other'],
  [/conference|proceedings|workshop|c_5794$/, 'conference_paper'],
  [
    /article|review$|letter|editorial|\bjournal\b|c_(?:6501|dcae04bc|efa0|545b|b239)$/,
    'journal_article',
  ],
  [/report|c_(?:93fc|18gh|18ws|18op)$/, 'report'],
  [/\bbook\b|monograph|c_2f33$/, 'book'],
  [
    /data ?set|image|photograph|software|sound|video|audio|moving|interactive|physical ?object|\bmap\b|\bscore\b|performance|recording|website|newspaper|patent|collection|c_(?:ddb1|5ce6|c513|12ce|18cc|12cd|15cd|ecc8|8a7e)$/,
    null,
  ],
]

/** Types that state a version or a review, and not a kind. */
const NO_TYPE = /(?:published|accepted|submitted|draft|updated) ?version|peer-? ?reviewed/

/** Kind of a paper; null if the record is not a paper. With a type such as `text`, a series of theses or a PubMed id decides. */
function kindOf(
  types: readonly string[],
  sources: readonly string[],
  identifiers: readonly PaperIdentifier[],
): PaperKind | null {
  const stated = types
    .map((type) => type.toLowerCase().replaceAll('-', ' '))
    .filter((type) => !NO_TYPE.test(type))
  const found = KINDS.find(([form]) => stated.some((type) => form.test(type)))
  if (found) return found[1]
  if (sources.some((source) => /\b(?:theses|dissertations)\b/i.test(source))) return 'thesis'
  return identifiers.some(({ scheme }) => /^pmc?id$/.test(scheme)) ? 'journal_article' : 'other'
}

const linksIn = (texts: readonly string[]) =>
  texts.flatMap((text) => (/^https?:\/\/\S+$/i.test(text) ? text.replaceAll('&amp;', '&') : []))

/** Whether a link leads to a file and not to a page about it. */
const isFile = (link: string) => /\.pdf(?:$|\?)|viewcontent\.cgi/i.test(link)

/** Finds identifiers: texts that name their scheme, DOIs and URLs of papers. Other numbers of libraries are ignored. */
function refsIn(all: Texts): string[] {
  const alternatives = all('relation').flatMap(
    (text) => /^info:eu-repo\/semantics\/altIdentifier\/(\w+\/.+)$/i.exec(text)?.[1] ?? [],
  )
  const others = alternatives.flatMap((text) => {
    const [, scheme = '', value = ''] = /^(\w+)\/(.+)$/.exec(text) ?? []
    if (/^(?:doi|pmid|arxiv|pmcid)$/i.test(scheme))
      return [/^https?:/.test(value) ? value : `${scheme.toLowerCase()}:${value}`]
    return []
  })
  const own = all('identifier').flatMap((text) => {
    if (/^https?:\/\/\S+$/i.test(text)) return [text]
    const [, doi] =
      /^(?:info:)?doi[:/\s]\s*(.+)$/i.exec(text) ?? /^(10\.\d{4,9}\/\S+)$/.exec(text) ?? []
    if (doi !== undefined) return [`doi:${doi}`]
    const [, scheme = '', value = ''] = /^(pmid|pmcid|arxiv):\s*(\S+)$/i.exec(text) ?? []
    return value === '' ? [] : [`${scheme.toLowerCase()}:${value}`]
  })
  return [...own, ...others]
}

/** Minimum length of a certain and of a possible abstract. Remarks such as "International audience" or "12 pages" are shorter. */
const [LONG, SHORTEST] = [200, 60]

/** The first text with the length of an abstract, otherwise the longest text that is longer than a remark. */
function abstractOf(descriptions: readonly string[]): string | null {
  const texts = descriptions
    .flatMap((text) => printedText(text) ?? [])
    .filter((text) => !REMARK.test(text))
  const longest = texts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return texts.find((text) => text.length >= LONG) ?? (longest.length >= SHORTEST ? longest : null)
}

/** Remarks that DSpace and others write beside the abstract. */
const REMARK =
  /^(?:submitted by|made available|approved for entry|comments?:|thesis \(|bibliography:|includes bibliographical|title from|https?:\/\/\S+$|.{0,40}\bno\. of bitstreams)/i

/** The earliest date. Instants count only if there is no other date, as they mostly state when a paper was archived. */
function publishedIn(dates: readonly string[], lost: string[]): PaperRecord['published'] {
  const stated = dates.filter((date) => !/embargo|withheld|restriction/i.test(date))
  const days = stated.filter((date) => !/\d[T ]\d{2}:\d{2}/.test(date))
  const [first] = (days.length > 0 ? days : stated)
    .flatMap((date) => publishedFromText(date.replace(/T.*$/, '')) ?? [])
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
  lost.push(...lostDate(days, first ?? null))
  return first ?? null
}

const ORCID = /[\s([|-]*(?:orcid\W*)?(?:https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX]).*$/i

/** Reads names such as `Lovelace, Ada` and `Ada Lovelace (0000-0002-1825-0097)`, also several separated by semicolons. */
const namesIn = (printed: string, lost: string[]): PaperRecord['authors'] =>
  printed.split(/\s*;\s*/).flatMap((part) => {
    const names = namesInField(part.replace(ORCID, ''), lost)
    const identifiers = orcidIn(ORCID.exec(part)?.[1], lost)
    return names.map((person) => ({
      ...{ ...person, identifiers: names.length === 1 ? identifiers : [], affiliation: null },
    }))
  })

/** Whether a subject is a keyword and not the number of a classification. */
const isKeyword = (subject: string) =>
  !/^(?:info:|ddc:|udc:|https?:|\[[\w.]+\]|\d+(?:\.\d+)*$)/i.test(subject)

/** Source in the notation of OJS, in any language: `Journal of X; Vol. 5 No. 2 (2010): Spring; 10-20` */
const OF_OJS =
  /^(?<container>[^;]{3,200}?)\s*;\s*(?:vol|v|t|bd)\w*\.?\s*(?<volume>[\w-]+),?(?:\s*(?:no|n|nr|núm|issue)\w*\.?º?\s*(?<number>[\w/-]+))?\s*(?:\((?<year>(?:18|19|20)\d\d)\))?[^;]*(?:;\s*(?<pages>[\w-]+))?$/iu

/** ISBN or ISSN with a label: `ISSN: 2049-3630`, `urn:isbn:9783161484100` */
const LABELLED =
  /^(?:urn:|info:eu-repo\/semantics\/altIdentifier\/)?(?:[ep]-?)?is[sb]n\b[\s:/-]*(\S.{0,40})$/i

function placeOf(all: Texts, kind: PaperKind, lost: string[]) {
  const numbers = [...all('source'), ...all('identifier'), ...all('relation')].flatMap((text) => {
    const [, stated] = LABELLED.exec(text) ?? []
    return stated ?? (/^[\dX -]{8,17}$/.test(text) && hasStandardNumber(text) ? text : [])
  })
  const source = all('source').find(
    (text) => !LABELLED.test(text) && !numbers.includes(text) && !/^https?:/i.test(text),
  )
  const read = /^(?:journal|conference|chapter)/.test(kind) ? sourceOf(source ?? '') : {}
  const [publisher] = all('publisher')
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const name = read.container ?? null
  return {
    venue: kind === 'journal_article' ? venueNamed(name, 'journal') : null,
    ...publicationOf(
      {
        ...read,
        publisher: isOfInstitution ? null : publisher,
        institution: isOfInstitution ? publisher : null,
        isbns: numbers,
      },
      lost,
    ),
  }
}

/** Parses a source in the notation of OJS, or one with a year or volume. Other sources, such as series and sizes of paper, give nothing. */
function sourceOf(source: string): PublicationParts {
  const { container, volume, number, pages } = OF_OJS.exec(source)?.groups ?? {}
  if (container !== undefined) return { container, volume, number, pages }
  return /\b(?:1[89]|20)\d\d\b|\bvol\b/i.test(source) ? parseJournalReference(source) : {}
}

/** Data of the paper in the notation of OpenAIRE: `info:eu-repo/semantics/dataset/doi/10.5555/1`. */
function datasetIn(relation: string): LinkClaim[] {
  const [, scheme = '', value = ''] =
    /^info:eu-repo\/semantics\/dataset\/(doi|url|hdl)\/(\S+)$/i.exec(relation) ?? []
  const doi = normaliseIdentifier('doi', scheme.toLowerCase() === 'doi' ? value : '')
  const handle = scheme.toLowerCase() === 'hdl' ? `https://hdl.handle.net/${value}` : value
  const url = webAddress(doi === null ? handle : `https://doi.org/${doi}`)
  return url === null ? [] : [{ kind: 'dataset', url }]
}

/** Open access if a Creative Commons licence is named, or the repository states it; closed if it states that. */
function accessIn(
  rights: readonly string[],
  types: readonly string[],
  url: string | null,
): Pick<PaperRecord, 'openAccess'> {
  const links = rights.flatMap(
    (text) => text.match(/https?:\/\/(?:www\.)?creativecommons\.org\/\S+/gi) ?? [],
  )
  const [licence = null] = links.flatMap((link) => licenceNamed(link) ?? [])
  const status = accessOfRights(rights, licence)
  if (status === null) return {}
  return accessClaim({ status, url, licence, version: versionIn(types) })
}
