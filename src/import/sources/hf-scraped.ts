import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { findRepositoryLinks } from '../../domain/reference/repository-ref.ts'
import { type Json, list, object, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf } from '../input/outcome.ts'
import { topicsOf } from './keywords.ts'

const PAGE = /^https?:\/\/(?:www\.)?huggingface\.co\/papers\/([^/?#]+)/i

/** Whether an entry was scraped from the page of a paper at Hugging Face, as in some archives of the daily lists. */
export const isScrapedPage = (entry: Json): boolean => PAGE.test(text(entry.paper_url))

/**
 * Makes the record of a scraped page. Its authors are left out: they are accounts that claimed the paper, and a few names in another
 * order than the byline. A repository that the page links may belong to another paper.
 */
export function readScrapedPage(entry: Json): PaperRecord | Refusal {
  const details = object(entry.details)
  const id = normaliseIdentifier('arxiv', PAGE.exec(text(entry.paper_url))?.[1] ?? '')
  if (id === null) return { key: null, reason: 'the address of the page has no arXiv id' }
  const title = cleanText(entry.title) ?? cleanText(details.title)
  if (title === null) return { key: id, reason: 'the entry has no title' }
  const abstract = cleanText(details.abstract)
  const links = list(details.github_links).map(text).join('\n')
  return recordOf({
    source: 'hf-daily',
    // The API's entry of the paper has more data, and is another record.
    key: `${id}/page`,
    licence: null,
    title,
    abstract,
    kind: 'preprint',
    landingUrl: `https://huggingface.co/papers/${id}`,
    identifiers: [
      { scheme: 'arxiv', value: id },
      { scheme: 'hf', value: id },
    ],
    ...topicsOf(title, abstract, []),
    repositories: findRepositoryLinks(links).map((ref) => ({
      ...ref,
      ...{ isOfficial: false, evidence: 'heuristic' as const, framework: null },
    })),
    lost: list(entry.authors).length > 0 ? [NO_BYLINE] : [],
  })
}

const NO_BYLINE = 'authors that a page shows in another order than the byline were left out'
