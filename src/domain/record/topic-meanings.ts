import { topicWords } from './topic-words.ts'

/**
 * Phrases of the vocabulary that other fields use too, of all sorts of things. In an abstract they mean their topic only with some word
 * of computing besides; a title alone has few words.
 */
const SHARED = `transformer, attention, self-attention, cross-attention, gan, distillation, quantization, dropout, calibration,
  recommendation, probing, prompting, tokenization, reasoning, hallucination, saliency, deconvolution, storytelling, multilingual,
  pre-training, pretraining, fine-tuning, finetuning, visualization, ontology, dialogue, multimodal, multi-modal, agentic, unlearning,
  slam, lora, rag, ner, asr, tts, ocr, gru, vit, plm, nli, nlg, sgd, vae, mdp, rnn, cnn, peft, vla, interpretable, benchmark,
  benchmarking, summarization, summarisation, low-precision`

/** Words that papers on computing have, and hardly any others. */
const OF_COMPUTING = `ai, ml, artificial intelligence, algorithm, neural, dataset, data set, classifier, benchmark, supervised,
  self-supervised, semi-supervised, unsupervised, pretrained, pre-trained, embedding, encoder, decoder, autoencoder, llm, gpt, bert, cnn,
  rnn, lstm, gpu, nlp, corpus, corpora, token, convolutional, convolution, recurrent, generative, adversarial, backpropagation, robot,
  robotic, computer, state-of-the-art, sota, baseline, learnable, ablation, language model, training data, machine learning,
  deep learning, reinforcement learning, representation learning, transfer learning, learning method, learning framework, annotated,
  convnet, bayesian, sgd, gradient descent, classification, segmentation, question answering, machine translation, image captioning,
  object detection, speech recognition, named entity, entity, knowledge graph, latent, multi-task, few-shot, zero-shot, prompt, llama, imagenet, semantic, discriminator,
  mode collapse, overfitting, regularization`

/**
 * What other fields mean by a phrase: where a text has one of these, it is not the topic, unless the text names that in full. Only what
 * papers on computing do not have.
 */
const ELSEWHERE: Record<string, string> = {
  transformer: `winding, power transformer, distribution transformer, current transformer, voltage transformer, instrument transformer,
    potential transformer, traction transformer, solid state transformer, high frequency transformer, transformer oil, oil-immersed,
    substation, tap changer, inrush current, partial discharge, flyback, dissolved gas, transformer bushing, transformer core`,
  attention: `attention deficit, adhd, hyperactivity, sustained attention, divided attention, joint attention,
    attention span, attention economy, media attention, public attention, investor attention, medical attention, mindfulness, stroop,
    psychophysics, event-related potential, schizophrenia, attention bias, attention training, attention network test`,
  gan: `gallium, nitride, algan, ingan, hemt, epitaxial, epitaxy, mocvd, sapphire substrate, heterostructure, heterojunction,
    wide bandgap, quantum well, schottky, mosfet, light-emitting diode, power amplifier`,
  lora: 'lorawan, spreading factor, lpwan, low-power wide-area, chirp',
  rag: 'rag1, rag2, recombination activating, ragpicker, rag picker, textile',
  'diffusion model': `reaction-diffusion, advection, diffusion coefficient, thermal diffusion, porous, solute, drift diffusion,
    innovation diffusion, diffusion of innovation, bass diffusion, moisture, diffusion-weighted, diffusion tensor, diffusion mri,
    diffusivity, decision threshold, pharmacokinetics`,
  distillation: `distillation column, ethanol, azeotrope, azeotropic, reflux, membrane distillation, vapor, vapour, desalination,
    crude oil, essential oil, entanglement, magic state, fractional distillation, solvent, solar still, reactive distillation`,
  quantization: `hamiltonian, canonical quantization, geometric quantization, deformation quantization, symplectic, landau level,
    second quantization, quantum field, quantum gravity, flux quantization, conductance, gauge theory`,
  dropout: `school dropout, dropout from school, high school, student dropout, university dropout, college dropout, mooc, enrollment,
    attrition, low-dropout, dropout voltage, ldo, single-cell, psychotherapy, dropping out`,
  calibration: `spectrometer, radiometer, telescope, thermometer, dosimeter, radiocarbon, calorimeter, photometric, oscilloscope,
    mass spectrometry, detector response`,
  recommendation: `clinical practice guideline, consensus recommendation, policy recommendation, dietary recommendation, delphi,
    recommendations for practice, vaccination`,
  morphology: `nanoparticle, nanostructure, nanowire, nanorod, crystal, thin film, galaxy, dendrite, dendritic, hydrothermal, polymer,
    scanning electron, skull, pollen, larva, taxonomy of species, sediment, coastal, catalyst, electrode, electrochemical, oxide, alloy,
    coating, sperm, surface morphology, cell morphology, urban morphology, morphology of cells, oxidation`,
  'morphological analysis': `nanoparticle, crystal, thin film, galaxy, scanning electron, skull, pollen, sediment, catalyst, electrode,
    oxide, alloy, coating, powder, bone, tooth, species`,
  hallucination: `schizophrenia, auditory hallucination, psychosis, psychotic, psychiatric, parkinson, delusion,
    delirium, charles bonnet, hypnagogic, psilocybin, psychedelic`,
  clustering: 'galaxy clustering, redshift, dark matter, cosmological',
  'active learning': 'classroom, undergraduate, pedagogy, pedagogical, flipped, stem education',
  'online learning': `covid-19, classroom, e-learning, distance education, higher education, mooc, pandemic, learning management system,
    online learning platform, instructor`,
  tokenization:
    'asset tokenization, tokenization of assets, real estate, security token, nft, non-fungible, payment card',
  probing: `periodontal, dental, cosmological, dark matter, neutrino, galaxy, collider, spectroscopy, hadron, lhc, spectroscopic,
    scattering`,
  drone: 'honey bee, honeybee, queen bee, apis mellifera, hive',
  exoskeleton: 'insect, arthropod, cuticle, crustacean, beetle, trilobite',
  quadruped: 'fossil, primate, mammal, dinosaur',
  rendering: 'rendering plant, tallow, animal by-product, slaughterhouse, mortar, plaster, carcass',
  'fine-tuning': `cosmological constant, hierarchy problem, supersymmetry, naturalness, higgs, anthropic principle, multiverse`,
  deconvolution:
    'mass spectrometry, chromatography, raman, cell type, bulk rna, seismic, spectroscopy',
  ontology: 'heidegger, metaphysics, phenomenology, object-oriented ontology, ontological turn',
  multilingual: 'classroom, pedagogy, translanguaging, pupil, kindergarten, preschool',
  saliency: 'salience network, dopamine',
}

/** Fields whose topics of several words are company enough for such a phrase. */
const FIELDS = new Set(
  `machine-learning deep-learning reinforcement-learning robotics natural-language-processing computer-vision computer-graphics
  speech-processing information-retrieval code-intelligence`.split(/\s+/),
)
/** Topics of these that psychology, medicine and the social sciences have as well. */
const NEUTRAL = new Set(
  `time-series face-recognition face-analysis emotion-recognition medical-imaging remote-sensing metaphor discourse-analysis sign-language
  code-switching virtual-reality fairness online-learning active-learning`.split(/\s+/),
)

/** Whether a topic, named in several words, tells that a text is on computing. */
export const isOfComputing = ({ slug, parent }: { slug: string; parent: string | null }): boolean =>
  FIELDS.has(parent ?? slug) && !NEUTRAL.has(slug)

/** As they are printed, where capitals tell: gallium nitride, and a radio standard. */
const PRINTED = new Map([
  ['gan', /(?<![A-Za-z])GaN(?![a-z])/],
  ['lora', /(?<![A-Za-z])LoRa(?![A-Z])/],
])

const phrasesIn = (list: string) => list.split(',').map((phrase) => topicWords(phrase).join(' '))

let lists: ReturnType<typeof read> | undefined

/** Read once they are needed. */
function read() {
  const elsewhere = Object.entries(ELSEWHERE).map(
    ([phrase, list]) => [topicWords(phrase).join(' '), phrasesIn(list)] as const,
  )
  return {
    shared: new Set(phrasesIn(SHARED)),
    ofComputing: phrasesIn(OF_COMPUTING),
    elsewhere: new Map(elsewhere),
  }
}

/** What the text of a paper says on phrases that mean different things in different fields. */
export interface Meanings {
  /** Whether it is about what another field calls so. */
  isElsewhere(phrase: string): boolean
  /** Whether a keyword means something else in it, for one or the other reason. */
  isOther(keyword: string): boolean
  /** Whether nothing in it tells that the phrase is of computing, although it is one that other fields use. */
  isUnsupported(phrase: string): boolean
}

/** Phrases are given as their `topicWords`. */
export function meaningsIn(title: string, abstract: string | null): Meanings {
  lists ??= read()
  const { shared, ofComputing, elsewhere } = lists
  const printed = `${title} ${abstract ?? ''}`
  let words: string | undefined
  const has = (phrase: string) => {
    words ??= ` ${topicWords(printed).join(' ')} `
    return words.includes(` ${phrase} `)
  }
  const isElsewhere = (phrase: string) =>
    PRINTED.get(phrase)?.test(printed) || (elsewhere.get(phrase)?.some(has) ?? false)
  const isUnsupported = (phrase: string) =>
    abstract !== null &&
    shared.has(phrase) &&
    !ofComputing.some((word) => word !== phrase && has(word))
  const isOther = (keyword: string) => {
    const phrase = topicWords(keyword).join(' ')
    return isElsewhere(phrase) || isUnsupported(phrase)
  }
  return { isElsewhere, isUnsupported, isOther }
}
