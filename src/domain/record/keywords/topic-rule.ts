import { joinedKey } from './topic-key.ts'

/**
 * Version of the rules by which papers have topics: those of this folder, the vocabulary, and how texts are searched for it. Raise it
 * when you change any of them, so that existing catalogues follow: see src/domain/record/README.md.
 */
export const TOPICS_VERSION = 4

/**
 * Thresholds for a keyword to be a topic: papers of several groups have it and mention it in their titles. Metrics, data sets, models and tags
 * of a library are rarely in titles, so their shares are low.
 */
const TOPIC_RULE = {
  /** Minimum number of groups whose papers mention it in title or abstract; a word of fewer groups is one school's term. */
  groups: 3,
  /** Minimum number of groups whose papers mention it in the title. */
  titleGroups: 3,
  /** Minimum share of its papers that mention it at all; those with a tag do not. */
  saidShare: 0.1,
  /** Minimum share of its papers that mention it in the title. */
  titleShare: 0.05,
} as const

/** The use of a keyword, in all its spellings, by papers. */
export interface KeywordSupport {
  papers: number
  said: number
  inTitle: number
  groups: number
  titleGroups: number
}

/** Whether a keyword with this use is a topic. Independent of the order in which papers arrived. */
export function isTopic(key: string, support: KeywordSupport): boolean {
  const { papers, said, inTitle, groups, titleGroups } = support
  return (
    !isGeneric(key) &&
    groups >= TOPIC_RULE.groups &&
    titleGroups >= TOPIC_RULE.titleGroups &&
    said >= TOPIC_RULE.saidShare * papers &&
    inTitle >= TOPIC_RULE.titleShare * papers
  )
}

/** For an acronym: the number of papers that use it with each long form. */
export type LongForms = ReadonlyMap<string, number>

const ACRONYM_RULE = {
  /** Minimum number of papers that use the acronym with the long form. */
  papers: 2,
  /** Minimum share of the papers that explain the acronym: "TTS" is test-time scaling and text to speech, and joins neither. */
  share: 0.8,
} as const

/** The long form of an acronym; null if papers disagree. */
export function longFormOf(forms: LongForms): string | null {
  const total = [...forms.values()].reduce((sum, count) => sum + count, 0)
  const [best] = [...forms].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  if (!best || best[1] < ACRONYM_RULE.papers || best[1] < ACRONYM_RULE.share * total) return null
  return best[0]
}

/** Words that are not subjects, however often they occur in titles, and tags of libraries. */
const GENERIC = `accuracy adaptation adaptive adversarial agnostic algorithm ai analysis application approach architecture arxiv
  assessment autoregressive baseline case challenge code codebase collection comparison complexity computation concept conference
  construction convergence data dataset demo demonstration design detection development device discrete distributed diversity
  dynamics efficiency efficient end-to-end ensemble environment error estimation evaluation example experiment explanation exploration
  extraction feature feedback framework function future general generation generic gpu guideline human hybrid hyperparameter
  implementation important imported improvement index inference infrastructure initialization input instruction integration interaction
  interactive introduction iterative journal journal-article knowledge language large-scale latency layer library literature
  long-horizon loss management matching measurement mechanism memory method methodology metric miscellaneous misc model modeling module
  multi-label multi-class multi-level multi-scale multi-stage multi-task multi-view network new noise online open-source open opportunity
  other outcome output overview paper parallel parameter perception performance pipeline plug-and-play policy practice preprint
  prediction principle problem procedure process processing program project property protocol quality random read realtime real-world
  record reflection regression reliability report reproducibility research resource result review reward robust rollout rule sample
  sampling scale scalability scalable scaling selection semantics sequence setting signal simulation software solution source
  specification speed standard statistics state-of-the-art strategy structure study supervised survey system task taxonomy technique
  technology temporal test testing text theory thesis todo to-do token tool to-read toolbox track training training-free trajectory
  translation trend tutorial understanding unified unread unsupervised utility validation variable verification verifier video vision web
  3d adam agent alignment atlas attention-map compression denoising diffusion embedding entropy faithfulness fusion generalization
  generative graph grounding hierarchical human-preference latent-space learning manipulation memorization motion multi-agent-framework
  multi-disciplinary muon neural-net on-policy optimizer perception-module representation retrieval robustness safety search security similarity
  skill softmax sparsity speech uncertainty vision-encoder visual-perception visual-token
  whitepaper work workflow workshop male female adult animal child humans favourite`

let generic: ReadonlySet<string> | null = null

function isGeneric(key: string): boolean {
  generic ??= new Set(GENERIC.split(/\s+/).map((word) => joinedKey(word)))
  return generic.has(key)
}
