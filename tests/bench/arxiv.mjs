import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { distinct, seeded, zipf } from './random.mjs'
import { capital, personName, vocabulary } from './words.mjs'

const FOLDER = fileURLToPath(new URL('./.data/', import.meta.url))
/** Raise it when the generated data change; otherwise old files are read again. */
const VERSION = 1
const PER_MONTH = 5000
const CATEGORIES =
  'cs.LG cs.CV hep-ph cs.CL cs.AI math.AP quant-ph astro-ph.GA stat.ML hep-th math.CO cond-mat.mtrl-sci cs.IT gr-qc cs.RO math.PR math.OC eess.IV cs.CR physics.optics astro-ph.CO cond-mat.str-el math.NT cs.DS math.AG hep-ex nucl-th physics.flu-dyn cs.SE q-bio.NC econ.EM cs.HC'.split(
    ' ',
  )
const PHRASES =
  'large language models|reinforcement learning|graph neural networks|machine translation|object detection|diffusion models|federated learning|question answering|domain adaptation|knowledge graphs|semantic segmentation|differential privacy|speech recognition|bayesian inference|knowledge distillation|named entity recognition|causal inference|optimal transport|image generation|recommender systems'.split(
    '|',
  )
const LATEX =
  '$\\alpha$|$O(n \\log n)$|$L^2$|$\\mathcal{N}=4$|$\\sim 10^{-3}$|\\emph{a priori}|95\\%'.split(
    '|',
  )
const ACCENTED = [
  ["Bal\\'azs", 'Balázs'],
  ['M\\"uller', 'Müller'],
  ["Garc\\'\\i a", 'García'],
  ['\\v{S}imek', 'Šimek'],
  ['\\L ukasz', 'Łukasz'],
]
const JOURNALS = ['Phys. Rev. D', 'Astron. Astrophys.', 'J. Funct. Anal.', 'Commun. Math. Phys.']
const CONFERENCES = ['ICML', 'NeurIPS', 'ACL', 'CVPR', 'ICLR', 'EMNLP', 'AAAI']
const LICENCE = 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/'

/** Records for each affiliation: the 17,898 of the 41 conference lists print 14,256 different ones, of 62 characters, on 71% of their authorships. */
const RECORDS_PER_AFFILIATION = 1.25
const UNITS = ['Department', 'School', 'Institute', 'Laboratory', 'Faculty']

/**
 * The path of a file with a number of records in the format of arXiv's snapshot on Kaggle; written if it does not exist. `affiliated` is
 * the share of records whose byline prints the affiliation of each author.
 */
export async function arxivFile(records, seed, say, affiliated = 0) {
  const share = affiliated === 0 ? '' : `-${affiliated}`
  const path = `${FOLDER}arxiv-${records}-${seed}${share}-v${VERSION}.json`
  if (existsSync(path)) return path
  say(`writing ${records} records to ${path}`)
  mkdirSync(FOLDER, { recursive: true })
  const file = createWriteStream(`${path}.part`)
  let lines = ''
  for (const entry of entries(records, seed, affiliated)) {
    lines += `${JSON.stringify(entry)}\n`
    if (lines.length < 1 << 20) continue
    if (!file.write(lines)) await once(file, 'drain')
    lines = ''
  }
  file.end(lines)
  await once(file, 'finish')
  renameSync(`${path}.part`, path)
  return path
}

/** Entries of the snapshot. */
export function* entries(records, seed, affiliated = 0) {
  const random = seeded(seed)
  const words = vocabulary(seed)
  const people = Array.from({ length: Math.max(200, Math.round(records / 3)) }, () =>
    person(random),
  )
  // A separate generator, so that the records are equal except for the affiliations.
  const ofPlaces = seeded(seed + 1)
  const institutions = Array.from(
    { length: Math.max(50, Math.round(records / RECORDS_PER_AFFILIATION)) },
    () => institution(words, ofPlaces),
  )
  const world = {
    ...{ affiliated, ofPlaces, institutions },
    ...{ institution: zipf(institutions.length, 20, ofPlaces) },
    random,
    people,
    words,
    word: zipf(words.length, 3, random),
    author: zipf(people.length, 50, random),
    category: zipf(CATEGORIES.length, 2, random),
    phrase: zipf(PHRASES.length, 2, random),
  }
  for (let number = 0; number < records; number++) yield entry(number, world)
}

function person(random) {
  if (random() < 0.05) {
    const [latex, plain] = ACCENTED[Math.floor(random() * ACCENTED.length)]
    return { printed: `J. ${latex}`, parsed: [plain, 'J.', ''] }
  }
  const [given, family] = personName(random).split(' ')
  const isShort = random() < 0.3
  const first = isShort ? `${given[0]}.` : given
  return { printed: `${first} ${family}`, parsed: [family, first, ''] }
}

/** An institution as bylines print it: a unit, a university, a town and its country. */
function institution(words, random) {
  const word = (most) => capital(words[Math.floor(random() * Math.min(words.length, most))])
  const unit = UNITS[Math.floor(random() * UNITS.length)]
  return `${unit} of ${word(300)}, ${word(5000)} University, ${word(3000)}, ${word(150)}`
}

/** A byline in which every author has an affiliation; most share that of the first. */
function withAffiliations(parsed, { ofPlaces, affiliated, institution: next, institutions }) {
  if (affiliated === 0 || ofPlaces() >= affiliated) return parsed
  const own = institutions[next()]
  return parsed.map((name) => [...name, ofPlaces() < 0.6 ? own : institutions[next()]])
}

function entry(number, world) {
  const { random, people } = world
  const month = Math.floor(number / PER_MONTH)
  const on = new Date(Date.UTC(2007, 3 + month, 1 + Math.floor(random() * 28), number % 24, 18, 42))
  const id = `${on.toISOString().slice(2, 7).replace('-', '')}.${String((number % PER_MONTH) + 1).padStart(5, '0')}`
  const team = random() < 0.01 ? 40 : 1 + Math.floor(random() ** 2 * 9)
  const authors = distinct(world.author, team).map((index) => people[index])
  const isPublished = random() < 0.45
  return {
    id,
    submitter: authors[0].printed,
    authors: wrap(authors.map(({ printed }) => printed).join(', '), '  '),
    title: wrap(titleOf(number, world), '\n  '),
    comments: commentsOf(number, world),
    'journal-ref': isPublished ? journalOf(on.getUTCFullYear(), random) : null,
    doi: isPublished ? `10.${1000 + (number % 60)}/bench.${number}` : null,
    'report-no': random() < 0.1 ? `BENCH-${number}` : null,
    categories: distinct(
      () => CATEGORIES[world.category()],
      1 + Math.floor(random() ** 2 * 3),
    ).join(' '),
    license: random() < 0.2 ? null : LICENCE,
    abstract: `  ${wrap(abstractOf(world), '\n')}\n`,
    versions: versionsOf(on, random),
    update_date: on.toISOString().slice(0, 10),
    authors_parsed: withAffiliations(
      authors.map(({ parsed }) => parsed),
      world,
    ),
  }
}

function titleOf(number, world) {
  const { random } = world
  const title = sentence(6 + Math.floor(random() * 8), world)
  // Titles that differ only in a word near the end are common, so each title belongs to one paper.
  return random() < 0.1 ? `${title}. Part ${number}` : title
}

function commentsOf(number, { random, words }) {
  const draw = random()
  if (draw < 0.3) return null
  const pages = `${4 + Math.floor(random() * 40)} pages, ${Math.floor(random() * 12)} figures`
  if (draw > 0.9) {
    const [owner, name] = [0, 0].map(() => words[200 + Math.floor(random() * 3000)])
    return `${pages}. Code: https://github.com/${capital(owner)}/${name}-${number}.`
  }
  return draw > 0.7 ? `${pages}; accepted for publication` : pages
}

function journalOf(year, random) {
  if (random() < 0.2) return `${CONFERENCES[Math.floor(random() * CONFERENCES.length)]} ${year}`
  const journal = JOURNALS[Math.floor(random() * JOURNALS.length)]
  return `${journal} ${Math.floor(random() * 100)} (${year}) ${Math.floor(random() * 5000)}`
}

function versionsOf(on, random) {
  return Array.from({ length: 1 + Math.floor(random() ** 2 * 3) }, (_, i) => ({
    version: `v${i + 1}`,
    created: new Date(on.getTime() + i * 40 * 86_400_000).toUTCString(),
  }))
}

/** Most abstracts have some hundred characters, a few have two thousand. */
function abstractOf(world) {
  const { random } = world
  const sentences = random() < 0.05 ? 2 : 4 + Math.floor(random() ** 1.5 * 8)
  const text = Array.from(
    { length: sentences },
    () => `${sentence(10 + Math.floor(random() * 18), world)}.`,
  )
  if (random() < 0.02)
    text.push(
      `The code is available at https://gitlab.com/bench/${capital(world.words[Math.floor(random() * 5000)])}.`,
    )
  return text.join(' ')
}

function sentence(length, { random, words, word, phrase }) {
  const parts = [capital(words[word()])]
  while (parts.length < length) {
    const draw = random()
    if (draw < 0.015) parts.push(PHRASES[phrase()])
    else if (draw < 0.025) parts.push(LATEX[Math.floor(random() * LATEX.length)])
    else if (draw < 0.04) parts.push(`${words[word()]}-${words[word()]}`)
    else parts.push(words[word()])
  }
  return parts.join(' ')
}

/** Breaks a text into lines of about 75 characters, as arXiv's files have them. */
function wrap(text, glue) {
  return text.replace(/(.{60,75}) /g, `$1${glue}`)
}
