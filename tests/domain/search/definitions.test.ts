import { expect, test } from 'vitest'
import { compactKey, namingsOf } from '../../../src/domain/search/naming/definitions.ts'

const longsIn = (text: string) =>
  Object.fromEntries(namingsOf('', text).map(({ key, long }) => [key, long]))

test.each([
  ['retrieval-augmented generation (RAG) helps', { rag: 'retrieval-augmented generation' }],
  ['chain-of-thought (CoT; Wei et al.) prompts', { cot: 'chain-of-thought' }],
  ['generative adversarial networks (GANs)', { gan: 'generative adversarial networks' }],
  ['self-supervised learning (SSL)', { ssl: 'self-supervised learning' }],
  ['multi-modal language models (MLMs)', { mlm: 'multi-modal language models' }],
  ['the Dense Convolutional Network (DenseNet)', { densenet: 'Dense Convolutional Network' }],
  ['SHAP (SHapley Additive exPlanations) assigns', { shap: 'SHapley Additive exPlanations' }],
  ['3D Gaussian Splatting (3DGS)', { '3dgs': '3D Gaussian Splatting' }],
  ['Low-Rank Adaptation, or LoRA, freezes', { lora: 'Low-Rank Adaptation' }],
  [
    'called BERT, which stands for Bidirectional Encoder Representations from Transformers.',
    { bert: 'Bidirectional Encoder Representations from Transformers' },
  ],
  ['Aprendizaje automático profundo (AAP) en español', { aap: 'Aprendizaje automático profundo' }],
])('%s', (text, longs) => {
  expect(longsIn(text)).toEqual(longs)
})

test.each([
  'as shown before (Smith) and (2020), (a), (see Fig. 2), (n = 12)',
  'we use GPT-4 (OpenAI) and Gemini (Google DeepMind)',
  'the results (TODO) are here',
  'an unbalanced ( bracket and nothing (',
  '',
])('"%s" explains nothing', (text) => {
  expect(Object.values(longsIn(text)).filter((long) => long !== null)).toEqual([])
})

const strengthIn = (title: string, abstract: string | null, name: string) =>
  namingsOf(title, abstract).find(({ key }) => key === compactKey(name))?.strength ?? 0

test('a title that begins with a name is the surest evidence of coining', () => {
  const coined = strengthIn('NeRF: Representing Scenes as Neural Radiance Fields', null, 'nerf')
  const introduced = strengthIn('Densely Connected', 'We introduce the Dense Net (DNet).', 'DNet')
  const used = strengthIn('Faster Training', 'Training with the Dense Net (DNet) is slow.', 'DNet')
  expect(coined).toBeGreaterThan(introduced)
  expect(introduced).toBeGreaterThan(used)
  expect(used).toBeGreaterThan(0)
  expect(strengthIn('Faster R-CNN: Towards Real-Time Detection', null, 'faster rcnn')).toBe(coined)
  expect(strengthIn('Mask R-CNN', null, 'Mask R-CNN')).toBe(coined)
})

test.each([
  ['We present LM-BFF—better few-shot fine-tuning of language models.', 'lm-bff'],
  ['This paper introduces SegNet, which is small.', 'SegNet'],
  [
    'We propose a new simple network architecture, the Transformer, based on attention.',
    'transformer',
  ],
  ['We propose a novel model, BigNet (big network).', 'BigNet'],
  ['Our model, the Vector Quantised Coder (VQC), differs.', 'VQC'],
  ['We refer to it as MixUp2.', 'mixup2'],
  ['Our approach is dubbed PointNet++.', 'PointNet++'],
])('a name is introduced: %s', (abstract, name) => {
  expect(strengthIn('A Title', abstract, name)).toBe(4)
})

test("a name made of words of the title is the paper's own", () => {
  const title = 'Perceiver-Actor: A Multi-Task Transformer'
  expect(strengthIn(title, 'We study this with PerAct and ResNet.', 'PerAct')).toBe(4)
  expect(strengthIn(title, 'We study this with PerAct and ResNet.', 'ResNet')).toBe(0)
})

test('a name with two plus signs is a different name', () => {
  expect(compactKey('PointNet++')).not.toBe(compactKey('PointNet'))
  expect(compactKey('C++')).toBe('cplusplus')
})

test('surveys, variants and sentences do not coin', () => {
  const least = strengthIn('Fields', 'Training with the Dense Net (DNet) is slow.', 'DNet')
  expect(strengthIn('BERT: a survey of what it knows', null, 'BERT')).toBeLessThan(4)
  expect(
    strengthIn('FastGCN: Fast Learning', 'We propose graph convolutions (GCN).', 'GCN'),
  ).toBeLessThan(least)
  const bayesian = 'Bayesian Dense Nets for Roads'
  expect(strengthIn(bayesian, 'We extend Dense Nets (DN).', 'DN')).toBeLessThan(least)
  expect(strengthIn('Roads with Dense Nets', 'We use Dense Nets (DN).', 'DN')).toBeGreaterThan(
    least,
  )
  expect(namingsOf('Attention is all you need', null)).toEqual([])
  expect(namingsOf('Learning with GANs for vision: a study', null)).toEqual([])
})

test('a long text with an unclosed bracket is read quickly', () => {
  const started = process.cpuUsage()
  namingsOf('x', `${'a or b, '.repeat(1_000)}${'(a b '.repeat(1_000)}${'A'.repeat(3_000)}`)
  // CPU time, because others may use the machine.
  expect(process.cpuUsage(started).user).toBeLessThan(1_000_000)
})
