import { LRUCache } from 'lru-cache'
import { simplified } from '../record/title-key.ts'
import { namesInAffiliation } from './affiliations/read.ts'
import {
  AFFILIATION_NAMES,
  AFFILIATIONS_COUNTED,
  TITLE_WORDS,
  TITLES_COUNTED,
} from './counts/words.ts'

/** Words that titles of any subject have. */
const OF_TITLES = new Set(
  'across analysis and any applied approach are assessment based between beyond by can case cases comparative comparison comprehensive cross data deep detection driven efficient evaluating evaluation experimental findings for framework from generation graph how image images improved improving in investigation is it language large learning long method methods model models multi network networks neural new not number numbers on over overview report reports results review robust some studies study survey surveys system systems task tasks technical term that the this through to toward towards training tutorial two under using via what when which with without'.split(
    ' ',
  ),
)

/** What tells an affiliation from others: see `affiliations/read.ts`. */
export const affiliationWords = (affiliation: string | null): ReadonlySet<string> =>
  known.memo(affiliation ?? '')

/** Affiliations that are remembered: an import compares the same people again with each batch. */
const known = new LRUCache<string, ReadonlySet<string>>({
  max: 5_000,
  memoMethod: (affiliation) => namesInAffiliation(affiliation),
})

/** The words of a title that tell what it is about. */
export function titleWords(title: string): Set<string> {
  return wordsOf(title)
}

/**
 * Accounts of companies, whose groups have little to do with each other: of two papers with code of one of them, at most a third share an author
 * (about a half of `nvlabs` and `salesforce`), of most other accounts of the lists nearly all. Those with few papers in the lists are of the same kind.
 */
const COMPANIES =
  'alibaba amazon-research amazon-science amzn apple aws aws-samples awslabs azure azure-samples baidu bytedance bytedance-seed deepmind facebook facebookincubator facebookresearch google google-deepmind google-gemini google-health google-research google-research-datasets googlecloudplatform huawei huawei-noah huaweicloud ibm inclusionai intel intellabs kwai linkedin meituan meta-llama microsoft mozilla naver naver-ai netflix nvidia nvidia-nemo nvlabs openai qualcomm-ai-research sakanaai salesforce samsung samsunglabs sony sonyresearch spotify spotify-research tencent tencent-hunyuan twitter twitter-research uber uber-research yahoo yandex yandex-research'
/**
 * Accounts of frameworks, foundations and umbrella projects, to which many groups add code: an author is shared by 13% of the pairs of
 * papers of `tensorflow`, 19% of `allenai` and 27% of `paddlepaddle`.
 */
const UMBRELLAS =
  'allenai apache bigcode-project bigscience-workshop bioconductor cran eleutherai huggingface jax-ml keras-team lightning-ai meta-pytorch mindspore-ai mindspore-lab mlcommons numpy onnx opencv openmined paddlepaddle pytorch pytorch-labs pytorchlightning rapidsai ray-project ropensci ros scikit-learn scikit-learn-contrib scipy tensorflow'
const OF_MANY_GROUPS = new Set(`${COMPANIES} ${UMBRELLAS}`.split(' '))

/** Accounts that tell who wrote a paper, of those that have its official code. */
export const tellingOwners = (owners: readonly string[]): Set<string> =>
  new Set(owners.map((owner) => owner.toLowerCase()).filter((owner) => !OF_MANY_GROUPS.has(owner)))

const LEAST_LETTERS = 3
/** Keys of titles are, as a rule. */
const IS_SIMPLIFIED = /^[a-z0-9 ]*$/

function wordsOf(text: string): Set<string> {
  return new Set(
    (IS_SIMPLIFIED.test(text) ? text : simplified(text))
      .split(' ')
      .filter((word) => word.length >= LEAST_LETTERS && !OF_TITLES.has(word)),
  )
}

/** From this rarity on words are equally rare: those that are in one of 1,000 texts. */
const RAREST = 0.001
/** Of words that are in a third of all texts or more: what is shared is never worth nothing. */
const LEAST_RARITY = 0.1

/** How much it says that two titles have a word, from `LEAST_RARITY` to 1. */
export const rarityInTitles = rarityIn(TITLE_WORDS, TITLES_COUNTED)

/** How much it says that two affiliations have a name. */
export const rarityInAffiliations = rarityIn(AFFILIATION_NAMES, AFFILIATIONS_COUNTED)

/** The logarithm of a word's share of the texts, as a part of that of the rarest words. */
function rarityIn(counts: Map<string, number>, texts: number): (word: string) => number {
  const rarities = new Map(
    [...counts].map(([word, count]) => [
      word,
      Math.min(1, Math.max(LEAST_RARITY, Math.log(count / texts) / Math.log(RAREST))),
    ]),
  )
  return (word) => rarities.get(word) ?? 1
}

/** How much it says that two papers have a topic, by the rarest word of its slug. */
export function rarityOfTopic(slug: string): number {
  const words = slug.split('-').filter((word) => !OF_TITLES.has(word))
  return Math.max(LEAST_RARITY, ...words.map(rarityInTitles))
}

/** Slugs of topics as they are compared: in the singular. */
export const topicOf = (slug: string) => slug.replace(/(?<=[a-z]{2}[^s])s$/, '')

/** Subjects as they are compared, without those that are words of the title, as these are compared, too. */
export const topicsOf = (slugs: readonly string[], ofTitle: ReadonlySet<string>): Set<string> =>
  new Set(slugs.map(topicOf).filter((topic) => !ofTitle.has(topic)))
