import { citationGraph } from './citations.mjs'
import { distinct, seeded, zipf } from './random.mjs'
import { capital, personName, vocabulary } from './words.mjs'

const TOPICS = 2000
const VENUES = 200
const FIRST_DAY = Date.UTC(1995, 0, 1)
const DAYS = 11_500

/**
 * The generated catalogue: `tables` of finished rows for the small tables, and `papers()`, which yields
 * each paper with its rows of the large ones. Counts in `tables` are right once `papers()` is drained.
 */
export function catalogue(size, seed) {
  const random = seeded(seed)
  const words = vocabulary(seed)
  const authors = Array.from({ length: Math.max(200, Math.round(size / 5)) }, () => ({
    name: personName(random),
    papers: 0,
  }))
  const topics = Array.from({ length: TOPICS }, (_, i) => ({
    name: `${capital(words[100 + i])} ${words[2200 + i]}`,
    slug: `${words[100 + i]}-${words[2200 + i]}-${i}`,
    papers: 0,
  }))
  const venues = Array.from({ length: VENUES }, (_, i) => ({
    name: `Conference on ${capital(words[300 + i])} ${capital(words[900 + i])}`,
    slug: `conf-${i}`,
    papers: 0,
  }))
  const graph = citationGraph(size, seed)
  const world = { random, words, authors, topics, venues, repositories: [], graph }
  const draw = {
    word: zipf(words.length, 3, random),
    author: zipf(authors.length, 50, random),
    topic: zipf(TOPICS, 1, random),
    venue: zipf(VENUES, 3, random),
  }
  return {
    authors,
    topics,
    venues,
    repositories: world.repositories,
    *papers() {
      for (let id = 1; id <= size; id++) yield paper(id, world, draw)
    },
  }
}

function paper(id, world, draw) {
  const { random, words, graph } = world
  const published = publishedOn(random)
  const authors = distinct(draw.author, 1 + Math.floor(random() * 7))
  const topics = distinct(draw.topic, 1 + Math.floor(random() * 5))
  const repositories = random() < 0.35 ? pickRepositories(id, world) : []
  const venue = random() < 0.8 ? draw.venue() : null
  for (const author of authors) world.authors[author].papers++
  for (const topic of topics) world.topics[topic].papers++
  for (const repository of repositories) world.repositories[repository].papers++
  if (venue !== null) world.venues[venue].papers++
  return {
    id,
    title: sentence(words, draw.word, 6 + Math.floor(random() * 8)),
    abstract: abstract(words, draw.word, random),
    published,
    authors,
    topics: topics.map((topic) => ({ topic, score: Math.round(random() * 1000) / 1000 })),
    repositories,
    stars: Math.max(0, ...repositories.map((r) => world.repositories[r].stars)),
    venue,
    citations: Math.floor(1 / (random() + 0.0002)),
    references: graph.targets.slice(graph.starts[id], graph.starts[id + 1]),
    citedBy: graph.counts[id],
  }
}

/** Recent days are more common; about one paper in a hundred has no date. */
function publishedOn(random) {
  if (random() < 0.01) return null
  const day = Math.floor(DAYS * (1 - random() ** 2.5))
  return new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10)
}

function pickRepositories(id, world) {
  const { random, repositories, words } = world
  const drawOne = () => {
    if (repositories.length > 0 && random() < 0.15) {
      return Math.floor(repositories.length * random() ** 3)
    }
    const owner = words[200 + Math.floor(random() * 3000)]
    const name = `${words[200 + Math.floor(random() * 3000)]}-${id}`
    const stars = Math.floor(1 / (random() + 0.00001)) - 1
    return (
      repositories.push({ owner, name: `${name}-${repositories.length}`, stars, papers: 0 }) - 1
    )
  }
  return distinct(drawOne, random() < 0.25 ? 2 : 1)
}

function sentence(words, draw, length) {
  let text = capital(words[draw()])
  for (let i = 1; i < length; i++) text += ` ${words[draw()]}`
  return text
}

function abstract(words, draw, random) {
  const sentences = 6 + Math.floor(random() * 5)
  const parts = []
  for (let i = 0; i < sentences; i++) {
    parts.push(sentence(words, draw, 12 + Math.floor(random() * 14)))
  }
  return `${parts.join('. ')}.`
}
