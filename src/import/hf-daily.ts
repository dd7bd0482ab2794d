import { normaliseIdentifier } from '../domain/identifier.ts'
import type { AuthorClaim, PaperRecord, RepositoryClaim } from '../domain/paper-record.ts'
import type { RepositoryStars } from '../domain/repository-facts.ts'
import { parseRepositoryRef } from '../domain/repository-ref.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { publishedFromIso } from './dates.ts'
import { count, isObject, type Json, jsonAdapter, list, objects, text } from './json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from './outcome.ts'

/** Reads Hugging Face's daily papers, or single papers of the same API. */
export const readHfDaily = jsonAdapter('hf-daily', readHfDailyEntry)

/**
 * One entry of the list of a day, or a single paper. The paper's own `publishedAt` is the day it came to arXiv; that of
 * the entry around it is the day of the list.
 */
export function readHfDailyEntry(entry: Json): PaperRecord | Refusal {
  const paper = isObject(entry.paper) ? entry.paper : entry
  const id = normaliseIdentifier('arxiv', text(paper.id))
  if (id === null) return { key: null, reason: 'the entry has no arXiv id' }
  const title = cleanText(paper.title) ?? cleanText(entry.title)
  if (title === null) return { key: id, reason: 'the entry has no title' }
  const abstract = cleanText(paper.summary) ?? cleanText(entry.summary)
  const tldr = cleanText(paper.ai_summary)
  const upvotes = count(paper.upvotes)
  const keywords = list(paper.ai_keywords).map(text)
  return recordOf({
    source: 'hf-daily',
    key: id,
    licence: null,
    title,
    abstract,
    ...(tldr !== null && { tldr }),
    ...(upvotes !== null && { upvoteCount: upvotes }),
    kind: 'preprint',
    published:
      publishedFromIso(text(paper.publishedAt)) ?? publishedFromIso(text(paper.submittedOnDailyAt)),
    landingUrl: `https://huggingface.co/papers/${id}`,
    identifiers: [
      { scheme: 'arxiv', value: id },
      { scheme: 'hf', value: id },
    ],
    authors: authorsOf(paper),
    topics: findTopics(title, abstract, keywords),
    repositories: repositoriesOf(paper, abstract),
  })
}

/** Who asked not to be shown on the page is not shown here either. */
function authorsOf(paper: Json): AuthorClaim[] {
  return objects(paper.authors).flatMap((author) => {
    const name = author.hidden === true ? null : cleanText(author.name)
    return name === null ? [] : [{ name, identifiers: [], affiliation: null }]
  })
}

/** A repository that a person added to the page is the paper's; one that a program found may not be. */
function repositoriesOf(paper: Json, abstract: string | null): RepositoryClaim[] {
  const linked = parseRepositoryRef(text(paper.githubRepo))
  const isFound = text(paper.githubRepoAddedBy) === 'auto'
  const evidence = isFound ? ('heuristic' as const) : ('curated' as const)
  return [
    ...(linked ? [{ ...linked, isOfficial: !isFound, evidence, framework: null }] : []),
    ...repositoriesIn(abstract),
  ]
}

/** The stars of its repository that an entry tells of, as they were when the list was made; null when it tells of none. */
export function readHfStars(entry: Json): RepositoryStars | null {
  const paper = isObject(entry.paper) ? entry.paper : entry
  const repository = parseRepositoryRef(text(paper.githubRepo))
  const stars = count(paper.githubStars)
  return repository === null || stars === null || stars >= 2 ** 31 ? null : { ...repository, stars }
}
