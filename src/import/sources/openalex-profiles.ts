import type { AuthorRecord, TopicRecord, Workplace } from '../../domain/record/profile-record.ts'
import {
  findVocabularyTopic,
  topicNamed,
  vocabularyAncestors,
} from '../../domain/record/topic-vocabulary.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { count, type Json, list, object, objects, text } from '../input/json.ts'
import { cleanText, type Refusal } from '../input/outcome.ts'

const LICENCE = 'CC0-1.0'

/** Makes the profile of an author of OpenAlex; its key is the id without the URL. */
export function readOpenAlexAuthor(author: Json, key: string): AuthorRecord | Refusal {
  const name = cleanText(author.display_name)
  if (name === null) return { key, reason: 'the author has no name' }
  const orcid = findAuthorIdentifier(text(author.orcid) || text(object(author.ids).orcid))
  // Before 2024 there was one.
  const current = [
    ...objects(author.last_known_institutions),
    object(author.last_known_institution),
  ]
  const former = objects(author.affiliations).map((entry) => object(entry.institution))
  const workplaces = workplacesOf(author)
  return {
    type: 'author',
    source: 'openalex',
    key,
    licence: LICENCE,
    url: `https://openalex.org/${key}`,
    name,
    aliases: list(author.display_name_alternatives).flatMap((alias) => cleanText(alias) ?? []),
    identifiers: [
      { scheme: 'openalex', value: key },
      ...(orcid?.scheme === 'orcid' ? [orcid] : []),
    ],
    affiliations: [...current, ...former].flatMap((at) => cleanText(at.display_name) ?? []),
    ...(workplaces.length > 0 && { workplaces }),
    homepage: null,
    paperCount: count(author.works_count),
    citationCount: count(author.cited_by_count),
    hIndex: count(object(author.summary_stats).h_index),
  }
}

/** Institutions named in papers of the person, with the first and last year of these papers, the latest first. */
function workplacesOf(author: Json): Workplace[] {
  const found = objects(author.affiliations).flatMap(({ institution, years }): Workplace[] => {
    const { display_name: printed, ror } = object(institution)
    const name = cleanText(printed)
    const known = list(years)
      .map(Number)
      .filter((year) => Number.isInteger(year) && year >= 1000 && year <= 9999)
      .sort()
    const [from, to] = [known[0], known.at(-1)].map((year) => (year ? String(year) : null))
    return name === null
      ? []
      : [{ name, ror: normaliseRor(text(ror)), from: from ?? null, to: to ?? null }]
  })
  const years = ({ from, to }: Workplace) => `${to ?? ''} ${from ?? ''}`
  return found.toSorted((a, b) => (years(a) < years(b) ? 1 : -1))
}

/** Makes the profile of a topic of OpenAlex, with its subfield, field and domain. */
export function readOpenAlexTopic(topic: Json, key: string): TopicRecord | Refusal {
  const named = nameOf(topic)
  if (named === null) return { key, reason: 'the topic has no name' }
  return {
    type: 'topic',
    source: 'openalex',
    key,
    licence: LICENCE,
    url: `https://openalex.org/${key}`,
    ...named,
    description: cleanText(topic.description),
    parents: parentsOf(named.slug, [topic.subfield, topic.field, topic.domain].map(object)),
  }
}

function nameOf(entity: Json) {
  const found = topicNamed(text(entity.display_name), 'field', 'openalex')
  return found && { slug: found.slug, name: found.name, kind: found.kind }
}

/** Ancestors of a topic. From the first topic in the vocabulary on, its ancestors there count. */
function parentsOf(slug: string, wider: Json[]): TopicRecord['parents'] {
  if (findVocabularyTopic(slug)) return vocabularyAncestors(slug).map(plain)
  const [next, ...above] = wider
  const parent = next && nameOf(next)
  if (!next) return []
  if (!parent || parent.slug === slug) return parentsOf(slug, above)
  return [parent, ...parentsOf(parent.slug, above)]
}

const plain = ({ slug, name, kind }: TopicRecord['parents'][number]) => ({ slug, name, kind })
