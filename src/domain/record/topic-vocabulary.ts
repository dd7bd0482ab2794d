import type { TopicKind } from '../../db/tables/vocabulary.ts'
import { slugify } from './title-key.ts'
import { isOfComputing, type Meanings, meaningsIn } from './topic-meanings.ts'
import { TOPIC_TERMS } from './topic-terms.ts'
import { singular, topicWords } from './topic-words.ts'

/** A curated topic. */
export interface VocabularyTopic {
  slug: string
  name: string
  kind: TopicKind
  parent: string | null
}

export interface FoundTopic {
  slug: string
  name: string
  kind: TopicKind
  score: number | null
  source: string
}

/** Scores of topics found in title and abstract. A title names its subject; an abstract also mentions other work. */
const TITLE_SCORE = 1
const ABSTRACT_SCORE = 0.5

/** Limits of a keyword, in characters and words. Longer ones are sentences entered by mistake. */
const SHORT = { max: 60, words: 6 }
/** Limits for sources with their own list of topics, whose names may be longer. */
const LONG = { max: 120, words: 16 }
const SHORTEST = 2
const KEYWORDS_KEPT = 30

/** The source of topics from a column of topics. */
const STATED = 'topics'

const KINDS: Record<string, TopicKind> = { f: 'field', t: 'task', m: 'method' }

/** Words as a trie: each node maps the next word, and `topic` ends a phrase. */
interface Node {
  next: Map<string, Node>
  topic: VocabularyTopic | null
}

interface Vocabulary {
  bySlug: Map<string, VocabularyTopic>
  phrases: VocabularyPhrases[]
  root: Node
  /** Trie without phrases that are too common in abstracts. */
  ofAbstracts: Node
}

let vocabulary: Vocabulary | null = null

/** The curated topic with this slug, or null. */
export function findVocabularyTopic(slug: string): VocabularyTopic | null {
  return load().bySlug.get(slug) ?? null
}

/** The topic's curated ancestors, nearest first. */
export function vocabularyAncestors(slug: string): VocabularyTopic[] {
  const parent = findVocabularyTopic(slug)?.parent
  const topic = parent ? findVocabularyTopic(parent) : null
  return topic ? [topic, ...vocabularyAncestors(topic.slug)] : []
}

/** A curated topic and all phrases for it, its name first. */
export interface VocabularyPhrases {
  topic: VocabularyTopic
  phrases: string[]
}

/** All curated topics with their phrases. */
export function vocabularyPhrases(): readonly VocabularyPhrases[] {
  return load().phrases
}

/** The number of curated topics. */
export function vocabularySize(): number {
  return load().bySlug.size
}

/**
 * The curated topics named in a paper's title (score 1), abstract (0.5) or keywords (1). Other keywords are not topics yet:
 * `domain/write/topics` finds those that enough papers use. With `areTopics` the keywords are names of topics, all of which are
 * kept, regardless of length.
 */
export function findTopics(
  title: string,
  abstract: string | null,
  keywords: readonly string[] = [],
  { areTopics = false }: { areTopics?: boolean } = {},
): FoundTopic[] {
  const found = new Map<string, FoundTopic>()
  const meanings = meaningsIn(title, abstract)
  for (const keyword of areTopics ? keywords : keywords.slice(0, KEYWORDS_KEPT)) {
    const topic = keywordTopic(keyword, areTopics ? LONG : SHORT)
    if (!topic || found.has(topic.slug)) continue
    if (areTopics) found.set(topic.slug, { ...asSpelled(topic, keyword), source: STATED })
    else if (topic.kind !== 'keyword' && !meanings.isOther(keyword)) found.set(topic.slug, topic)
  }
  const text = abstract ?? ''
  const named = mentionsIn(topicWords(title), load().root)
  const mentioned = sentencesOf(text).map((words) => mentionsIn(words, load().ofAbstracts))
  const isMeant = meantIn(`${title} ${text}`, meanings, [named, ...mentioned].flat())
  addTopics(found, named.filter(isMeant), TITLE_SCORE)
  addTopics(found, subjectsAmong(mentioned.map((own) => own.filter(isMeant))), ABSTRACT_SCORE)
  return [...found.values()]
}

/** A topic in the spelling of the source, if it is not in the vocabulary. */
const asSpelled = (topic: FoundTopic, printed: string): FoundTopic =>
  topic.kind === 'keyword' && !findVocabularyTopic(topic.slug)
    ? { ...topic, name: trimName(printed) }
    : topic

/**
 * A topic that a source names, of the stated kind: the curated topic with that name, else one in the source's spelling.
 * Null if the name is too long or has no usable form.
 */
export function topicNamed(
  name: string,
  kind: TopicKind,
  source: string,
  score: number | null = 1,
): FoundTopic | null {
  const isKeyword = kind === 'keyword'
  const found = keywordTopic(name, isKeyword ? SHORT : LONG)
  if (!found) return null
  const isKnown = !isKeyword && found.kind === 'keyword' && !findVocabularyTopic(found.slug)
  return isKnown
    ? { slug: found.slug, name: trimName(name), kind, score, source }
    : { ...found, score, source }
}

function addTopics(
  found: Map<string, FoundTopic>,
  mentions: readonly Mention[],
  score: number,
): void {
  for (const { topic } of mentions) {
    const { slug, name, kind } = topic
    if (!found.has(slug)) found.set(slug, { slug, name, kind, score, source: 'text' })
  }
}

/** A curated topic in a text. */
interface Mention {
  topic: VocabularyTopic
  /** The words of the phrase that was found. */
  words: string[]
  /** The sentence before these words. */
  before: string[]
  sentence: string[]
}

/** All topics in a sentence; the longest of nested phrases. */
function mentionsIn(sentence: string[], root: Node): Mention[] {
  const found: Mention[] = []
  let at = 0
  while (at < sentence.length) {
    const hit = walk(sentence, at, root)
    const end = at + (hit?.length ?? 1)
    if (hit) {
      const words = sentence.slice(at, end)
      found.push({ topic: hit.topic, words, before: sentence.slice(0, at), sentence })
    }
    at = end
  }
  return found
}

const sentencesOf = (text: string) =>
  text.split(/(?<=[.!?]["')\]]*)\s+(?=["'(]?[\p{Lu}\d])/u).map(topicWords)

/** Words after which an abstract names benchmarks, other work, applications or examples. */
const ASIDE = new Set(
  `such including like unlike eg outperform surpass exceed compared comparison versus than beyond across application downstream baseline
  benchmark experiment experimental evaluate evaluated evaluation evaluating demonstrate demonstrated tested validate validated
  beside moreover potential instance`.split(/\s+/),
)
/** Words of sentences about the paper itself. */
const OWN = new Set('we our ours propose paper work study article introduce present'.split(' '))

/**
 * The subjects of an abstract among the topics that it mentions: those mentioned more than once, in the first sentence
 * or in one about the paper itself. A topic mentioned once elsewhere is seldom a subject.
 */
function subjectsAmong(sentences: readonly (readonly Mention[])[]): Mention[] {
  const all = sentences.flat()
  const counts = new Map<VocabularyTopic, number>()
  for (const { topic } of all) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  const isAside = ({ before }: Mention) => before.some((word) => ASIDE.has(word))
  const isOwn = ({ sentence }: Mention) => sentence.some((word) => OWN.has(word))
  return sentences.flatMap((mentions, place) =>
    mentions.filter(
      (mention) =>
        (counts.get(mention.topic) ?? 0) > 1 ||
        ((place === 0 || isOwn(mention)) && !isAside(mention)),
    ),
  )
}

/**
 * Whether a mention means its topic. It does not if it is an acronym that the text explains differently, such as "test-time scaling (TTS)",
 * or a word with the meaning of another field, unless the text names the topic in full.
 */
function meantIn(
  text: string,
  meanings: Meanings,
  mentions: readonly Mention[],
): (mention: Mention) => boolean {
  const explained = new Set(
    [...text.matchAll(/\(([A-Z][A-Za-z0-9]{1,9})\)/g)].map(([, acronym = '']) =>
      singular(acronym.toLowerCase()),
    ),
  )
  const told = mentions.flatMap(({ topic, words }) =>
    words.length > 1 && isOfComputing(topic) && !meanings.isShared(words.join(' ')) ? topic : [],
  )
  const isOther = ({ topic, words }: Mention) => {
    const phrase = words.join(' ')
    const isExplained = words.length === 1 && explained.has(phrase)
    if (isExplained || meanings.isElsewhere(phrase)) return true
    return meanings.isUnsupported(phrase) && told.every((one) => one === topic)
  }
  const inFull = new Set(
    mentions.flatMap((one) => (one.words.length > 1 && !isOther(one) ? one.topic : [])),
  )
  return (mention) => inFull.has(mention.topic) || !isOther(mention)
}

const trimName = (raw: string) =>
  raw
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;,:]+$/, '')

function keywordTopic(raw: string, { max, words: most } = SHORT): FoundTopic | null {
  const name = trimName(raw)
  if (name.length < SHORTEST || name.length > max || /[\\${}<>@]|https?:/.test(name)) return null
  if (name.split(' ').length > most) return null
  const words = topicWords(name)
  const known = walk(words, 0, load().root)
  if (known && known.length === words.length) {
    const { topic } = known
    return { slug: topic.slug, name: topic.name, kind: topic.kind, score: 1, source: 'keywords' }
  }
  const slug = slugify(name)
  if (slug.length < SHORTEST || /^\d+$/.test(slug)) return null
  // Sources differ in the case of a keyword. One spelling for all keeps imports independent of order.
  const curated = findVocabularyTopic(slug)
  if (curated) return { ...pick(curated), score: 1, source: 'keywords' }
  return { slug, name: slug.replaceAll('-', ' '), kind: 'keyword', score: 1, source: 'keywords' }
}

const pick = ({ slug, name, kind }: VocabularyTopic) => ({ slug, name, kind })

/** The longest phrase that starts at `from`: "graph neural network" is not also "neural network". */
function walk(
  words: string[],
  from: number,
  root: Node,
): { topic: VocabularyTopic; length: number } | null {
  let node: Node | undefined = root
  let best: { topic: VocabularyTopic; length: number } | null = null
  for (let i = from; node && i < words.length; i++) {
    node = node.next.get(words[i] ?? '')
    if (node?.topic) best = { topic: node.topic, length: i - from + 1 }
  }
  return best
}

function load(): Vocabulary {
  vocabulary ??= build()
  return vocabulary
}

function build(): Vocabulary {
  const bySlug = new Map<string, VocabularyTopic>()
  const root: Node = { next: new Map(), topic: null }
  const ofAbstracts: Node = { next: new Map(), topic: null }
  const all: VocabularyPhrases[] = []
  let field: string | null = null
  for (const line of TOPIC_TERMS.split('\n').filter((text) => text.trim() !== '')) {
    const [name = '', kind = '', aliases = ''] = line.split('|').map((part) => part.trim())
    const slug = slugify(name)
    const isChild = line.startsWith(' ')
    const topic = { slug, name, kind: KINDS[kind] ?? 'field', parent: isChild ? field : null }
    if (!isChild) field = slug
    bySlug.set(slug, topic)
    const marked = aliases.split(',').flatMap((alias) => alias.trim() || [])
    const phrases = marked
      .filter((phrase) => phrase !== '!')
      .map((phrase) => phrase.replace('^', ''))
    all.push({ topic, phrases: [name, ...phrases] })
    const named = marked.includes('!') ? [] : [name]
    for (const phrase of [...named, ...phrases]) insert(root, topicWords(phrase), topic)
    const plain = marked.filter((phrase) => !/^[!^]/.test(phrase))
    for (const phrase of [...named, ...plain]) insert(ofAbstracts, topicWords(phrase), topic)
  }
  return { bySlug, phrases: all, root, ofAbstracts }
}

function insert(root: Node, words: string[], topic: VocabularyTopic): void {
  if (words.length === 0) return
  let node = root
  for (const word of words) {
    const next: Node = node.next.get(word) ?? { next: new Map(), topic: null }
    node.next.set(word, next)
    node = next
  }
  node.topic ??= topic
}
