import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { groupBy, range } from 'es-toolkit'
import { addDays } from '../day.ts'
import type {
  DecisionClaim,
  EventClaim,
  PaperRecord,
  ReferenceClaim,
  RepositoryClaim,
} from '../domain/record/paper-record.ts'
import type { RepositoryState } from '../domain/repositories/restore.ts'
import { type Outcome, recordOf } from '../import/input/outcome.ts'
import { readPaperlist } from '../import/sources/paperlists.ts'

/** Source of all made-up records. */
export const DEMO = 'demo'

/** Number of daily lists, on the weekdays before today. */
const LISTS = 30
const LISTED_PER_DAY = 6

/** Venue with made-up reviews, the number of reviewed papers, and the number of talks among them. */
const REVIEWED_AT = 'coling'
const REVIEWED = 60
const TALKS = 12

/** Number of papers with made-up versions. */
const VERSIONED = 30

/** Number of papers whose repository gets a made-up star history; stars of the others stay unknown. */
const STARRED_REPOSITORIES = 120

/** Made-up main languages, in turn. */
const LANGUAGES = [
  ...['Python', 'Python', 'Jupyter Notebook', 'Python', 'C++', 'Python', 'Java', 'Python'],
  ...['JavaScript', 'Python', 'Rust'],
]

/** Days before today on which stars are counted: daily, then weekly, then monthly for two years. */
const COUNTED_BEFORE = [
  ...range(15),
  ...range(9).map((week) => 21 + 7 * week),
  ...range(21).map((month) => 107 + 30 * month),
]

/** A paper of the sample, with a random weight on which its made-up numbers depend. */
interface Subject {
  record: PaperRecord
  /** Heavy-tailed: a few papers get most of the citations, stars and upvotes. */
  appeal: number
}

/**
 * Makes up citations among the papers of the sample, daily lists with upvotes, and languages and star histories that end today, all
 * with the source `demo`. The same file and day give the same result.
 */
export async function* demoOutcomes(file: string, today: string): AsyncGenerator<Outcome> {
  const random = randomFrom(20_210_801)
  const subjects = await readSubjects(file, random)
  const repositories = repositoryStates(subjects, today, random)
  let position = 0
  const preprints = subjects.filter((subject) => dayOf(subject) >= '2025').slice(0, VERSIONED)
  for (const record of versionsOf(preprints, addDays(today, -40), 1))
    yield { position: position++, record }
  for (const record of citing(subjects, random)) yield { position: position++, record }
  for (const repository of repositories) yield { position: position++, addition: { repository } }
  for (const record of listed(subjects, today, random)) yield { position: position++, record }
  for (const record of reviewed(subjects, random)) yield { position: position++, record }
  for (const record of [...takenBack(today), ...accessible(subjects)])
    yield { position: position++, record }
  // The same records again, in a later batch, so that the log of changes has new versions.
  for (const record of versionsOf(preprints, addDays(today, -40), 2))
    yield { position: position++, record }
}

/** The first versions of preprints, one every 30 days. */
function versionsOf(subjects: Subject[], firstOn: string, count: number): PaperRecord[] {
  return subjects.map((subject) => {
    const events = range(count).map(
      (i): EventClaim => ({
        kind: 'version',
        on: addDays(firstOn, 30 * i),
        number: i + 1,
        notice: `https://example.org/demo/${identifierOf(subject)}v${i + 1}`,
      }),
    )
    return demoRecord(subject, '/versions', { events })
  })
}

/** Made-up papers with a retraction and a correction, since neither is made up for a real paper. */
function takenBack(today: string): PaperRecord[] {
  const notice = (name: string) => `https://doi.org/10.5555/demo.${name}`
  const made = (name: string, events: EventClaim[]): PaperRecord =>
    recordOf({
      ...{ source: DEMO, key: name, licence: 'CC0-1.0', kind: 'journal_article' },
      title: `A made-up paper with a ${name}`,
      published: { on: addDays(today, -400), precision: 'day' },
      language: name === 'retraction' ? 'de' : 'pt-BR',
      isRetracted: name === 'retraction',
      identifiers: [{ scheme: 'doi', value: `10.5555/demo.paper-with-a-${name}` }],
      events,
    })
  const on = addDays(today, -10)
  return [
    made('retraction', [
      { kind: 'retraction', on, reason: 'The data were made up.', notice: notice('retraction') },
      { kind: 'concern', on: addDays(today, -200), notice: notice('concern') },
    ]),
    made('correction', [
      { kind: 'correction', on, reason: 'A wrong sign in Table 2.', notice: notice('correction') },
    ]),
  ]
}

/** Made-up open access for the newest papers, with each status in turn. */
function accessible(subjects: Subject[]): PaperRecord[] {
  const statuses = ['gold', 'green', 'hybrid', 'bronze'] as const
  return subjects
    .filter((subject) => dayOf(subject) >= '2025')
    .map((subject, i) => {
      const status = statuses[i % statuses.length] ?? 'open'
      const isFree = status === 'gold' || status === 'hybrid'
      return demoRecord(subject, '/access', {
        // The language of the conference.
        language: 'en',
        openAccess: {
          status,
          url: subject.record.pdfUrl,
          licence: isFree ? 'cc-by' : null,
          version: status === 'green' ? 'accepted' : 'published',
        },
      })
    })
}

async function readSubjects(file: string, random: Random): Promise<Subject[]> {
  const subjects: Subject[] = []
  for await (const outcome of readPaperlist(createReadStream(file).pipe(createGunzip()), file)) {
    if ('record' in outcome)
      subjects.push({ record: outcome.record, appeal: Math.exp(1.4 * normal(random)) })
  }
  return subjects
}

/** A record that adds these claims to a paper of the sample, and states nothing else. */
function demoRecord({ record }: Subject, key: string, claims: Partial<PaperRecord>): PaperRecord {
  const identifiers = record.identifiers.slice(0, 1)
  return recordOf({
    ...{ source: DEMO, key: `${identifiers[0]?.value}${key}`, licence: 'CC0-1.0' },
    ...{ title: '', kind: 'other', identifiers, ...claims },
  })
}

/** Each paper cites earlier papers with a common topic, more appealing ones more often. */
function* citing(subjects: Subject[], random: Random): Generator<PaperRecord> {
  const byTopic = groupBy(
    subjects.flatMap((subject) => subject.record.topics.map(({ slug }) => ({ slug, subject }))),
    ({ slug }) => slug,
  )
  for (const subject of subjects) {
    const cited = new Map<string, ReferenceClaim>()
    const near = subject.record.topics.flatMap(({ slug }) => byTopic[slug] ?? [])
    const count = 3 + Math.floor(random() * 9)
    for (let attempt = 0; attempt < 4 * count && cited.size < count && near.length > 0; attempt++) {
      const choice = range(3)
        .map(() => near[Math.floor(random() * near.length)]?.subject as Subject)
        .filter((one) => dayOf(one) < dayOf(subject))
        .reduce<Subject | null>((a, b) => (a && a.appeal > b.appeal ? a : b), null)
      if (choice) cited.set(identifierOf(choice), referenceTo(choice, random))
    }
    const references = [...cited.values(), outsideWork(subject)]
    yield demoRecord(subject, '', { references })
  }
}

const dayOf = ({ record }: Subject) => record.published?.on ?? ''
const identifierOf = ({ record }: Subject) => record.identifiers[0]?.value ?? ''

function referenceTo({ record }: Subject, random: Random): ReferenceClaim {
  const kind = random()
  return {
    identifiers: record.identifiers.slice(0, 1),
    isInfluential: kind < 0.1,
    intents: [kind < 0.6 ? 'background' : kind < 0.9 ? 'methodology' : 'result'],
    contexts: [`A made-up sentence that cites “${record.title}”.`],
  }
}

/** A cited work that is not in the catalogue. */
const outsideWork = (subject: Subject): ReferenceClaim => ({
  // The DOI prefix reserved for examples.
  identifiers: [{ scheme: 'doi', value: `10.5555/demo.${identifierOf(subject)}` }],
  title: 'A made-up work that is not in the catalogue',
})

/** Made-up reviews of the most appealing papers of a conference whose list states none; the first papers are talks. */
function* reviewed(subjects: Subject[], random: Random): Generator<PaperRecord> {
  const accepted = subjects
    .filter(({ record }) => record.venue?.slug === REVIEWED_AT)
    .toSorted((a, b) => b.appeal - a.appeal)
    .slice(0, REVIEWED)
  for (const [rank, subject] of accepted.entries()) {
    const { venue, eventYear: year, topics } = subject.record
    const area = topics[0]?.name
    const mean = Math.round(100 * Math.min(8, 5 + subject.appeal ** 0.5 + random())) / 100
    const decision: DecisionClaim = {
      ...{ venue, year, outcome: 'accepted' },
      ...(rank < TALKS && { presentation: 'oral', status: 'Oral' }),
      ...(rank === 0 && { award: 'Best Paper Award' }),
      ...(rank < TALKS && { session: `Talks ${1 + (rank % 4)}` }),
      ...(area && { area }),
      rating: { mean, count: 3 + Math.floor(random() * 3) },
    }
    const authorSummary = `A made-up sentence on ${area ?? 'the subject'}, in place of the authors'.`
    const names = topics.map(({ slug }) =>
      slug === 'large-language-models' ? 'LLMs' : slug.replaceAll('-', ' '),
    )
    const keywords = [...names, 'made-up keyword']
    yield demoRecord(subject, '/review', { authorSummary, keywords, decisions: [decision] })
  }
}

/** Puts the newest papers of the sample on one daily list each. */
function* listed(subjects: Subject[], today: string, random: Random): Generator<PaperRecord> {
  const recent = subjects
    .filter((subject) => dayOf(subject) >= '2024')
    .toSorted((a, b) => b.appeal - a.appeal)
    .slice(0, LISTS * LISTED_PER_DAY)
  for (const on of weekdaysUntil(today, LISTS)) {
    for (let i = 0; i < LISTED_PER_DAY; i++) {
      const [subject] = recent.splice(Math.floor(random() * recent.length), 1)
      if (!subject) return
      const upvoteCount = Math.round(3 + 4 * subject.appeal ** 0.7)
      const commentCount = 1 + Math.floor(random() * 5)
      const listing = { on, organisation: null, projectUrl: null, mediaUrls: [], commentCount }
      yield demoRecord(subject, `/${on}`, { upvoteCount, listing })
    }
  }
}

/** Made-up languages and star histories for repositories of the most appealing papers. Every tenth gains many stars in the last days. */
function repositoryStates(subjects: Subject[], today: string, random: Random): RepositoryState[] {
  const chosen = subjects
    .filter(({ record }) => record.repositories.some(({ host }) => host === 'github.com'))
    .toSorted((a, b) => b.appeal - a.appeal)
    .slice(0, STARRED_REPOSITORIES)
  const states = new Map<string, RepositoryState>()
  for (const [rank, subject] of chosen.entries()) {
    const repository = subject.record.repositories.find(({ host }) => host === 'github.com')
    if (!repository || states.has(repository.url)) continue
    const final = Math.round(20 + 60 * subject.appeal)
    const middle = 600 * random() - 100
    const burst = rank % 10 === 3 ? 0.4 : 0
    const starHistory = COUNTED_BEFORE.toReversed().map((before) => {
      const growth = 1 / (1 + Math.exp((before - middle) / 90))
      const isBefore = before > 2 + (rank % 5)
      const stars = Math.round(final * growth * (isBefore ? 1 - burst : 1))
      return { on: addDays(today, -before), stars, source: DEMO }
    })
    states.set(repository.url, stateOf(repository, starHistory, states.size))
  }
  return [...states.values()]
}

/** Leaves out the number and ETag of the host, so that a later sync requests the repository by its name. */
function stateOf(
  { host, owner, name, url }: RepositoryClaim,
  starHistory: RepositoryState['starHistory'],
  place: number,
): RepositoryState {
  const stars = starHistory.at(-1)?.stars ?? 0
  return {
    ...{ host, owner, name, formerNames: [], etag: null, isGone: false, checkedAt: null },
    facts: {
      ...{ hostId: null, owner, name, url, stars, forks: Math.round(stars / 8) },
      description: 'Demonstration data: stars, forks and language are made up.',
      language: LANGUAGES[place % LANGUAGES.length] ?? null,
      ...{ licence: null, isArchived: false, pushedAt: null },
    },
    starHistory,
  }
}

/** Weekdays up to today, the latest first; there are no daily lists at weekends. */
function weekdaysUntil(today: string, count: number): string[] {
  const days = range(2 * count).map((before) => addDays(today, -before))
  return days.filter((day) => new Date(day).getUTCDay() % 6 !== 0).slice(0, count)
}

type Random = () => number

/** Pseudo-random numbers from 0 to 1 for a seed, by mulberry32. */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A normally distributed number with mean 0 and standard deviation 1, by Box and Muller. */
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
