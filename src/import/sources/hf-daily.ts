import { basename } from 'node:path'
import type { AuthorClaim, PaperRecord, RepositoryClaim } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import type { RepositoryStars } from '../../domain/repositories/facts.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { submittedText } from '../fields/printed/printed-text.ts'
import {
  count,
  isObject,
  type Json,
  jsonAdapter,
  list,
  object,
  objects,
  text,
} from '../input/json.ts'
import {
  cleanText,
  type Refusal,
  recordOf,
  repositoriesIn,
  type StarredReading,
} from '../input/outcome.ts'
import { authorNamed, withoutMarks } from '../names/names.ts'
import { isScrapedPage, readScrapedPage } from './hf-scraped.ts'
import { lostOfHfDaily } from './json-shapes.ts'
import { topicsOf } from './keywords.ts'

/** Reads Hugging Face's daily papers, or single papers of the same API. */
export const readHfDaily = jsonAdapter('hf-daily', readEntry, (entry) =>
  isScrapedPage(object(entry)) ? [] : lostOfHfDaily(entry),
)

function readEntry(entry: Json, file: string): PaperRecord | StarredReading | Refusal {
  if (isScrapedPage(entry)) return readScrapedPage(entry)
  const listDay = dayInName(file)
  const record = readHfDailyEntry(entry, listDay)
  const stars = readHfStars(entry, listDay)
  return 'reason' in record || stars === null ? record : { record, stars: [stars] }
}

/** Day in the name of a file, such as `2025-03-11.json.gz`, as archives of the lists name their files; null without exactly one. */
function dayInName(file: string): string | null {
  const named = basename(file).matchAll(/(?<!\d)(20\d\d)([-_]?)(\d\d)\2(\d\d)(?!\d)/g)
  const days = [...named].map(([, year, , month, day]) => dayOf(`${year}-${month}-${day}`))
  return days.length === 1 ? (days[0] ?? null) : null
}

/**
 * Makes the record of an entry in a daily list, or of a single paper. A paper may be on the lists of several days with different upvotes
 * and comments, so each day's entry is a separate record. `listDay` is the day of the requested list; null when unknown.
 */
export function readHfDailyEntry(entry: Json, listDay: string | null): PaperRecord | Refusal {
  const paper = isObject(entry.paper) ? entry.paper : entry
  const id = normaliseIdentifier('arxiv', text(paper.id))
  if (id === null) return { key: null, reason: 'the entry has no arXiv id' }
  const title = submittedText(paper.title) ?? submittedText(entry.title)
  if (title === null) return { key: id, reason: 'the entry has no title' }
  const abstract = submittedText(paper.summary) ?? submittedText(entry.summary)
  const tldr = cleanText(paper.ai_summary)
  const upvotes = count(paper.upvotes)
  const keywords = list(paper.ai_keywords).map(text)
  const on = listedOn(entry, listDay)
  return recordOf({
    source: 'hf-daily',
    key: on === null ? id : `${id}/${on}`,
    licence: null,
    title,
    abstract,
    ...(tldr !== null && { tldr }),
    ...(upvotes !== null && { upvoteCount: upvotes }),
    ...listingOf(entry, paper, on),
    ...organisationOf(paper),
    kind: 'preprint',
    published:
      publishedFromIso(text(paper.publishedAt)) ?? publishedFromIso(text(paper.submittedOnDailyAt)),
    landingUrl: `https://huggingface.co/papers/${id}`,
    identifiers: [
      { scheme: 'arxiv', value: id },
      { scheme: 'hf', value: id },
    ],
    authors: authorsOf(paper),
    ...topicsOf(title, abstract, keywords),
    repositories: repositoriesOf(paper, entry),
  })
}

/** Reads authors. People who are hidden on the page are left out. */
function authorsOf(paper: Json): AuthorClaim[] {
  return objects(paper.authors).flatMap((author) => {
    return authorNamed(author.hidden === true ? null : cleanText(withoutMarks(text(author.name))))
  })
}

/**
 * The day of an entry's list; null for a single paper that was not on a list. Lists since 2025 state the day. In older ones,
 * `publishedAt` outside the paper is the time of listing, in or near UTC, or that of the paper in another time zone.
 */
function listedOn(entry: Json, listDay: string | null): string | null {
  const paper = isObject(entry.paper) ? entry.paper : entry
  const stated = dayOf(paper.submittedOnDailyAt)
  if (stated !== null || paper === entry) return stated
  if (listDay !== null) return listDay
  const hours = (Date.parse(text(entry.publishedAt)) - Date.parse(text(paper.publishedAt))) / HOUR
  const isOwn = Number.isInteger(hours) && Math.abs(hours) <= 14
  return isOwn ? null : dayOf(entry.publishedAt)
}

const HOUR = 3_600_000

function dayOf(value: unknown): string | null {
  const day = publishedFromIso(text(value))
  return day?.precision === 'day' ? day.on : null
}

/** Data of the list about the paper, without data about people. */
function listingOf(entry: Json, paper: Json, on: string | null): Pick<PaperRecord, 'listing'> {
  const media = [...list(paper.mediaUrls), ...list(entry.mediaUrls)].map(text)
  const listing = {
    on,
    organisation: organisationIn(paper),
    projectUrl: text(paper.projectPage) || null,
    mediaUrls: [...new Set(media.filter((url) => /^https?:/.test(url)))].slice(0, MOST_MEDIA),
    commentCount: count(entry.numComments),
  }
  const isEmpty = Object.values(listing).every((value) => value === null || String(value) === '')
  return isEmpty ? {} : { listing }
}

const MOST_MEDIA = 20

const organisationIn = ({ organization }: Json) =>
  cleanText(object(organization).fullname) ?? cleanText(object(organization).name)

/** The organisation on whose page the paper is shown: an institution if its name is known, or a group of people. */
function organisationOf(paper: Json): Pick<PaperRecord, 'affiliations'> {
  const affiliation = organisationIn(paper)
  return affiliation === null ? {} : { affiliations: [{ affiliation }] }
}

/** The linked repository. Some URLs contain a line break. */
const linkedRepository = (paper: Json) =>
  parseRepositoryRef(text(paper.githubRepo).replace(/\s+/g, ''))

/** Repositories of a paper. One added by a person counts as official; one found by a program may belong to another paper. */
function repositoriesOf(paper: Json, entry: Json): RepositoryClaim[] {
  const linked = linkedRepository(paper)
  const isFound = text(paper.githubRepoAddedBy) === 'auto'
  const evidence = isFound ? ('heuristic' as const) : ('curated' as const)
  return [
    ...(linked ? [{ ...linked, isOfficial: !isFound, evidence, framework: null }] : []),
    ...repositoriesIn(cleanText(paper.summary) ?? cleanText(entry.summary)),
  ]
}

/** Stars of the repository when the list was made; null when not stated. */
export function readHfStars(entry: Json, listDay: string | null): RepositoryStars | null {
  const paper = isObject(entry.paper) ? entry.paper : entry
  const repository = linkedRepository(paper)
  const stars = count(paper.githubStars)
  if (repository === null || stars === null || stars >= 2 ** 31) return null
  const on = listedOn(entry, listDay)
  return { ...repository, stars, source: 'hf-daily', ...(on !== null && { on }) }
}
