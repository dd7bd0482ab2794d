import { mean } from 'es-toolkit'
import { categoryCodes, categoryTopics } from '../../domain/record/arxiv-categories.ts'
import { topicKeyOf } from '../../domain/record/keywords/topic-key.ts'
import { vocabularyTopicOfKey } from '../../domain/record/keywords/vocabulary-keys.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { markupToText } from '../fields/markup.ts'
import { cleanText } from '../input/outcome.ts'

/** Topics and keywords of a paper. Keywords that are arXiv categories become topics of these. */
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

/** Topics of a table that states topics separately from keywords, so that every name is a topic. */
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

/** Splits a list in one text into items: at semicolons or, without these, at commas. */
export const keywordItems = (text: string): string[] => text.split(text.includes(';') ? ';' : ',')

/** Makes a field of separated keywords, without duplicates; absent if there are none. */
export const asKeywords = (keywords: readonly string[]): Pick<PaperRecord, 'keywords'> =>
  keywords.length === 0 ? {} : { keywords: [...new Set(keywords)] }

/**
 * Separates keywords that authors enter into one field: at semicolons, dots and bars. Removes a heading before them, numbers, bullets,
 * quotes and markup. A keyword may contain a comma ("Models, Theoretical"), so commas only separate a single text that is clearly a
 * list.
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
/** Separators of keywords. A dot between two l is Catalan: "paral·lel". */
const SEPARATORS = /[;；、，•‣▪]|\s\|+\s|(?<!l)·|·(?!l)/i

const HEADING =
  /^\W*(?:author\W*s?\s+)?(?:key\s?-?words?|index\s+terms|general\s+terms|mots\W*cl[ée]s|palabras?\s+clave|palavras?\W*chave|schl[üu]sselw[öo]rter|关键词|关键字|キーワード)(?:\s+and\s+phrases)?\s*[:：—–-]+\s*/i

const withoutHeading = (text: string) => text.replace(HEADING, '')

/** Placeholders in required fields of forms. */
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

/** Maximum and mean number of words of the keywords in a list. A sentence has more. */
const WORDS = { most: 6, mean: 3.5 }

/** Splits a text at commas if the parts are three or more short keywords, or all are in the vocabulary. */
function listIn(text: string): string[] {
  const parts = text.split(/,(?!\d)|(?<!\d),/).map((part) => part.trim())
  const words = parts.map((part) => part.split(/\s+/).length)
  const isShort = Math.max(...words) <= WORDS.most && mean(words) <= WORDS.mean
  const isKnown = (part: string) => vocabularyTopicOfKey(topicKeyOf(part).key) !== null
  const isList = parts.length >= 3 ? isShort : parts.every(isKnown)
  return isList ? parts : [text]
}
