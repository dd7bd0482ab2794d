import { topicWords } from './topic-words.ts'

/**
 * Phrases of the vocabulary that other fields also use, in other meanings. In a text with an abstract they mean their topic only together with a word
 * of computing. A title alone has few words: there they mean it unless a word of other sciences occurs.
 */
const SHARED = `transformer, attention, self-attention, cross-attention, gan, distillation, quantization, dropout, calibration,
  recommendation, prompting, tokenization, reasoning, hallucination, saliency, deconvolution, storytelling, multilingual, pre-training,
  pretraining, fine-tuning, finetuning, visualization, ontology, dialogue, multimodal, multi-modal, agentic, unlearning, slam, lora,
  rag, ner, asr, tts, ocr, gru, vit, plm, nli, nlg, sgd, vae, mdp, rnn, cnn, peft, vla, interpretable, benchmark, benchmarking,
  summarization, summarisation, low-precision, mcts, marl, gnn, nmt, qa, vqa, nerf, vlm, mllm, dllm, clustering, fairness,
  argumentation, diffusion model, light field, quality assessment, treatment effect, causal effect, knowledge base,
  intrinsic motivation, exploration strategy, policy optimization, memory network, object recognition, visual recognition,
  event detection, novelty detection, reading comprehension, lifelong learning, incremental learning, learning to learn,
  one-shot learning, learning theory, teacher-student, linear regression, logistic regression, regression model,
  principal component analysis, ensemble method, electronic health record, function calling, tool learning, autonomous agent,
  mobile agent, visual navigation, social navigation, bipedal, biped, quadruped, quadrupedal, motion capture, ray tracing, path tracing,
  shape analysis, 3d reconstruction, cross-modal, audiovisual, audio-visual, code search, code generation, active learning,
  online learning, figurative language`

/** Phrases that other fields use more often than computing does. They need a word of computing even in a title alone. */
const FOREIGN = `probing, structural probe, morphology, morphological analysis, kinematics, inverse kinematics, forward kinematics,
  surface reconstruction, subdivision surface, langevin dynamics, nearest neighbor`

/** Words that occur almost only in papers on computing. */
const OF_COMPUTING = `artificial intelligence, neural, classifier, self-supervised, semi-supervised, unsupervised, pretrained,
  pre-trained, embedding, encoder, decoder, autoencoder, llm, mllm, gpt, bert, cnn, lstm, nlp, convolutional, convolution, generative,
  backpropagation, state-of-the-art, sota, learnable, ablation, language model, training data, machine learning, deep learning,
  reinforcement learning, representation learning, transfer learning, contrastive learning, federated, learning method,
  learning framework, convnet, sgd, gradient descent, question answering, machine translation, image captioning, object detection,
  speech recognition, named entity, knowledge graph, multi-task, few-shot, zero-shot, llama, imagenet, discriminator, mode collapse,
  overfitting, k-means, computer vision, support vector machine, natural language processing, image classification, text-to-image,
  transformer, robot, robotic, regret, np-hard, sample complexity, stochastic gradient, submodular, bandit, point cloud, multi-view,
  fine-tuned, multilingual, teacher model, student model, text generation, video generation, image generation, extractive, abstractive, natural language, cross-lingual, speech-to-text,
  counterfactual, identifiability, synthetic control, latent variable, latent-variable, variational, algorithmic, automated decision`

/** Words of computing that medicine, biology and physics also use. They count only if no word of those sciences occurs. */
const OF_BOTH = `ai, ml, algorithm, dataset, data set, benchmark, supervised, rnn, gpu, corpus, corpora, token, recurrent, adversarial,
  computer, baseline, annotated, bayesian, classification, segmentation, entity, latent, prompt, semantic, regularization, image, video,
  text, speech, graph, learning, network, retrieval, inference, training, mesh, camera, implicit, sparse, language, linguistic,
  syntactic, reasoning, multimodal, dialogue, knowledge, visual, agent, software, convergence, minimax, polynomial time, provable,
  scene, tree, user, convex`

/** Words of the natural sciences, medicine, agriculture and psychology that are rare in papers on computing. */
const OF_SCIENCES = `quantum, spin, electron, magnetic, lattice, plasma, laser, scattering, ion, polymer, superconductor,
  superconducting, superconductivity, superfluid, photon, phonon, spectroscopy, soliton, nematic, colloid, colloidal, nonequilibrium,
  thermodynamic, hydrodynamic, fermi, fermion, boson, bose, tunneling, vortex, insulator, entanglement, semiconductor, ising, neutron,
  proton, hadron, quark, meson, neutrino, qcd, nuclear, nuclei, condensate, percolation, turbulence, turbulent, graphene, nanotube,
  nanoparticle, dielectric, ionization, ferromagnetic, antiferromagnetic, coulomb, landau, semiclassical, gravity, gravitational,
  galaxy, cosmic, cosmological, cosmology, redshift, stellar, telescope, dark matter, dark energy, black hole, crystal, crystalline,
  crystallization, alloy, oxide, epitaxial, chaotic, chaos, oscillator, billiard, qubit, tokamak, collider, higgs, raman, nmr,
  reaction-diffusion, brownian, adsorption, catalyst, resin, epoxy, copolymer, silicon, carbon, hydrogen, helium, lithium, cortex,
  cortical, hippocampal, hippocampus, prefrontal, parietal, neuronal, synaptic, synapse, dopamine, amygdala, striatum, monkey, macaque,
  rat, mice, rodent, eeg, fmri, erp, psychophysics, event-related, oscillation, working memory, episodic memory, recognition memory,
  aging, ageing, older adult, children, infant, participant, schizophrenia, adhd, autism, depression, anxiety, psychological, patient,
  disease, cancer, tumor, tumour, carcinoma, clinical, surgery, surgical, hospital, infection, coronavirus, covid-19, pneumonia,
  pulmonary, pandemic, epidemic, vaccine, vaccination, symptom, mortality, prevalence, serum, blood, tissue, gene, genome, genomic,
  protein, enzyme, receptor, mutation, species, habitat, biodiversity, ecosystem, ecological, forest, forestry, soil, crop, livestock,
  cattle, cow, canine, dairy, milk, diet, dietary, whale, insect, sediment, seismic, randomized controlled trial, systematic review,
  meta-analysis, cohort, questionnaire, nurse, nursing, granular gas, granular material, granular flow, quantum hall, stem cell,
  cell line, teacher training, in vitro, in vivo, molecular dynamic`

/**
 * Words by phrase that show its meaning in another field: a text with one of these is not about the topic, unless it names the topic in full. Only
 * words that papers on computing do not have.
 */
const ELSEWHERE: Record<string, string> = {
  transformer: `winding, power transformer, distribution transformer, current transformer, voltage transformer, instrument transformer,
    potential transformer, traction transformer, solid state transformer, high frequency transformer, transformer oil, oil-immersed,
    substation, tap changer, inrush current, partial discharge, flyback, dissolved gas, transformer bushing, transformer core`,
  attention: `attention deficit, adhd, hyperactivity, sustained attention, divided attention, joint attention,
    attention span, attention economy, media attention, public attention, investor attention, medical attention, mindfulness, stroop,
    psychophysics, event-related potential, schizophrenia, attention bias, attention training, attention network test, covert attention,
    neural mechanism, neural correlate, neural basis, gamma-band`,
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

/** Fields whose topics of several words show that a text is on computing. */
const FIELDS = new Set(
  `machine-learning deep-learning reinforcement-learning robotics natural-language-processing computer-vision computer-graphics
  speech-processing information-retrieval code-intelligence`.split(/\s+/),
)
/** Topics of these fields that also occur in psychology, medicine and the social sciences. */
const NEUTRAL = new Set(
  `time-series face-recognition face-analysis emotion-recognition medical-imaging remote-sensing metaphor discourse-analysis sign-language
  code-switching virtual-reality fairness online-learning active-learning`.split(/\s+/),
)

/** Whether a topic, named in several words, shows that a text is on computing. */
export const isOfComputing = ({ slug, parent }: { slug: string; parent: string | null }): boolean =>
  FIELDS.has(parent ?? slug) && !NEUTRAL.has(slug)

/** Phrases whose capitals show another meaning: gallium nitride, and a radio standard. */
const PRINTED = new Map([
  ['gan', /(?<![A-Za-z])GaN(?![a-z])/],
  ['lora', /(?<![A-Za-z])LoRa(?![A-Z])/],
])

const phrasesIn = (list: string) => list.split(',').map((phrase) => topicWords(phrase).join(' '))

let lists: ReturnType<typeof read> | undefined

/** Parses the lists, when they are first needed. */
function read() {
  const elsewhere = Object.entries(ELSEWHERE).map(
    ([phrase, list]) => [topicWords(phrase).join(' '), phrasesIn(list)] as const,
  )
  const foreign = new Set(phrasesIn(FOREIGN))
  return {
    foreign,
    shared: new Set([...phrasesIn(SHARED), ...foreign]),
    ofComputing: phrasesIn(OF_COMPUTING),
    ofBoth: phrasesIn(OF_BOTH),
    ofSciences: phrasesIn(OF_SCIENCES),
    elsewhere: new Map(elsewhere),
  }
}

/** The meanings, in the text of one paper, of phrases that differ between fields. */
export interface Meanings {
  /** Whether the text uses the phrase in the meaning of another field. */
  isElsewhere(phrase: string): boolean
  /** Whether a keyword has another meaning: `isElsewhere` or `isUnsupported`. */
  isOther(keyword: string): boolean
  /** Whether other fields also use the phrase and nothing in the text shows that it is about computing. */
  isUnsupported(phrase: string): boolean
  /** Whether other fields also use the phrase, so that it is not evidence for other phrases. */
  isShared(phrase: string): boolean
}

/** Reads the meanings in a text. Phrases are passed as their `topicWords`. */
export function meaningsIn(title: string, abstract: string | null): Meanings {
  lists ??= read()
  const { shared, foreign, ofComputing, ofBoth, ofSciences, elsewhere } = lists
  const printed = `${title} ${abstract ?? ''}`
  let words: string | undefined
  const has = (phrase: string) => {
    words ??= ` ${topicWords(printed).join(' ')} `
    return words.includes(` ${phrase} `)
  }
  const isElsewhere = (phrase: string) =>
    PRINTED.get(phrase)?.test(printed) || (elsewhere.get(phrase)?.some(has) ?? false)
  const hasBeside = (phrase: string, list: readonly string[]) =>
    list.some((word) => !` ${phrase} `.includes(` ${word} `) && has(word))
  let ofScience: boolean | undefined
  const isOfScience = () => (ofScience ??= ofSciences.some(has))
  const isUnsupported = (phrase: string) => {
    if (!shared.has(phrase) || hasBeside(phrase, ofComputing)) return false
    if (abstract === null && !foreign.has(phrase)) return isOfScience()
    return isOfScience() || !hasBeside(phrase, ofBoth)
  }
  const isShared = (phrase: string) => shared.has(phrase)
  const isOther = (keyword: string) => {
    const phrase = topicWords(keyword).join(' ')
    return isElsewhere(phrase) || isUnsupported(phrase)
  }
  return { isElsewhere, isUnsupported, isShared, isOther }
}
