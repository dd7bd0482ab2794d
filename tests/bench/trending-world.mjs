import { seeded } from './random.mjs'

/** Number of days of a world. The first half is history; then there are risers to find. */
export const DAYS = 120
export const FIRST_ASKED = 60
/** A riser counts as one while it rises and this many days afterwards. */
const REMEMBERED_DAYS = 2

const TOPICS = ['vision', 'language', 'robotics', 'theory', 'biology', 'loud']
/** How much the counts of a topic exceed those of others. */
const loudness = (topic) => (topic === 'loud' ? 10 : 1)

/**
 * A made-up catalogue with known truth: for each paper the day of publication, its topic, its repository and its citations by day; for each
 * repository the true and the counted stars; and the planted risers, each with the days on which it rises.
 */
export function makeWorld(seed, { hasVotes = false } = {}) {
  const random = seeded(seed)
  const world = { papers: [], repositories: [], risers: [] }
  const tools = { ...draws(random), random }
  addBackground(world, tools)
  addGiants(world, tools)
  addSteady(world, tools)
  addLibrary(world, tools)
  addRisers(world, tools)
  addBots(world, tools)
  if (hasVotes) addVotes(world, tools)
  for (const repository of world.repositories) count(repository, tools)
  return world
}

/** The risers that should be shown on a day. */
export const risingOn = ({ risers }, day) =>
  risers
    .filter(({ from, to }) => from + 1 <= day && day <= to + REMEMBERED_DAYS)
    .map(({ paper }) => paper)

function draws(random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const poisson = (mean) => {
    if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
    let product = random()
    let drawn = 0
    for (const limit = Math.exp(-mean); product > limit; drawn++) product *= random()
    return drawn
  }
  return {
    poisson,
    lognormal: (median, spread) => median * Math.exp(spread * normal()),
    whole: (from, to) => from + Math.floor(random() * (to - from + 1)),
    pick: (list) => list[Math.floor(random() * list.length)],
  }
}

function addPaper(world, { day, topic, kind, repository = null }) {
  const paper = {
    id: world.papers.length,
    day,
    topic,
    kind,
    repository,
    listing: null,
    citations: [],
    votes: [],
  }
  world.papers.push(paper)
  return paper
}

/** `rate` returns the average number of stars gained on a day. */
function addRepository(world, { stars, rate, from = 0 }) {
  const repository = {
    id: world.repositories.length,
    start: stars,
    rate,
    from,
    extra: new Map(),
    counts: new Map(),
  }
  world.repositories.push(repository)
  return repository
}

/** Three papers a day: most with code, which gains stars in its first days; some listed and upvoted; some cited. */
function addBackground(world, { random, poisson, lognormal, whole, pick }) {
  for (let day = -60; day < DAYS; day++)
    for (let i = 0; i < 3; i++) {
      const topic = pick(TOPICS)
      const first = lognormal(0.8, 0.8) * loudness(topic)
      const repository =
        random() < 0.6
          ? addRepository(world, {
              stars: 0,
              from: Math.max(0, day),
              rate: (today) =>
                today < day ? 0 : first * Math.exp(-(today - day) / 12) + 0.1 * loudness(topic),
            })
          : null
      const paper = addPaper(world, { day, topic, kind: 'background', repository })
      if (random() < 0.2)
        paper.listing = { day: day + 1, upvotes: Math.round(lognormal(8, 0.6) * loudness(topic)) }
      for (let today = day + 20; today < DAYS; today++)
        for (let n = poisson(0.01 * loudness(topic)); n > 0; n--) paper.citations.push(today)
    }
  return whole
}

/** Old repositories with tens of thousands of stars, and many more each day. */
function addGiants(world, { lognormal, whole, pick }) {
  for (let i = 0; i < 10; i++) {
    const rate = lognormal(60, 0.5)
    const repository = addRepository(world, { stars: whole(20_000, 150_000), rate: () => rate })
    const paper = addPaper(world, {
      day: -1000 - i * 90,
      topic: pick(TOPICS),
      kind: 'giant',
      repository,
    })
    for (let today = 0; today < DAYS; today++) paper.citations.push(today, today)
  }
}

/** Repositories of one year with a few stars a day, every day a little more. */
function addSteady(world, { lognormal, pick }) {
  for (let i = 0; i < 25; i++) {
    const topic = pick(TOPICS)
    const rate = lognormal(5, 0.4) * loudness(topic)
    const repository = addRepository(world, {
      stars: Math.round(200 * rate),
      rate: (day) => rate * (1 + day / 400),
    })
    addPaper(world, { day: -365 - i, topic, kind: 'steady', repository })
  }
}

/** A library that forty papers link to, with its own waves of attention. */
function addLibrary(world, { pick }) {
  const rate = (day) => 120 + (day % 30 < 6 ? 300 : 0)
  const repository = addRepository(world, { stars: 40_000, rate })
  for (let i = 0; i < 40; i++)
    addPaper(world, {
      day: -600 + i * 15,
      topic: pick(TOPICS),
      kind: 'library',
      repository,
    }).isOfficial = i === 0
}

/** New and old papers that get attention for some days: by stars, by upvotes or by citations. */
function addRisers(world, tools) {
  const { random, whole } = tools
  for (let day = FIRST_ASKED - 6; day < DAYS; day++) {
    const count = random() < 0.5 ? 1 : 2
    for (let i = 0; i < count; i++) {
      const signal = random()
      const from = day
      const to = from + whole(2, 6)
      if (signal < 0.6) riseByStars(world, tools, from, to)
      else if (signal < 0.85) riseByUpvotes(world, tools, from)
      else riseByCitations(world, tools, from)
    }
  }
}

function riseByStars(world, { random, lognormal, whole, pick }, from, to) {
  const topic = pick(TOPICS)
  const isOld = random() < 0.4
  const burst = lognormal(30, 0.5) * loudness(topic)
  const usual = lognormal(0.6, 0.5) * loudness(topic)
  const published = isOld ? from - whole(100, 500) : from - whole(0, 6)
  const repository = addRepository(world, {
    stars: isOld ? whole(20, 1500) : 0,
    from: Math.max(0, published),
    rate: (day) => (day < published ? 0 : usual + (day >= from && day <= to ? burst : 0)),
  })
  const paper = addPaper(world, { day: published, topic, kind: 'riser by stars', repository })
  world.risers.push({ paper, from, to })
}

/** A riser without any history of stars. */
function riseByUpvotes(world, { lognormal, pick }, from) {
  const topic = pick(TOPICS)
  const paper = addPaper(world, { day: from - 1, topic, kind: 'riser by upvotes' })
  paper.listing = { day: from, upvotes: Math.round(lognormal(90, 0.3) * loudness(topic)) }
  world.risers.push({ paper, from: from - 1, to: from + 2 })
}

/** A riser without code. */
function riseByCitations(world, { poisson, lognormal, whole, pick }, from) {
  const topic = pick(TOPICS)
  const paper = addPaper(world, { day: from - whole(30, 200), topic, kind: 'riser by citations' })
  const rate = lognormal(3, 0.3) * loudness(topic)
  for (let day = from; day <= from + 6; day++)
    for (let n = poisson(rate); n > 0; n--) paper.citations.push(day)
  world.risers.push({ paper, from: from + 1, to: from + 6 })
}

/** On three occasions, accounts star fifty repositories at once. */
function addBots({ repositories }, { random, whole, pick }) {
  for (let i = 0; i < 3; i++) {
    const day = whole(FIRST_ASKED, DAYS - 5)
    const accounts = whole(80, 300)
    const victims = new Set()
    for (let tries = 0; victims.size < 50 && tries < 5000; tries++) {
      const one = pick(repositories)
      if (one.from < day - 10) victims.add(one)
    }
    for (const one of victims) one.extra.set(day, accounts - (random() < 0.2 ? whole(0, 3) : 0))
  }
}

/**
 * Readers of the catalogue vote: occasionally for recent papers, one of them for every paper of his own field, and for some days many of
 * them for a riser without other signals.
 */
function addVotes(world, tools) {
  const { random, poisson, pick, whole } = tools
  for (const paper of world.papers) {
    if (paper.kind !== 'background') continue
    for (let day = Math.max(0, paper.day); day < Math.min(DAYS, paper.day + 5); day++)
      for (let n = poisson(0.15); n > 0; n--) paper.votes.push({ day, voter: whole(1, 40) })
    if (paper.topic === 'theory' && paper.day >= 0) paper.votes.push({ day: paper.day, voter: 0 })
  }
  for (let day = FIRST_ASKED - 4; day < DAYS; day++)
    if (random() < 0.4) riseByVotes(world, tools, day, pick(TOPICS))
}

function riseByVotes(world, { random, whole }, from, topic) {
  const published = random() < 0.4 ? from - whole(60, 300) : from - whole(0, 2)
  const paper = addPaper(world, { day: published, topic, kind: 'riser by votes' })
  const to = from + whole(1, 3)
  const voters = Array.from({ length: 40 }, (_, i) => i + 1).sort(() => random() - 0.5)
  for (const voter of voters.slice(0, whole(10, 24)))
    paper.votes.push({ day: whole(from, to), voter })
  world.risers.push({ paper, from: from - 1, to: to + 1 })
}

/** Stars by day; counted on most days, once a week for some repositories, and never for few. */
function count(repository, { random, poisson }) {
  const habit = random()
  const isKnown = (day) =>
    habit < 0.05 ? false : habit < 0.2 ? (day + repository.id) % 7 === 0 : random() < 0.85
  let stars = repository.start
  for (let day = 0; day < DAYS; day++) {
    if (day >= repository.from)
      stars += poisson(repository.rate(day)) + (repository.extra.get(day) ?? 0)
    if (day >= repository.from && isKnown(day)) repository.counts.set(day, stars)
  }
}
