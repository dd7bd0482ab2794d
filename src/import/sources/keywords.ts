import { mean } from 'es-toolkit'
import { categoryCodes, categoryTopics } from '../../domain/record/arxiv-categories.ts'
import { topicKeyOf } from '../../domain/record/keywords/topic-key.ts'
import { vocabularyTopicOfKey } from '../../domain/record/keywords/vocabulary-keys.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { markupToText } from '../fields/markup.ts'
import { cleanText } from '../input/outcome.ts'

/** The topics and keywords of a paper; keywords that are categories of arXiv become these. */
export function topicsOf(
  title: string,
  abstract: string | null,
  printed: readonly string[],
): Pick<PaperRecord, 'topics' | 'keywords'> {
  const keywords = separateKeywords(printed)
  const { codes, others } = withoutCodes(keywords)
  return {
    topics: [...categoryTopics(codes), ...findTopics(title, abstract, others)],
    ...asKeywords(others),
  }
}

/** As `topicsOf`, of a table that has topics apart from keywords: the first are names of topics, whatever they are. */
export function topicsNamed(
  title: string,
  abstract: string | null,
  names: readonly string[],
): Pick<PaperRecord, 'topics'> {
  const { codes, others } = withoutCodes(names)
  const found = findTopics(title, abstract, others, { areTopics: true })
  return { topics: [...categoryTopics(codes), ...found] }
}

function withoutCodes(names: readonly string[]): { codes: string[]; others: string[] } {
  const codesOf = (name: string) =>
    categoryCodes([{ name: name.trim(), kind: 'category', score: null }])
  return {
    codes: names.flatMap(codesOf),
    others: names.filter((name) => codesOf(name).length === 0),
  }
}

/** The items of a list that is written as one text; a comma is part of a keyword where semicolons separate. */
export const keywordItems = (text: string): string[] => text.split(text.includes(';') ? ';' : ',')

/** Keywords that are separate already, each once; nothing where there are none. */
export const asKeywords = (keywords: readonly string[]): Pick<PaperRecord, 'keywords'> =>
  keywords.length === 0 ? {} : { keywords: [...new Set(keywords)] }

/**
 * Keywords one by one, as authors type them into the field for one: several joined by semicolons, dots or bars, a heading before
 * them, numbers, bullets, quotes and markup. Commas also stand within a keyword ("Models, Theoretical"), and only separate those
 * of a single text that can be nothing but a list.
 */
export function separateKeywords(printed: readonly string[]): string[] {
  const parts = printed.flatMap((text) =>
    withoutHeading(markupToText(text.replace(LINES, ';')))
      .split(SEPARATORS)
      .flatMap(plainKeyword),
  )
  const [only] = parts
  return parts.length === 1 && only !== undefined ? listIn(only).flatMap(plainKeyword) : parts
}

const LINES = /[\r\n]+/g
/** In Catalan a dot stands between two l: "paral·lel". */
const SEPARATORS = /[;；、，•‣▪]|\s\|+\s|(?<!l)·|·(?!l)/i

const HEADING =
  /^\W*(?:author\W*s?\s+)?(?:key\s?-?words?|index\s+terms|general\s+terms|mots\W*cl[ée]s|palabras?\s+clave|palavras?\W*chave|schl[üu]sselw[öo]rter|关键词|关键字|キーワード)(?:\s+and\s+phrases)?\s*[:：—–-]+\s*/i

const withoutHeading = (text: string) => text.replace(HEADING, '')

/** Words for nothing, where a form must not be empty. */
const NOTHING =
  /^(?:n\/a|n\.a\.|none|null|nan|undefined|unknown|tbd|tba|not (?:available|applicable|specified|provided)|no key ?words?|key ?words?)$/i

function plainKeyword(raw: string): string[] {
  const text = (cleanText(raw) ?? '')
    .replace(/^(?:[-–—*#•]+\s*|\(?\d{1,2}[.)]\s+)+(?=[\p{L}\p{N}])/u, '')
    .replace(/^(["'“”‘’«])(.+?)["'“”‘’»]+$/u, '$2')
    .replace(/^(?:and|&)\s+/i, '')
    .replace(/(?<=[\p{L}\p{N})])[.;,:]+$/u, '')
    .trim()
  return NOTHING.test(text) || !/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text) ? [] : [text]
}

/** Words of a keyword within a list: at most, and on average. A sentence has more. */
const WORDS = { most: 6, mean: 3.5 }

/** The keywords of a text that has commas: where these are three or more short ones, or all are of the vocabulary. */
function listIn(text: string): string[] {
  const parts = text.split(/,(?!\d)|(?<!\d),/).map((part) => part.trim())
  const words = parts.map((part) => part.split(/\s+/).length)
  const isShort = Math.max(...words) <= WORDS.most && mean(words) <= WORDS.mean
  const isKnown = (part: string) => vocabularyTopicOfKey(topicKeyOf(part).key) !== null
  const isList = parts.length >= 3 ? isShort : parts.every(isKnown)
  return isList ? parts : [text]
}
