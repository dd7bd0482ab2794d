import type { AuthorClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { quote } from '../../errors.ts'
import { findIdentifiers, orcidIn } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { latexToText } from '../fields/latex.ts'
import {
  cleanText,
  type Outcome,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import {
  elementsAt,
  incompleteRecord,
  parseXmlEntry,
  readXmlParts,
  type XmlElement,
  type XmlPart,
} from '../input/xml-records.ts'
import { awardsIn, eventsIn, fileIn, linksIn, repositoriesOf } from './acl-statements.ts'
import {
  type AclPlace,
  type AclVolume,
  aclIdOf,
  personOf,
  publicationIn,
  readAclVolume,
} from './acl-volume.ts'
import { topicsOf } from './keywords.ts'
import { asEvents, asLinks } from './links.ts'

const SOURCE = 'acl-anthology'

/** Reads collections of the ACL Anthology, the files in `data/xml` of its repository: volumes with papers. */
export async function* readAclAnthology(text: AsyncIterable<Buffer>): AsyncGenerator<Outcome> {
  let place: AclPlace = { collection: null, volume: null, isJournal: false, meta: null, read: null }
  let position = 0
  const parts = readXmlParts(text, {
    elements: ['paper', 'meta'],
    startTags: ['collection', 'volume', 'event'],
  })
  for await (const part of parts) {
    const { name, xml } = part
    if (name === 'paper') yield { position: position++, ...readPaper(part, place) }
    else if (name !== 'meta') place = placeAfter(place, name, xml ?? '')
    // An event also has a <meta>.
    else if (place.volume !== null) place = { ...place, meta: parsed(xml), read: null }
  }
}

/** The place after a start tag. */
function placeAfter(place: AclPlace, name: string, tag: string): AclPlace {
  const { id = null, type } = parsed(tag.replace(/\/?>$/, '/>'))?.attributes ?? {}
  const within = { volume: null, isJournal: false, meta: null, read: null }
  if (name === 'collection') return { collection: idFrom(id), ...within }
  if (name === 'event') return { ...place, ...within }
  return { ...place, ...within, volume: idFrom(id), isJournal: type === 'journal' }
}

/** Reads an id of the Anthology, which is a part of file names. */
const idFrom = (id: string | null | undefined) =>
  /^[\w.-]{1,60}$/.test(id?.trim() ?? '') ? (id?.trim() ?? null) : null

function parsed(xml: string | null): XmlElement | null {
  const read = xml === null ? null : parseXmlEntry(withPlainFormulas(xml), 'meta')
  return read === null || 'reason' in read ? null : read
}

type Reading = { record: PaperRecord; repairs: string[] } | { reject: Refusal }

function readPaper(part: XmlPart, place: AclPlace): Reading {
  const { xml, repairs } = part
  const refuse = (reason: string, key: string | null = null): Reading => ({
    reject: { key, reason },
  })
  if (xml === null) return { reject: incompleteRecord(part, 'paper') }
  const paper = parseXmlEntry(withPlainFormulas(xml), 'paper')
  if ('reason' in paper) return { reject: paper }
  if (place.collection === null || place.volume === null)
    return refuse('the paper is not in a <volume> with an id in a <collection> with an id')
  place.read ??= readAclVolume(place.collection, place.volume, place)
  const volume = place.read
  const number = paper.attributes.id?.trim() ?? ''
  const id = /^\d{1,5}$/.test(number)
    ? normaliseIdentifier('acl', aclIdOf(volume, String(Number(number))))
    : null
  if (id === null) return refuse('the paper has no number, or its volume has no valid id')
  const title = cleanText(elementsAt(paper, 'title')[0]?.text)
  if (title === null) return refuse('the paper has no title', id)
  const lost = [...volume.lost]
  const record = asRecord(paper, { id, title, volume }, lost)
  return { record, repairs: [...repairs, ...repairsOf(paper, record, place)] }
}

function repairsOf(paper: XmlElement, { identifiers }: PaperRecord, { meta }: AclPlace): string[] {
  const doi = elementsAt(paper, 'doi')[0]?.text.trim() ?? ''
  const isRead = doi === '' || identifiers.some(({ scheme }) => scheme === 'doi')
  return [
    ...(meta === null ? ['the <meta> of the volume cannot be read: its venue is not known'] : []),
    ...(isRead ? [] : [`${quote(doi.slice(0, 100))} in <doi> is not a DOI`]),
  ]
}

function asRecord(
  paper: XmlElement,
  { id, title, volume }: { id: string; title: string; volume: AclVolume },
  lost: string[],
): PaperRecord {
  const first = (name: string) => cleanText(elementsAt(paper, name)[0]?.text)
  const abstract = first('abstract')
  const events = eventsIn(paper, lost)
  const pdfUrl = fileIn(first('url') ?? '', { ending: '.pdf' }, lost)
  const isBackMatter = paper.attributes.type === 'backmatter'
  const awards = awardsIn(paper, volume)
  return recordOf({
    source: SOURCE,
    key: id,
    licence: volume.licence,
    title,
    abstract,
    kind: isBackMatter ? 'other' : volume.kind,
    published: volume.published,
    eventYear: volume.eventYear,
    language: languageIn(first('language') ?? '', lost),
    isRetracted: events.some(({ kind }) => kind === 'retraction'),
    landingUrl: `https://aclanthology.org/${id}/`,
    pdfUrl,
    identifiers: findIdentifiers([`acl:${id}`, `doi:${first('doi') ?? ''}`]),
    authors: elementsAt(paper, 'author').flatMap((author) => authorOf(author, lost)),
    venue: volume.venue,
    ...publicationIn(volume, { pages: first('pages'), journal: first('journal') }, lost),
    ...topicsOf(title, abstract, []),
    repositories: [...repositoriesOf(paper, lost), ...repositoriesIn(abstract)],
    ...asLinks(linksIn(paper, lost)),
    lost,
    ...asEvents(events),
    ...accessTo(pdfUrl, volume),
    ...(awards.length > 0 && { decisions: awards }),
  })
}

/** Open access to papers in the ACL's own volumes, under their licence. The files state no access for other volumes. */
function accessTo(url: string | null, { licence }: AclVolume): Pick<PaperRecord, 'openAccess'> {
  const name = licence?.toLowerCase().replace(/-\d\.\d$/, '') ?? null
  return name === null || url === null
    ? {}
    : { openAccess: { status: 'open', url, licence: name, version: 'published' } }
}

/** Reads an author. Only authors whom the Anthology distinguishes from others of the same name have an id there. */
function authorOf(author: XmlElement, lost: string[]): AuthorClaim[] {
  const person = personOf(author, lost)
  if (person === null) return []
  const { id = '', orcid = '' } = author.attributes
  const own = findAuthorIdentifier(`acl:${id.trim()}`)
  if (own === null && id.trim() !== '')
    lost.push('an author id that is not valid in the Anthology was left out')
  const claims = [...(own ? [own] : []), ...orcidIn(orcid, lost)]
  const affiliation = cleanText(elementsAt(author, 'affiliation')[0]?.text)
  return [{ ...person, identifiers: claims, affiliation }]
}

const TEX = /<tex-math>([^<]*)<\/tex-math>/gi
/** A formula that consists of words or a number, possibly in a typeface. */
const WORDS = /^(?:\\(?:text\w*|emph|math(?:rm|bf|it|sf|tt))\s*\{[^{}\\$_^]*\}|[^{}\\$_^<>=]*)$/

/** Puts formulas between dollar signs, as in other sources, unless they are words. */
const withPlainFormulas = (xml: string) =>
  xml.replace(TEX, (_, formula: string) =>
    WORDS.test(formula.trim()) ? latexToText(formula) : `$${formula.trim()}$`,
  )
