import { readCounts } from './read.ts'

/**
 * How often words occur in titles and affiliations, rounded, for those in at least one of 1,000: two papers about language, or two people in China,
 * have less in common than two papers about treebanks, or two people in Uppsala. Counted in ACL 2021 and 2022, NAACL 2022 and 2024, COLING 2025 and
 * AISTATS 2024 (CC BY 4.0).
 */
export const TITLES_COUNTED = 4753
export const AFFILIATIONS_COUNTED = 19938

export const TITLE_WORDS = readCounts(`
360: text
280: knowledge
220: translation
200: shot
180: cross extraction machine question
160: dataset dialogue entity evaluation multilingual pre reasoning
140: answering aware context domain retrieval summarization
120: classification contrastive fine information llms low tuning understanding zero
100: document few level lingual modeling natural recognition relation semantic
95: multimodal self
90: benchmark enhancing event human llm resource trained transfer
85: inference open prediction speech transformer word
80: attention languages parsing representation representations
75: adversarial augmented bias sentence supervised unsupervised
70: alignment augmentation chinese evaluating guided long named prompt
65: adaptive effective enhanced nlp optimization scale
60: automatic bert distillation embeddings generative modal oriented sentiment
55: adaptation case conversational exploring leveraging non simple visual
50: code embedding generalization generating hierarchical label news social structure unified
45: better contextual dynamic error feedback instruction pretrained reinforcement selection sequence transformers
45: vision
40: argument aspect causal commonsense consistency decoding driven free grained memory meta multiple online quality
40: robustness structured temporal time uncertainty user you
35: comprehension correction dependency discourse end estimation federated fusion generated graphs implicit improve
35: joint linear linguistic measuring mitigating pretraining processing prompting query state textual
30: abstractive agent answer automated complex constrained continual corpus detecting dual emotion fact general high
30: identification intent into investigating local matching media medical more one optimal out parameter performance
30: perspective probing questions rank reading recommendation sampling source space stochastic table variational
30: verification
25: active against analyzing assessment attacks autoregressive bandits bayesian benchmarking biases compositional
25: content controllable conversation dialog diffusion does empirical encoder english evidence explanation
25: explanations factual fairness fast features form gaussian gradient grammatical grounded hate impact improved
25: interaction interactive interpretable latent lexical linking masked mining order privacy prompts ranking
25: resolution response role scientific search segmentation semi solving specific sql synthetic testing token topic
25: two use
20: annotation biomedical capabilities chain challenges clinical completion compression conditional conversations
20: datasets distribution diverse documents explainable extractive gender generate good legal metric metrics opinion
20: parallel policy preference problem real regression sample scalable sequential similarity span sparse structural
20: style supervision survey syntax tracking tree video world your
19: agents algorithms all approximation checking classifiers clustering contextualized coreference dense discovery
19: global hop labeling logical mixture need noise probabilistic regularization spoken step strategy universal
18: about algorithm calibration constraints dialogues disambiguation diversity editing encoding experts loss making
18: novel risk semantics view
17: agnostic amr backdoor base best bounds box complexity concept control counterfactual debiasing decoder fair
17: hybrid identifying inductive markov negative personalized problems rethinking revisiting stage systematic theory
17: tool web
16: ability captioning collaborative comprehensive continuous decision feature hallucination heterogeneous improves
16: know learn lightweight mechanism planning private pruning related relations research small symbolic weakly yet
15: attribution bilingual bridging but centric class curriculum discrete distributions dont early examples gpt
15: induction input integrating iterative layer length make mutual ner paraphrase preserving process processes
15: reference reward schema set slot texts than vocabulary wise words
14: aligning arabic character coherence cultural dynamics entailment exploration factuality flow games makes math
14: matters meaning monolingual persona post product relational relevance strategies tabular term type weighted
13: action assessing attack boosting change communication constituency controlled cost expert explaining faithful
13: financial grounding incorporating incremental instance instructions morphological noisy point power regularized
13: rule single speaker summary syntactic tuned vector
12: aligned asr choice community computational corpora differential dimensional disentangled distantly effect
12: effects empathetic enhancement entities errors example explicit gap group informed inspired interactions labels
12: learners mixed modular objective off perspectives quantifying random refinement reliable rich sensitivity short
12: synthesis tagging test unveiling value weight why
11: abilities accurate annotations applications audio before claim claims cognitive comparative consistent
11: construction convolutional crowdsourcing decomposition dependent descent design distance divergence ensemble
11: expansion exploiting extracting fake focused function investigation key like measure measures missing nested
11: offline predicting queries rationale reducing regret safety sarcasm scoring sense sequences smoothing stance
11: statistical structures support target their transport trees turn
10: accelerating adapting alignments automatically bandit benchmarks building causality collaboration comparing
10: confidence convergence coverage dictionary different distributional efficiency emergent external extreme
10: finetuning first functional granularity guidance help importance independent integration interpretation
10: introducing matter minimax minimization navigation normalization object paradigm passage personality pseudo
10: rationales review rewriting samples scaling sentences sets settings shift should soft spurious taxonomy
10: theoretic think variable
9: accuracy adapter annotated any article auxiliary black both capturing differentially distilling distributed
9: domains effectiveness finding forecasting foundation functions future generalizable generalized health hyperbolic
9: interpreting lens many masking mathematical modality moral narrative narratives nlg nlu pair pairwise path
9: pipeline political position quantization rag rates read reliability report resources safe series sign signals
9: simplification stories strong sub summaries toolkit transition triple types unknown weak
8: adapters addressing advancing architecture assisted bayes behavior breaking chat collection comparison conformal
8: correlations covid database descriptions differentiable directed discovering discriminative emotional encoders
8: energy entropy facts faithfulness flexible grammar graphical hallucinations head informative insights interface
8: its keyphrase lifelong limited literature look lower measurement mitigation most nearest neighbor only optimizing
8: other output parser patterns perception perturbations phrase platform positional posterior preferences procedural
8: progressive really reranking responses selective semantically shared simultaneous solution spanish spelling
8: stable substitution teacher teaching tensor theoretical toxic train typing understand utterance visually where
8: wikipedia
7: adapt aggregation application argumentation arguments art articles assistant assistants augmenting boundary
7: capability care chatbot conditioned constraint controlling convex correlation definition demonstration denoising
7: density differences direct easy edge engineering enhance era events evolution expression expressions extending
7: faster filling filtering gaps historical history hypothesis injection interpretability interventions intrinsic
7: invariant lexicon life limitations logic lora mapping meets metaphor mirror modern near negation newton nli
7: paraphrasing perturbation phoneme policies potential powered prefix probability projection readability recurrent
7: reduction refining relevant results reviews rumor scenarios scene score setting sgd simulation skill solve
7: subword targeted they thinking thought trade triplet unifying unseen values vectors vqa wasserstein well writing
6: affect after always annotator answers approximate arithmetic arm artifacts ask asynchronous attributes
6: autoencoders baseline bench bidirectional category challenging channel chart citation cluster coding commerce
6: composition core create demonstrations difficulty diversifying during empowering essay examining extract
6: extremely factors fixed fourier french frequency german gold guarantees hawkes implications induced inter
6: interest intermediate intervention inverse item jailbreak kernel keyword knowledgeable labeled learned less
6: likelihood limits llama loop manifold maximization mean mental misinformation modelling motion multitask neuro
6: neurons nmt note numerical offensive ontology opinions ordering parameters part partial peer play plug posts
6: program propagation prototypical public quantification radiology range ratio realistic reason referring reports
6: represent retriever seeking shifts size spaces spatial specialized story suite sum switching tables techniques
6: them then traits translate translations treatment tweets twitter variance variation virtual way while work
5: abusive acceleration achieving activation allocation ambiguous annotators approaches arbitrary argumentative
5: armed attribute authorship auto back balancing baselines berts biased calibrated challenge classes classifier
5: clip cloze clues coarse coherent collective combining contexts counterspeech customer decentralized defending
5: description detect detector dialect dimensions discussions disentangling doctor down drift education educational
5: embodied encode endangered ended equilibrium equivalence equivariant estimating evaluate evaluations evaluators
5: evolving failure false flows focus frame framing generalisation generalizability generator generic gram ground
5: guide handling helps heterogeneity hindi humans hypergraph implicitly incomplete incongruity independence indian
5: indic intensity jointly late layers library light lms manipulation mask match matrix memorization mention
5: mentions minimum mix mixing mixup moderation momentum needs norm operations overcoming party passing perform
5: personal pitfalls pos positive practical pragmatic precise predict prior priors programming projective properties
5: prototype provable pure randomized rankers reasoner recall reconstruction relative replay retrieve risks routing
5: scenario second select session sharing show skills sources sparsity speakers stock streaming student subgraph
5: subspace switched tail tailed technology tests thompson tokens topics toxicity transferability truth unlearning
5: unleashing unstructured usage users visualization voice yes
`)

/** Counts of the texts that `namesInAffiliation` returns. */
export const AFFILIATION_NAMES = readCounts(
  `
720: microsoft
540: google
460: amazon
440: tsinghua
400: alibaba; tencent
340: academy chinese science university
320: peking
300: meta
280: allen
260: fudan; huawei
240: of university washington; harbin institute tech
220: ibm; university zhejiang; carnegie; mellon
200: beijing posts telecommunications university
190: illinois university; california southern university
180: facebook
170: ark; moe; noahs
160: alexa; cambridge university
150: baidu; aws; beijing center information national research science tech; jiaotong shanghai university
150: chinese hong kong university
140: institute massachusetts tech; soochow; stanford university; hong kong science tech university
140: california university / berkeley
130: california university / san diego; damo; edinburgh university; california university / los angeles; wechat; adobe
130: pennsylvania university
120: nanyang; renmin; automation chineseacademy; georgia institute tech
110: michigan university; northeastern university; cloud; new university york; federal institute swiss tech zurich
110: columbia; maximilians
100: advanced institute korea science tech; bin; zayed; mohamed; chineseacademy engineering information
100: nanjing university; mila; salesforce
95: bytedance; national singapore university; maryland university; aeronautics astronautics beijing university
90: sen; sun; yat; chineseacademy computer
85: tianjin university; carolina north university; massachusetts university; national seoul university; analysis
85: texas university
80: hopkins; johns; mcgill; copenhagen university; novel
75: china east normal university; bnrist; academy artificial beijing intelligence; gaoling
70: arizona state; yale; china science tech university; samsung; melbourne university
65: chinese information laboratory processing; meituan; wangxuan; westlake; cheng; british columbia university
65: chineseacademy pattern recognition; laboratory national pattern recognition; pennsylvania state
60: amsterdam university; college london university; oxford university; cornell; beijing institute tech
60: darmstadt tech university; monash; peng; princeton university; university wuhan; riken
55: tokyo university; toronto university; apple; coai; huazhong; retrieval; dcst
55: information intelligence key laboratory processing shanghai; southeast university
50: ant; federal institute lausanne swiss tech; colorado university; university waterloo; beijing jiaotong university
50: california university / irvine; california university / santa barbara; deepmind; ai laboratory shanghai
50: defense national tech university; information key laboratory multimedia national processing; study
45: university xiamen; hong kong polytechnic; illinois university / chicago; turing; azure; platform
45: alberta university; collaborative; hong kong university; it; na; sheffield university; ver; alan
45: artificial intelligence laboratory shanghai; china south tech university; inria; jd; web
40: analytics; chineseacademy information intelligence key processing; ohio state; star; technion; bar; duke; harvard
40: ilan; indian institute tech / mumbai; institute tech tokyo; networking; shanghaitech; stuttgart university
40: switching; indian institute tech / kharagpur; institute nara science tech; purdue; xiaowei; arizona university
40: ehu; management singapore university; naver; university zhengzhou; upv
35: chicago university; high; bloomberg; chineseacademy software; com; imaging; provincial; agi; guo; hitz; qiang
35: vector; california university / davis; center learning machine munich; complex; dalian tech university
35: design singapore tech university; infocomm; nankai; oregon university; saarland university; sapienza
35: sydney tech university; big data institute research shenzhen; brook stony university; hebrew; polytechnic virginia
35: university utah
30: artificial center german intelligence research; bruno; college imperial london; fondazione; ict; kessler
30: an jiaotong university xi; china electronic science tech university; dartmouth
30: information institute international tech / hyderabad; languages; translation; warwick; ai institute quebec
30: korea university; manchester university; mason; methods; montreal university; nvidia
30: pohang science tech university; sber
29: data key laboratory science shanghai; fair; genai; institute israel tech; lance; queenmary; shandong university
29: sorbonne; trusted; ubiquitous
28: cis; machines; ping; semantic; shanxi university; texas university / dallas; yonsei
27: aviv tel university; baai; indian institute tech / kanpur; macau university; mcml; microelectronics; multimodal
27: national taiwan university; netease; pittsburgh university
26: computer institute qatar research; hse; munich tech university; umr; university wisconsin
25: mannheim university; nec; rochester university; university zurich
24: cifar; foundations; groningen university; kyoto university; sichuan university; tal
23: airi; alberta institute intelligence machine; brown; chineseacademy data key network science
23: massachusetts university / lowell; minority; tongji
22: california university / santa cruz; city hong kong university; kirc; leibniz; toyota; university virginia; watson
21: applications; blavatnik; charles university; dataminr; emory; fuxi; heidelberg university
21: institute paris polytechnic; nlp2ct; sinica; sydney university; tohoku
20: athens business economics university; casualty; communications information institute national tech; dame; idiap
20: indian institute tech / patna; integration; iowa state; merchants; michigan state; mobile; notre; pengcheng
20: pingan; property; trento university; xiaomi
`,
  '; ',
)
