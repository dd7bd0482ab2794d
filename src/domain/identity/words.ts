import { LRUCache } from 'lru-cache'
import { simplified } from '../record/title-key.ts'
import { namesInAffiliation } from './affiliations/read.ts'
import {
  AFFILIATION_NAMES,
  AFFILIATIONS_COUNTED,
  TITLE_WORDS,
  TITLES_COUNTED,
} from './counts/words.ts'

/** Words that occur in titles on any subject. */
const OF_TITLES = new Set(
  'across analysis and any applied approach are assessment based between beyond by can case cases comparative comparison comprehensive cross data deep detection driven efficient evaluating evaluation experimental findings for framework from generation graph how image images improved improving in investigation is it language large learning long method methods model models multi network networks neural new not number numbers on over overview report reports results review robust some studies study survey surveys system systems task tasks technical term that the this through to toward towards training tutorial two under using via what when which with without'.split(
    ' ',
  ),
)

/** The words that distinguish an affiliation: see `affiliations/read.ts`. */
export const affiliationWords = (affiliation: string | null): ReadonlySet<string> =>
  known.memo(affiliation ?? '')

/** Cached, because an import compares the same people again in each batch. */
const known = new LRUCache<string, ReadonlySet<string>>({
  max: 5_000,
  memoMethod: (affiliation) => namesInAffiliation(affiliation),
})

/** The words of a title that show its subject. */
export function titleWords(title: string): Set<string> {
  return wordsOf(title)
}

/**
 * Accounts of companies, whose groups have little to do with each other: at most a third of the pairs of papers with code in one of them share an
 * author (about half for `nvlabs` and `salesforce`), against nearly all for most other accounts in the lists. Those with few papers in the lists were
 * added because they are of the same kind.
 */
const COMPANIES =
  'alibaba amazon-research amazon-science amzn apple aws aws-samples awslabs azure azure-samples baidu bytedance bytedance-seed deepmind facebook facebookincubator facebookresearch google google-deepmind google-gemini google-health google-research google-research-datasets googlecloudplatform huawei huawei-noah huaweicloud ibm inclusionai intel intellabs kwai linkedin meituan meta-llama microsoft mozilla naver naver-ai netflix nvidia nvidia-nemo nvlabs openai qualcomm-ai-research sakanaai salesforce samsung samsunglabs sony sonyresearch spotify spotify-research tencent tencent-hunyuan twitter twitter-research uber uber-research yahoo yandex yandex-research'
/**
 * Accounts of frameworks, foundations and umbrella projects, to which many groups add code: 13% of the pairs of papers in `tensorflow` share an
 * author, 19% in `allenai` and 27% in `paddlepaddle`.
 */
const UMBRELLAS =
  'allenai apache bigcode-project bigscience-workshop bioconductor cran eleutherai huggingface jax-ml keras-team lightning-ai meta-pytorch mindspore-ai mindspore-lab mlcommons numpy onnx opencv openmined paddlepaddle pytorch pytorch-labs pytorchlightning rapidsai ray-project ropensci ros scikit-learn scikit-learn-contrib scipy tensorflow'
const OF_MANY_GROUPS = new Set(`${COMPANIES} ${UMBRELLAS}`.split(' '))

/** Of the accounts that have a paper's official code, those that help to identify its authors. */
export const identifyingOwners = (owners: readonly string[]): Set<string> =>
  new Set(owners.map((owner) => owner.toLowerCase()).filter((owner) => !OF_MANY_GROUPS.has(owner)))

const LEAST_LETTERS = 3
/** Matches texts that are already simplified, as most title keys are. */
const IS_SIMPLIFIED = /^[a-z0-9 ]*$/

function wordsOf(text: string): Set<string> {
  return new Set(
    (IS_SIMPLIFIED.test(text) ? text : simplified(text))
      .split(' ')
      .filter((word) => word.length >= LEAST_LETTERS && !OF_TITLES.has(word)),
  )
}

/** Share of texts below which all words count as equally rare. */
const RAREST = 0.001
/** Minimum rarity, for words in half of all texts or more: a shared word is never worth nothing. */
const LEAST_RARITY = 0.1

/** How much a word says if two titles share it, from `LEAST_RARITY` to 1. */
export const rarityInTitles = rarityIn(TITLE_WORDS, TITLES_COUNTED)

/** How much a name says if two affiliations share it. */
export const rarityInAffiliations = rarityIn(AFFILIATION_NAMES, AFFILIATIONS_COUNTED)

/** The logarithm of a word's share of the texts, divided by that of the rarest words. */
function rarityIn(counts: Map<string, number>, texts: number): (word: string) => number {
  const rarities = new Map(
    [...counts].map(([word, count]) => [
      word,
      Math.min(1, Math.max(LEAST_RARITY, Math.log(count / texts) / Math.log(RAREST))),
    ]),
  )
  return (word) => rarities.get(word) ?? 1
}

/** How much a topic says if two papers share it, by the rarest word of its slug. */
export function rarityOfTopic(slug: string): number {
  const words = slug.split('-').filter((word) => !OF_TITLES.has(word))
  return Math.max(LEAST_RARITY, ...words.map(rarityInTitles))
}

/** The slug of a topic in the singular, for comparison. */
export const topicOf = (slug: string) => slug.replace(/(?<=[a-z]{2}[^s])s$/, '')

/** Subjects in the form for comparison, without those that are words of the title, which are compared separately. */
export const topicsOf = (slugs: readonly string[], ofTitle: ReadonlySet<string>): Set<string> =>
  new Set(slugs.map(topicOf).filter((topic) => !ofTitle.has(topic)))
