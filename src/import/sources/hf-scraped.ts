import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { findRepositoryLinks } from '../../domain/reference/repository-ref.ts'
import { type Json, list, object, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf } from '../input/outcome.ts'
import { topicsOf } from './keywords.ts'

const PAGE = /^https?:\/\/(?:www\.)?huggingface\.co\/papers\/([^/?#]+)/i

/** Whether an entry is what a program read from the page of a paper at Hugging Face, as archives of the daily lists keep it. */
export const isScrapedPage = (entry: Json): boolean => PAGE.test(text(entry.paper_url))

/**
 * The paper of such a page. Its authors are accounts that claimed the paper, beside a few names in another order than that of the
 * byline. A repository that the page links need not be that of the paper.
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
    // The API's own entry of the paper says more, and is another record.
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
