import type { PaperKind, TopicKind } from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  PaperIdentifier,
  PaperRecord,
  TopicClaim,
} from '../../domain/record/paper-record.ts'
import { findTopics, topicNamed } from '../../domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { distinctIdentifiers, findIdentifiers } from '../fields/identifiers.ts'
import { submittedText } from '../fields/printed/printed-text.ts'
import { venueNamed } from '../fields/venues.ts'
import { type Json, jsonAdapter, list, object, objects, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { authorNamed } from '../names/names.ts'
import { lostOfPwc } from './json-shapes.ts'

const LICENCE = 'CC-BY-SA-4.0'

/**
 * Reads the dumps of Papers with Code. Each entry is a paper with its abstract, a link between a paper and its code, or a method. A link
 * names its paper by URL, so links may come before the papers: then they make a paper with a title alone, which is merged with the full
 * record later.
 */
export const readPwc = jsonAdapter('pwc', readEntry, lostOfPwc)

function readEntry(entry: Json): PaperRecord | Refusal {
  if ('repo_url' in entry) return readLink(entry)
  if ('paper_url' in entry) return readPaper(entry)
  if ('full_name' in entry || 'num_papers' in entry) return readMethod(entry)
  return { key: null, reason: 'the entry is neither a paper nor a link to code nor a method' }
}

function readPaper(entry: Json): PaperRecord | Refusal {
  const key = slugOf(entry.paper_url)
  if (key === null) return { key: null, reason: 'paper_url is not a URL at Papers with Code' }
  const title = submittedText(entry.title)
  if (title === null) return { key, reason: 'the entry has no title' }
  const abstract = submittedText(entry.abstract) ?? submittedText(entry.short_abstract)
  const proceeding = cleanText(entry.proceeding) ?? cleanText(entry.conference)
  const venue = venueNamed(
    proceeding?.replace(/(\b(?:19|20)\d\d)\s+\d{1,2}$/, '$1') ?? null,
    'conference',
  )
  const year = Number(/\b(?:19|20)\d\d\b/.exec(proceeding ?? '')?.[0])
  const kind: PaperKind =
    venue?.kind === 'conference' ? 'conference_paper' : venue ? 'workshop_paper' : 'preprint'
  return recordOf({
    source: 'pwc',
    key,
    licence: LICENCE,
    title,
    abstract,
    kind,
    published: publishedFromIso(text(entry.date)),
    eventYear: venue && year ? year : null,
    landingUrl: text(entry.url_abs) || text(entry.conference_url_abs) || null,
    pdfUrl: text(entry.url_pdf) || text(entry.conference_url_pdf) || null,
    identifiers: identifiersOf(key, entry.arxiv_id, [
      entry.url_abs,
      entry.conference_url_abs,
      prefixed('openreview', entry.openreview_id),
    ]),
    authors: authorsOf(entry.authors),
    venue,
    topics: [...topicsOf(entry), ...findTopics(title, abstract)],
    repositories: repositoriesIn(cleanText(entry.abstract) ?? cleanText(entry.short_abstract)),
  })
}

const slugOf = (url: unknown) =>
  normaliseIdentifier('pwc', /\/paper\/([^/?#]+)/.exec(text(url))?.[1] ?? '')

const prefixed = (scheme: string, id: unknown) => (text(id) === '' ? '' : `${scheme}:${text(id)}`)

function identifiersOf(slug: string, arxiv: unknown, refs: unknown[]): PaperIdentifier[] {
  const found = findIdentifiers([prefixed('arxiv', arxiv), ...refs.map(text)].filter(Boolean))
  return distinctIdentifiers([{ scheme: 'pwc', value: slug }, ...found])
}

function authorsOf(names: unknown): AuthorClaim[] {
  return list(names).flatMap((item) => authorNamed(cleanText(item)))
}

function topicsOf(entry: Json): TopicClaim[] {
  const tasks = list(entry.tasks).map((task) => topic(text(task), 'task'))
  return [...tasks, ...objects(entry.methods).map(methodTopic)].flatMap((found) => found ?? [])
}

const topic = (name: string, kind: TopicKind) => topicNamed(name, kind, 'pwc')

function readLink(entry: Json): PaperRecord | Refusal {
  const slug = slugOf(entry.paper_url)
  const repository = parseRepositoryRef(text(entry.repo_url))
  const key = slug === null ? null : `${slug} ${text(entry.repo_url)}`
  if (slug === null || key === null) return { key, reason: 'the link has no paper_url' }
  if (!repository) return { key, reason: 'the repo_url is not a repository' }
  const title = cleanText(entry.paper_title)
  if (title === null) return { key, reason: 'the link has no paper_title' }
  const framework = text(entry.framework).toLowerCase()
  const evidence =
    entry.mentioned_in_paper === true
      ? 'in_paper'
      : entry.mentioned_in_github === true
        ? 'in_readme'
        : 'curated'
  return recordOf({
    source: 'pwc-links',
    key,
    licence: LICENCE,
    title,
    // All other records of the paper have more data and take precedence.
    kind: 'other',
    identifiers: identifiersOf(slug, entry.paper_arxiv_id, [entry.paper_url_abs]),
    topics: findTopics(title, null),
    repositories: [
      {
        ...repository,
        isOfficial: entry.is_official === true,
        evidence,
        framework: framework === '' || framework === 'none' ? null : framework,
      },
    ],
  })
}

/** Makes a record that adds a method as a topic to the paper that introduced it. */
function readMethod(entry: Json): PaperRecord | Refusal {
  const key = cleanText(text(entry.url).replace(/^.*\/method\//, '')) ?? cleanText(entry.name)
  const fault = faultOf(entry)
  if (fault !== null) return { key, reason: fault }
  const found = methodTopic(entry)
  const title = cleanText(entry.source_title)
  const paper = object(entry.paper)
  const slug = slugOf(paper.url)
  const refs = findIdentifiers([text(entry.source_url)].filter(Boolean))
  const identifiers = slug ? distinctIdentifiers([{ scheme: 'pwc', value: slug }, ...refs]) : refs
  if (key === null || found === null) return { key, reason: 'the method has no name' }
  if (title === null || identifiers.length === 0)
    return { key, reason: 'the method names no paper that introduced it' }
  const year = text(entry.introduced_year) || String(entry.introduced_year ?? '')
  return recordOf({
    source: 'pwc-methods',
    key,
    licence: LICENCE,
    title,
    kind: 'other',
    published: publishedFromIso(year),
    identifiers,
    topics: [found, ...findTopics(title, null)],
  })
}

function methodTopic(method: Json): TopicClaim | null {
  if (faultOf(method) !== null) return null
  const [full, short] = [cleanText(method.full_name), cleanText(method.name)]
  return topic(full ?? short ?? '', 'method')
}

/** Advertising, such as telephone numbers, in methods, which anybody could edit in the last year of the site. */
const ADVERTISING =
  /\+?\d[\d\s().-]{8,}\d|https?:|www\.|\b(?:customer|support number|phone|call now|helpline|toll.?free|refund|airlines?|booking|coinbase|crypto wallet|quickbooks|expedia|casino|whatsapp|reservation)\b|[\u260E\u2706\u{1F4DE}]/iu

/** Why an entry is not a machine learning method; null when it may be one. */
function faultOf(method: Json): string | null {
  const [name, full] = [cleanText(method.name) ?? '', cleanText(method.full_name) ?? '']
  if (name === '' && full === '') return 'the method has no name'
  if (ADVERTISING.test(`${name} ${full}`)) return 'the method is an advertisement'
  const year = Number(method.introduced_year)
  const hasYear = method.introduced_year !== null && method.introduced_year !== undefined
  // 2000 is the placeholder of the site's form for an unknown year.
  if (hasYear && (!Number.isInteger(year) || year < 1800 || year > 2025))
    return 'the year in which the method was introduced is impossible'
  const letters = full.replace(/[^\p{L}]/gu, '').length
  const isText = full === '' || (letters >= full.length / 2 && full.length <= 120)
  if (!isText) return 'the name of the method is not plausible'
  return /\?$|^how (?:do|can|to)\b/i.test(full || name)
    ? 'the name of the method is not plausible'
    : null
}
