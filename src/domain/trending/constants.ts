/**
 * The constants of trending, each with its unit, its reason and its effect. They were chosen by `npm run bench:trending`, which
 * shows what a change does. After a change, `paperql trend --all` works out all scores again.
 */
export const TRENDING = {
  /**
   * Days after which an event counts 1/e (37%) of what it did. Reason: a list is to show what happened within its window, and most
   * of what counts is then not older than it. Effect: smaller means that lists change faster.
   */
  decayDays: { day: 2, week: 3.5, month: 25 },

  /**
   * Power to which the doublings of an event are raised. Reason: among the papers of a day a reader looks for those that are new and
   * noticed; among those of a month, twenty times as many, for the few that stood out, so that to have stood out has to weigh more than
   * to be of today. Effect: with 1, each doubling counts as much; larger puts the greatest of the window before the latest.
   */
  contrast: { day: 1, week: 1, month: 2 },

  /**
   * Weight of a publication, the unit of all weights. Reason: a paper without signals then has the score of its day. Effect: what
   * weighs more than a publication lifts a paper above those published on the same day.
   */
  publication: 1,

  /**
   * Weight of the first repository of a paper, in publications. Reason: with code beats without, on the same day. Effect: lifts it
   * by decayDays × ln(1 + this), 1 to 17 days.
   */
  code: 1,

  /**
   * Weight of a day on which a repository gains twice its expected stars, in publications; each doubling adds as much. Reason: of
   * a burst the first hundred stars say more than the tenth. Effect: larger puts stars before upvotes and citations.
   */
  stars: 1,

  /** Weight of the upvotes of a listing that are as many as usual; each doubling adds as much. As `stars`. */
  upvotes: 3,

  /** Weight of a day of a week with twice the expected citations; each doubling adds as much. As `stars`. */
  citations: 1,

  /**
   * Share of its stars that a repository is expected to gain in a day, while no history says better. Reason: large
   * repositories gain many stars without news. Effect: larger hides old giants sooner, and young repositories too.
   */
  dailyGrowth: 0.002,

  /**
   * Days over which the usual gain of a repository, or of citations, is averaged. Reason: a quarter holds ordinary weeks and a
   * burst. Effect: larger lets steady growth pass for news for longer.
   */
  baselineDays: 90,

  /**
   * Days of its history from which on the usual gain of a repository is that of the history. Reason: fewer days may be the burst itself.
   */
  baselineLeastDays: 14,

  /**
   * Days between two counts of stars up to which the gain is dated well enough. Reason: of 2,000 stars in four months nobody knows that
   * they came now. Effect: a gain over longer counts less, in proportion.
   */
  datedGapDays: 14,

  /** Days before the last count of stars, and before the last citation, that are read. Reason: e^(-160/25) is 0.2%. Effect: bounds the work
   * for a repository, and for a paper that is cited for decades. */
  horizonDays: 160,

  /**
   * Fewest and first guess of what is usual in a topic, a day: stars, citations, votes in this catalogue; a listing: upvotes. Reason:
   * without a floor, one star of a quiet field would be a sensation, and readers of a catalogue are fewer than those of a public list, so
   * that their votes are measured by themselves. Effect: larger asks for more before anything counts.
   */
  usual: { stars: 4, upvotes: 8, citations: 0.3, votes: 4 },

  /** Days before a month from which it is learnt what is usual in it. Reason: fields change over a year, not within weeks. */
  usualDays: 60,

  /**
   * Examples that the whole catalogue counts for beside those of a topic. Reason: a topic with two repositories has no usual of its
   * own. Effect: larger makes topics more alike, so that loud ones show more often.
   */
  usualPrior: 10,

  /**
   * Share of a repository that a paper has which is not its official one, next to an official one with 1. Reason: a library that is
   * linked by 40 papers is news for none of them. Effect: smaller gives more to the official paper.
   */
  unofficialShare: 0.25,

  /**
   * Stars gained between two counts, beyond what was expected, from which on a gain may be one of many alike; how many times the usual
   * stars of a day that must be; and the most days between the counts. Reason: small gains are alike by chance.
   */
  jump: { stars: 20, times: 4, mostDays: 14 },

  /**
   * Repositories with the same sudden gain on a day from which on they share the weight of one; by how much (as a share) their gains
   * may differ; and how many times as many they must be as chance brings together. Reason: accounts that are paid to star do so
   * for many repositories at once. Effect: fewer divides true bursts too.
   */
  alike: { repositories: 5, difference: 0.1, times: 3 },

  /** Papers of each window whose scores are kept for each day, for `previousRank`. Effect: later ranks are null. */
  keptRanks: 2000,

  /** Days for which they are kept: a month and some missed updates. */
  keptRankDays: 40,
} as const

/** Windows of trending. */
export const TREND_WINDOWS = ['day', 'week', 'month'] as const
export type TrendWindow = (typeof TREND_WINDOWS)[number]

/** How many days each looks back for reasons and the previous rank. */
export const WINDOW_DAYS: Record<TrendWindow, number> = { day: 1, week: 7, month: 30 }

/**
 * Days before the last update within which an event is a reason for a rank in a window. Reason: sources tell of a day after a weekend, and
 * of a week in the next; what is older lifts no paper above others of its day. Effect: larger names older events.
 */
export const REASON_DAYS: Record<TrendWindow, number> = { day: 3, week: 14, month: 60 }

/** What a score is the sum of, in the order in which it is stored. */
export const TREND_PARTS = ['stars', 'upvotes', 'citations', 'code', 'recency'] as const
export type TrendPart = (typeof TREND_PARTS)[number]

/** Day 0 of all scores. Fixed, so that a score changes only when data does. */
export const TREND_EPOCH = '2020-01-01'
