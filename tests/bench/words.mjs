import { seeded } from './random.mjs'

const PLAIN =
  'the of a and to in we is for that on with this are by as from an be our can which show propose model models data learning method task results training performance language approach based using has these neural network it such network networks large state art existing experiments datasets tasks two new paper between different more dataset framework generation novel information benchmark representation while not both systems problem knowledge quality words semantic evaluation human however or methods achieve multiple into their present study work text through attention been find used also it s domain without improve across learn over have various inference improves outperforms baseline efficient robust graph image vision speech translation question answering reasoning retrieval prompt token sequence transformer encoder decoder optimization gradient convex stochastic bound regret policy reward agent sampling diffusion latent variational bayesian causal fairness privacy federated adversarial contrastive supervised unsupervised multilingual corpus annotation parsing dialogue summarization sentiment entity relation extraction classification segmentation detection recognition alignment scaling distillation pruning quantization compression memory context'.split(
    ' ',
  )
const STEMS =
  'meta para poly syn trans inter hyper sub neuro graph lexi morpho photo geo bio opti stoch vari quant spectr tensor kern manif topo modal temporal'.split(
    ' ',
  )
const ENDS =
  'form graphic ized ation istic ular net flow spaces coder metric gram scope logy field folds wise ality ence mental'.split(
    ' ',
  )
const GIVEN =
  'Ada Wei Maria Jun Fatima Lars Priya Ahmed Chen Olga Tomás Yuki Noor Ivan Grace Hiro Lena Omar Zoë Kofi Ines Ravi Elif Sven Mei Paolo Amara Jonas Leila Hugo'.split(
    ' ',
  )
const SYLLABLES =
  'ka ro mi ten shi ba lo var den mar ul son wan li cho fer ren ga to vic han el mo ja per'.split(
    ' ',
  )

/** 5,000 English-looking words, the common ones first, to be drawn by Zipf's law. */
export function vocabulary(seed) {
  const random = seeded(seed)
  const words = new Set(PLAIN)
  while (words.size < 5000) {
    const middle = SYLLABLES[Math.floor(random() * SYLLABLES.length)]
    words.add(pick(STEMS, random) + (random() < 0.7 ? middle : '') + pick(ENDS, random))
  }
  return [...words]
}

/** A person's name; two people may share one. */
export function personName(random) {
  const length = 2 + Math.floor(random() * 2)
  const family = Array.from({ length }, () => pick(SYLLABLES, random)).join('')
  return `${pick(GIVEN, random)} ${capital(family)}`
}

/** The word with its first letter in upper case. */
export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function pick(list, random) {
  return list[Math.floor(random() * list.length)]
}
