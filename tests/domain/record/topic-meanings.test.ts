import { expect, test } from 'vitest'
import { keywordUses } from '../../../src/domain/record/keywords/keyword-use.ts'
import { findTopics } from '../../../src/domain/record/topic-vocabulary.ts'

/** The topic of a phrase, and texts of other fields that contain it: title and abstract. */
const ELSEWHERE: [slug: string, phrase: string, texts: [title: string, abstract: string][]][] = [
  [
    'transformers',
    'transformer',
    [
      ['Transformer winding deformation', 'The voltage at the winding is measured.'],
      [
        'Data augmentation for transformer faults',
        'A neural classifier finds faults of a power transformer.',
      ],
      ['Ageing of a transformer', 'Dissolved gas in transformer oil tells how the paper ages.'],
      [
        'Transformers in the distribution grid',
        'Losses of distribution transformers are measured.',
      ],
    ],
  ],
  [
    'attention-mechanism',
    'attention',
    [
      ['Attention in children with ADHD', 'Children were asked to press a key.'],
      ['Sleep and attention', 'Participants who slept less made more errors in the task.'],
      ['Attention and mindfulness at work', 'Nurses were interviewed about a course.'],
    ],
  ],
  [
    'generative-adversarial-networks',
    'GaN',
    [
      ['GaN-on-silicon power devices', 'We grow layers of gallium nitride on silicon.'],
      ['Breakdown of GaN', 'The voltage at which a HEMT breaks down is measured.'],
      ['Thermal limits of GaN transistors', 'Heat is removed through diamond.'],
    ],
  ],
  [
    'diffusion-models',
    'diffusion model',
    [
      [
        'A diffusion model of solutes in clay',
        'The diffusion coefficient is measured in porous rock.',
      ],
      ['The drift diffusion model of choice', 'Reaction times of participants are modelled.'],
    ],
  ],
  [
    'parameter-efficient-fine-tuning',
    'LoRa',
    [['LoRa in rural areas', 'We measure how far a LoRaWAN gateway hears its nodes.']],
  ],
  [
    'knowledge-distillation',
    'distillation',
    [['Distillation of ethanol', 'The reflux of a distillation column is controlled.']],
  ],
  [
    'quantization',
    'quantization',
    [['Quantization of gauge fields', 'The Hamiltonian of the field is written with constraints.']],
  ],
  [
    'dropout',
    'dropout',
    [['Dropout from school in rural areas', 'Families of pupils were interviewed.']],
  ],
  [
    'probing',
    'probing',
    [['Probing dark matter with lensing', 'Galaxy surveys constrain the cosmological model.']],
  ],
  [
    'morphology',
    'morphology',
    [['Morphology of Cu2O crystals', 'Nanoparticles were grown by hydrothermal synthesis.']],
  ],
  [
    'hallucination',
    'hallucination',
    [['Hallucination in schizophrenia', 'Patients with psychosis heard voices.']],
  ],
  [
    'fine-tuning',
    'fine-tuning',
    [['Fine-tuning and the cosmological constant', 'The Higgs mass needs an explanation.']],
  ],
  [
    'active-learning',
    'active learning',
    [['Active learning in the classroom', 'Undergraduate students solved problems in groups.']],
  ],
]

const cases = ELSEWHERE.flatMap(([slug, phrase, texts]) =>
  texts.map(([title, abstract]) => ({ slug, phrase, title, abstract })),
)

test.each(cases)('$title is not about $slug', ({ slug, phrase, title, abstract }) => {
  for (const end of ['', ` The ${phrase} is studied further. The ${phrase} was known.`]) {
    const text = abstract + end
    const found = findTopics(title, text, [phrase, `${phrase}s`])
    expect(found.map((topic) => topic.slug)).not.toContain(slug)
  }
})

test.each(cases)('$phrase as a keyword of $title is not a topic', ({ phrase, title, abstract }) => {
  expect(keywordUses([phrase], title, abstract)).toMatchObject([{ key: null, name: phrase }])
})

const OURS = [
  'We train a neural network on a large dataset.',
  'Our encoder reaches the state of the art on three benchmarks.',
  'A large language model is trained from scratch.',
]

test.each(
  ELSEWHERE.filter(([slug]) => slug !== 'morphology').flatMap(([slug, phrase]) =>
    OURS.map((abstract) => ({
      slug,
      phrase: phrase.toUpperCase().length < 5 ? phrase.toUpperCase() : phrase,
      abstract,
    })),
  ),
)('$phrase is $slug beside: $abstract', ({ slug, phrase, abstract }) => {
  const title = `A New ${phrase} Method`
  expect(findTopics(title, abstract).map((topic) => topic.slug)).toContain(slug)
  if (slug !== 'probing') expect(slugsIn(title, null)).toContain(slug)
  expect(keywordUses([phrase], title, abstract)[0]?.key).not.toBeNull()
})

/** Phrases that other fields use too, with topics that they do not mean there, and a word of computing beside them. */
const COMMON: [slug: string, phrase: string][] = [
  ['probing', 'probing'],
  ['morphology', 'morphology'],
  ['kinematics', 'kinematics'],
  ['geometry-processing', 'surface reconstruction'],
  ['markov-chain-monte-carlo', 'Langevin dynamics'],
  ['nearest-neighbour-search', 'nearest neighbors'],
  ['clustering', 'clustering'],
  ['quantization', 'quantization'],
  ['recommender-systems', 'recommendation'],
  ['code-intelligence', 'code search'],
  ['computational-photography', 'light field'],
  ['image-quality-assessment', 'quality assessment'],
  ['causal-inference', 'treatment effect'],
  ['knowledge-graphs', 'knowledge base'],
  ['tree-search', 'MCTs'],
  ['classification', 'object recognition'],
  ['clinical-nlp', 'electronic health record'],
  ['diffusion-models', 'diffusion model'],
  ['exploration', 'intrinsic motivation'],
]
/**
 * Abstracts of physics, chemistry, medicine, psychology and ecology; some contain words that computing uses too (dataset, classification).
 */
const SCIENCES: [about: string, abstract: string][] = [
  ['Spin Waves in a Superconductor', 'Electrons scatter at the lattice; we measure the current.'],
  ['Black Holes and Stars', 'A dataset of black holes is compared with a stellar model.'],
  ['Copolymers on Silicon', 'Films were grown on silicon, and their classification is shown.'],
  ['Patients with Carcinoma', 'Patients were followed from the baseline on in a supervised trial.'],
  ['the Hippocampus of Monkeys', 'Monkeys learnt a task while the cortex was recorded.'],
  [
    'Cattle and Forest Soil',
    'Soil of a forest was sampled, and an algorithm counts what lives there.',
  ],
]
const common = COMMON.flatMap(([slug, phrase]) =>
  SCIENCES.map(([about, abstract]) => ({ slug, phrase, about, abstract })),
)
const slugsIn = (title: string, abstract: string | null) =>
  findTopics(title, abstract).map(({ slug }) => slug)

test.each(common)('$phrase of $about is not $slug', ({ slug, phrase, about, abstract }) => {
  const [before, after] = [`The ${phrase} of ${about}`, `${about}: ${phrase}`]
  for (const title of [before, after]) {
    expect(slugsIn(title, null)).not.toContain(slug)
    expect(slugsIn(title, abstract)).not.toContain(slug)
    expect(
      slugsIn(title, `We study the ${phrase}. ${abstract} The ${phrase} is new.`),
    ).not.toContain(slug)
    // With words of computing, as for a trained model.
    expect(slugsIn(title, `${abstract} A neural classifier is trained.`)).toContain(slug)
  }
})

const FOREIGN = COMMON.slice(0, 6)

test.each(COMMON)('%s: a title alone that has %s and no word of its field', (slug, phrase) => {
  expect(slugsIn(`A New ${phrase} Method`, null).includes(slug)).toBe(
    !FOREIGN.some(([, one]) => one === phrase),
  )
  for (const beside of ['Language Models', 'Images', 'Point Clouds', 'Federated Agents'])
    expect(slugsIn(`A New ${phrase} Method for ${beside}`, null)).toContain(slug)
})

test.each(COMMON)('%s: %s of several words does not affect others', (_, phrase) => {
  const title = `Attention and the ${phrase} of Children`
  expect(slugsIn(title, `Children with autism took part. The ${phrase} was noted.`)).not.toContain(
    'attention-mechanism',
  )
})

test('a topic that the text names in full is its topic, whatever else the text contains', () => {
  const found = findTopics(
    'Diagnosis of power transformers with a transformer architecture',
    'A vision transformer and a generative adversarial network find faults of a winding. GAN and GaN differ.',
  )
  const slugs = found.map(({ slug }) => slug)
  expect(slugs).toEqual(expect.arrayContaining(['transformers', 'vision-transformers']))
  expect(slugs).toContain('generative-adversarial-networks')
})

test('a keyword may be a name that every object has', () => {
  for (const name of [...Object.getOwnPropertyNames(Object.prototype), 'valueOf', 'then']) {
    expect(keywordUses([name], `On ${name}`, `A study of ${name}.`)).toHaveLength(1)
    expect(findTopics(`On ${name}`, `A study of ${name}.`, [name])).toEqual([])
  }
})
