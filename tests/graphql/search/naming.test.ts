import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../../src/db/sql.ts'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { titlesOf } from './catalogue.ts'

const by = (name: string) => ({ authors: [{ name, identifiers: [], affiliation: null }] })
const on = (year: number) => ({ published: { on: `${year}-03-01`, precision: 'day' as const } })

const NERF = 'NeRF: Representing Scenes as Neural Radiance Fields'
const LORA = 'LoRA: Low-Rank Adaptation of Large Language Models'
const FASTER = 'Faster R-CNN: Towards Real-Time Detection with Region Proposals'
const DENSE = 'Densely Connected Networks'
const VIT = 'An Image is Worth Sixteen Words'
const GROUP = 'Group Normalization'
const BATCH = 'Batch Normalization for Deep Training'
const ATTENTION = 'Attention Suffices'
const SPLAT = 'Splatting against Radiance'
const CYCLE = 'Unpaired Pictures by Cycle-Consistent Adversarial Networks'

const PAPERS: [title: string, abstract: string | null, over?: Parameters<typeof paperRecord>[0]][] =
  [
    [NERF, 'A method for views.', { ...on(2020), citationCount: 5 }],
    ['NeRF NeRF NeRF in the Wild', 'More NeRF with neural radiance fields (NeRF).', on(2021)],
    ['Faster NeRF', 'Neural radiance fields (NeRF) are slow.', { ...on(2022), citationCount: 900 }],
    [SPLAT, 'Better than neural radiance fields.', on(2023)],
    [LORA, 'We propose Low-Rank Adaptation, or LoRA, which freezes weights.', on(2021)],
    ['LoRA Soups', 'LoRA is merged.', { ...on(2024), citationCount: 400 }],
    [FASTER, 'Fast.', on(2015)],
    [
      'Improving Faster R-CNN for Ships',
      'We train Faster R-CNN.',
      { ...on(2018), citationCount: 99 },
    ],
    ['Ships', 'We train faster detectors, not R-CNN.', on(2018)],
    [DENSE, 'We introduce the Dense Convolutional Network (DenseNet).', on(2017)],
    ['DenseNet in Medicine', 'DenseNet for images.', { ...on(2019), citationCount: 70 }],
    [VIT, 'A Vision Transformer (ViT) attains results.', { ...on(2020), citationCount: 9_000 }],
    ...['Cats', 'Dogs', 'Cows', 'Pigs'].map(
      (animal, i): [string, string, Parameters<typeof paperRecord>[0]] => [
        `Pictures of ${animal}`,
        'We use the Vision Transformer (ViT).',
        on(2021 + i),
      ],
    ),
    [GROUP, 'Channels in groups.', { ...on(2018), citationCount: 30 }],
    ['Weights and Group Normalization', 'GroupNorm with weights.', on(2019)],
    [BATCH, 'We introduce Batch Normalization (BN).', { ...on(2015), citationCount: 900 }],
    ['Recurrent Batch Normalization', 'Batch Normalization (BatchNorm) helps.', on(2017)],
    ['Replay', 'We use Hindsight Experience Replay (HER) in robots.', on(2017)],
    [
      ATTENTION,
      'We propose a new network, the Transformer, without recurrence.',
      { ...on(2017), citationCount: 9_000 },
    ],
    ['Stable Training of a GAN', 'Generative adversarial networks (GANs) converge.', on(2018)],
    ['Pictures by Adversaries', 'Generative adversarial networks paint.', on(2018)],
    [CYCLE, 'Pictures without pairs.', { ...on(2017), citationCount: 9_000 }],
    ['Shadows and Adversarial Networks', 'Shades.', { ...on(2017), citationCount: 9_000 }],
    ['Attributes of Faces with Conditional CycleGAN', 'Faces.', on(2018)],
    ['Attacks that Hide in a CycleGAN', 'Noise.', on(2019)],
    ['What Music Sounds Like to a CycleGAN', 'Sounds of a ShadowGAN.', on(2020)],
    ['Captions', 'Sentences for pictures.', { ...by('Zhe Gan'), ...on(2018), citationCount: 800 }],
    ['Algebra of Rings', 'Rings.', { ...by('Petr Vít'), ...on(2018), citationCount: 800 }],
  ]
/** A word in a fiftieth of the papers is not searched among names any more. */
const OTHERS = Array.from({ length: 300 }, (_, i) =>
  paperRecord({
    key: `other ${i}`,
    title: `Case ${i} of zebras`,
    abstract: i < 60 ? 'Transformers.' : null,
  }),
)
const RECORDS = PAPERS.map(([title, abstract, over], i) =>
  paperRecord({ key: `naming ${i}`, title, abstract, ...over }),
)

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) => writeRecords(tx, [...RECORDS, ...OTHERS]))
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

const titles = (query: string, more?: string) => titlesOf(t, query, more)

test.each([
  ['NeRF', NERF],
  ['nerf', NERF],
  ['NeRFs', NERF],
  ['LoRA', LORA],
  ['Faster R-CNN', FASTER],
  ['faster rcnn', FASTER],
  ['DenseNet', DENSE],
  ['ViT', VIT],
  ['GroupNorm', GROUP],
  ['BatchNorm', BATCH],
  ['batch normalization', BATCH],
  ['HER', 'Replay'],
  ['Transformer', ATTENTION],
  ['CycleGAN', CYCLE],
  // No title has it.
  ['ShadowGAN', 'What Music Sounds Like to a CycleGAN'],
])('%s finds the paper that coined it first', async (query, title) => {
  expect((await titles(query))[0]).toBe(title)
})

describe('an acronym in capitals is a method rather than a name', () => {
  test.each(['GAN', 'GANs', 'ViT'])('%s', async (query) => {
    const found = await titles(query)
    expect(found).not.toContain('Captions')
    expect(found).not.toContain('Algebra of Rings')
  })

  test('names are still found', async () => {
    for (const query of ['Zhe Gan', 'ZHE GAN', 'Gan captions', 'author:GAN'])
      expect(await titles(query), query).toContain('Captions')
    expect(await titles('Vít')).toContain('Algebra of Rings')
  })
})

describe('an acronym finds its long form, and vice versa', () => {
  test('LENIENT', async () => {
    expect(await titles('GAN')).toContain('Pictures by Adversaries')
    expect(await titles('neural radiance fields')).toContain(NERF)
    expect(await titles('NeRF')).toContain(SPLAT)
    expect((await titles('neural radiance fields wild'))[0]).toBe('NeRF NeRF NeRF in the Wild')
  })

  test('STRICT finds exactly the written form', async () => {
    expect(await titles('GAN', ', mode: STRICT')).toEqual(['Stable Training of a GAN'])
    expect(await titles('GAN', ', order: { field: TITLE }')).toEqual(['Stable Training of a GAN'])
  })
})

test('a name among other words ranks the coining paper lower than a paper with all words', async () => {
  expect((await titles('LoRA soups'))[0]).toBe('LoRA Soups')
  expect((await titles('NeRF wild'))[0]).toBe('NeRF NeRF NeRF in the Wild')
})

test('acronyms depend on the papers, not on the order in which they were added, changed and deleted', async () => {
  const other = await createTestDatabase()
  const learn = async (records: typeof RECORDS) => {
    await transaction(other.url, (tx) => writeRecords(tx, records))
    await refreshSearchWords(other.url)
  }
  try {
    const changed = RECORDS.map((one, i) => ({ ...one, abstract: `Odd Word Number ${i} (OWN).` }))
    await learn(changed.slice(5, 9))
    await learn(RECORDS.toReversed().slice(0, 10))
    await learn(RECORDS)
    for (const table of ['acronyms', 'coined'])
      expect(await learnt(other, table)).toEqual(await learnt(t, table))
    await transaction(other.url, (tx) => tx.query(sql`delete from papers where title like '%GAN%'`))
    await refreshSearchWords(other.url)
    expect(await learnt(other, 'acronyms')).not.toContainEqual(
      expect.objectContaining({ key: 'gan' }),
    )
  } finally {
    await other.close()
  }
})

/** The derived names, with titles instead of ids. */
const learnt = ({ url }: TestDatabase, what: string) =>
  transaction(url, (tx) =>
    tx.query(
      what === 'acronyms'
        ? sql`select * from acronyms order by key, long_query`
        : sql`select c.key, c.strength, c.share, p.title from coined_names c join papers p on p.id = c.paper_id order by 1, 4`,
    ),
  )
