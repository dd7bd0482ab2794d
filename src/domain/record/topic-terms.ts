/**
 * The curated topics: indented under their parent; name, then kind (f field, t task, m method), then further
 * phrases that mean it. A phrase matches whole words in any case and number. `!` keeps the name itself
 * from matching, where it is too common a word.
 */
export const TOPIC_TERMS = `
Machine Learning | f
  Supervised Learning | f
  Unsupervised Learning | f
  Semi-Supervised Learning | m | weakly supervised, weak supervision
  Self-Supervised Learning | m | self-supervision
  Contrastive Learning | m | contrastive loss, contrastive objective
  Representation Learning | f | learned representation, representation learner
  Metric Learning | m
  Transfer Learning | m
  Domain Adaptation | t
  Domain Generalization | t | out-of-distribution generalization, domain generalisation
  Multi-Task Learning | m | multitask learning
  Meta-Learning | m | learning to learn, meta learner
  Few-Shot Learning | t | few-shot, one-shot learning, low-shot
  Zero-Shot Learning | t | zero-shot
  Continual Learning | t | lifelong learning, catastrophic forgetting, incremental learning
  Active Learning | m
  Curriculum Learning | m
  Federated Learning | m
  Online Learning | f | online convex optimization, regret minimization
  Bandits | f | multi-armed bandit, contextual bandit, bandit
  Ensemble Learning | m | ensemble method, model ensemble
  Kernel Methods | m | kernel method, reproducing kernel hilbert space, rkhs, kernel ridge regression
  Gaussian Processes | m | gaussian process
  Decision Trees | m | decision tree, random forest, gradient boosting
  Clustering | t
  Classification | t | !, image classification, classification task
  Regression | t | !, linear regression, logistic regression, regression model
  Dimensionality Reduction | t | principal component analysis, manifold learning
  Density Estimation | t
  Anomaly Detection | t | outlier detection, novelty detection
  Out-of-Distribution Detection | t | ood detection
  Time Series | f | time series forecasting, temporal forecasting
  Learning Theory | f | generalization bound, sample complexity, pac learning, statistical learning theory
  Learning to Rank | t
  Imitation Learning | m | behavioral cloning, inverse reinforcement learning
  Uncertainty Estimation | t | uncertainty quantification, predictive uncertainty
  Calibration | t
  Conformal Prediction | m
  Data Augmentation | m
  Hyperparameter Optimization | t | hyperparameter tuning, automl
  Neural Architecture Search | m
Deep Learning | f | deep neural network
  Convolutional Neural Networks | m | cnn, convolutional network, convolutional neural network
  Recurrent Neural Networks | m | rnn, lstm, gru, recurrent network, long short-term memory
  Transformers | m | transformer
  Attention Mechanism | m | self-attention, attention mechanism, cross-attention
  Graph Neural Networks | m | gnn, graph convolutional network, graph neural network, graph attention network
  Generative Models | f | generative model, generative modeling
  Generative Adversarial Networks | m | gan, adversarial training of generator, generative adversarial network
  Variational Autoencoders | m | vae, variational autoencoder, variational auto-encoder
  Diffusion Models | m | diffusion model, denoising diffusion, score-based generative model
  Normalizing Flows | m | normalizing flow, invertible network
  Autoencoders | m | autoencoder, auto-encoder
  Memory Networks | m | memory-augmented neural network, memory network
  Mixture of Experts | m | mixture-of-experts
  State Space Models | m | state space model
  Batch Normalization | m | batch norm
  Dropout | m
  Residual Networks | m | resnet, residual network
  Spiking Neural Networks | m
  Neural Ordinary Differential Equations | m | neural ode
  Model Compression | t | network pruning, model pruning, weight pruning, network compression
  Quantization | m | weight quantization, low-precision
  Knowledge Distillation | m | distillation, teacher-student
  Adversarial Robustness | t | adversarial example, adversarial attack, adversarial training
  Overparameterization | f | over-parameterized, neural tangent kernel
Reinforcement Learning | f
  Deep Reinforcement Learning | m
  Offline Reinforcement Learning | m | offline rl, batch reinforcement learning
  Multi-Agent Reinforcement Learning | m | marl
  Hierarchical Reinforcement Learning | m
  Policy Gradient | m | policy gradient method, policy optimization, actor-critic
  Q-Learning | m | deep q-network
  Exploration | t | !, intrinsic motivation, exploration bonus, exploration strategy
  Off-Policy Evaluation | t
  Markov Decision Processes | f | markov decision process, mdp
  Reinforcement Learning from Human Feedback | m | rlhf, preference optimization, human feedback
  Robotics | f | robot, robotic manipulation
  Planning | t | !, motion planning, path planning, task planning
Optimization | f | convex optimization, nonconvex optimization, non-convex optimization
  Stochastic Gradient Descent | m | sgd, stochastic gradient
  Bayesian Optimization | m
  Optimal Transport | m | wasserstein distance, sinkhorn
  Combinatorial Optimization | f
  Distributed Optimization | f | distributed training, decentralized optimization
  Submodular Optimization | f | submodular
  Minimax Optimization | f | saddle point problem, bilevel optimization
Probabilistic Modelling | f | probabilistic model, probabilistic modeling, graphical model
  Bayesian Inference | m | bayesian, posterior inference
  Variational Inference | m
  Markov Chain Monte Carlo | m | mcmc, hamiltonian monte carlo, langevin dynamics
  Causal Inference | f | causal effect, treatment effect, counterfactual inference
  Causal Discovery | t | causal structure learning
  Topic Models | m | topic model, latent dirichlet allocation, topic modeling
  Latent Variable Models | m | latent variable model
  Matrix Factorization | m | matrix completion, tensor decomposition, low-rank matrix
Trustworthy Machine Learning | f | trustworthy ai
  Fairness | f | algorithmic fairness, group fairness
  Interpretability | f | explainability, explainable ai, interpretable, interpretable machine learning
  Differential Privacy | m | differentially private
  Privacy | f | privacy-preserving
  Machine Unlearning | t | unlearning
  Bias | f | !, gender bias, social bias, debiasing
  AI Safety | f | jailbreak, safety alignment
  Backdoor Attacks | t | backdoor attack, data poisoning
Natural Language Processing | f | nlp
  Large Language Models | m | llm, large language model
  Language Modelling | t | language modeling, language modelling
  Pre-Trained Language Models | m | pre-trained language model, plm, bert, pretrained language model
  Masked Language Modelling | m | masked language modeling
  Prompting | m | prompt tuning, prompt engineering, prompt learning, prompt-based
  In-Context Learning | m
  Chain-of-Thought | m | chain of thought
  Instruction Tuning | m | instruction-tuning, instruction following
  Parameter-Efficient Fine-Tuning | m | low-rank adaptation, lora, adapter tuning, peft
  Retrieval-Augmented Generation | m | rag, retrieval-augmented
  Hallucination | t | hallucination detection
  Machine Translation | t | neural machine translation, nmt
  Simultaneous Translation | t | simultaneous machine translation
  Multilingual NLP | f | multilingual, cross-lingual, crosslingual
  Low-Resource Languages | f | low-resource language
  Code-Switching | f | code-mixed, code-mixing
  Question Answering | t | qa, open-domain question answering
  Visual Question Answering | t | vqa
  Reading Comprehension | t | machine reading comprehension
  Summarization | t | text summarization, abstractive summarization, summarisation
  Text Generation | t | natural language generation, nlg
  Controllable Generation | t | controllable text generation, controlled text generation
  Paraphrasing | t | paraphrase generation, paraphrase
  Text Simplification | t
  Style Transfer | t | text style transfer
  Data-to-Text Generation | t | table-to-text
  Story Generation | t | storytelling
  Text Classification | t | document classification
  Sentiment Analysis | t | aspect-based sentiment, sentiment classification, opinion mining
  Emotion Recognition | t | emotion detection, emotion classification
  Hate Speech Detection | t | hate speech, toxicity detection, offensive language
  Sarcasm Detection | t
  Stance Detection | t
  Fake News Detection | t | misinformation, rumor detection
  Fact Checking | t | fact verification, claim verification, fact-checking
  Named Entity Recognition | t | ner
  Relation Extraction | t
  Information Extraction | t | open information extraction
  Event Extraction | t | event detection, event argument extraction
  Entity Linking | t | entity disambiguation
  Coreference Resolution | t | coreference
  Keyphrase Extraction | t | keyphrase generation
  Word Sense Disambiguation | t
  Word Embeddings | m | word embedding, word representation, word vector
  Sentence Embeddings | m | sentence embedding, sentence representation
  Tokenization | m | subword segmentation, byte pair encoding
  Word Segmentation | t
  Part-of-Speech Tagging | t | pos tagging
  Morphology | f | morphological inflection, morphological analysis
  Parsing | t | !, syntactic parsing, constituency parsing
  Dependency Parsing | t
  Semantic Parsing | t | text-to-sql
  Semantic Role Labelling | t | semantic role labeling
  Abstract Meaning Representation | m | amr parsing
  Natural Language Inference | t | textual entailment, nli
  Semantic Similarity | t | semantic textual similarity
  Discourse Analysis | f | discourse parsing, discourse relation
  Pragmatics | f | !, pragmatic reasoning
  Dialogue Systems | f | dialogue system, task-oriented dialogue, dialog system, chatbot, open-domain dialogue
  Dialogue State Tracking | t
  Intent Detection | t | intent classification, spoken language understanding, slot filling
  Conversational Question Answering | t | conversational qa
  Argument Mining | t | argumentation
  Grammatical Error Correction | t
  Spelling Correction | t | spell checking
  Automatic Essay Scoring | t | automated essay scoring
  Commonsense Reasoning | t | commonsense knowledge, commonsense
  Mathematical Reasoning | t | math word problem, math reasoning
  Multi-Hop Reasoning | t | multi-hop question
  Metaphor | f | figurative language
  Probing | m | probing task, structural probe
  Evaluation of Generation | t | evaluation metric, automatic evaluation
  Benchmarks | f | !, benchmark dataset, new benchmark, novel benchmark, benchmark suite
  Crowdsourcing | m
  Clinical NLP | f | biomedical nlp, clinical text, electronic health record
  Legal NLP | f | legal domain, legal document, legal text
  Computational Social Science | f
  Digital Humanities | f
  Sign Language | f | sign language translation
Speech Processing | f | speech processing
  Speech Recognition | t | automatic speech recognition, asr
  Speech Translation | t
  Speech Synthesis | t | text-to-speech, tts
  Audio Processing | f | music generation, audio classification
Computer Vision | f
  Object Detection | t
  Semantic Segmentation | t | image segmentation
  Image Generation | t | image synthesis, text-to-image
  Image Captioning | t
  Video Understanding | t | action recognition, video classification
  Super-Resolution | t
  Image Restoration | t | image denoising
  3D Vision | f | point cloud, 3d reconstruction
  Visual Tracking | t | object tracking
  Face Recognition | t
  Medical Imaging | f | medical image
  Vision and Language | f | vision-language, vision-and-language
  Multimodal Learning | f | multimodal, multi-modal
  Visual Grounding | t
Graph Learning | f | graph representation learning, graph mining
  Knowledge Graphs | f | knowledge graph, knowledge base
  Knowledge Graph Completion | t | link prediction, knowledge graph embedding
  Node Classification | t
  Graph Generation | t
  Community Detection | t
  Social Networks | f | social network, social media
Information Retrieval | f
  Dense Retrieval | m | passage retrieval, dense passage retrieval, document retrieval
  Query Expansion | m | query rewriting, query reformulation
  Web Search | t | search engine
  Recommender Systems | f | recommender system, recommendation system, collaborative filtering, sequential recommendation
  Click-Through Rate Prediction | t | ctr prediction, click-through rate
  Online Advertising | f | real-time bidding
Code Intelligence | f | code generation, program synthesis, code completion, code search
Software Engineering | f | program repair
AI Agents | m | llm agent, language agent, autonomous agent, llm-based agent
Human-Computer Interaction | f | human-ai collaboration
Neuroscience | f | brain activity, computational neuroscience
Healthcare | f
Drug Discovery | t | molecule generation, molecular property prediction
Protein Modelling | t | protein structure, protein sequence
Game Theory | f | nash equilibrium, extensive-form game, zero-sum game
Mechanism Design | f | auction
Compressed Sensing | m | sparse recovery
Hashing | m | locality-sensitive hashing
Nearest Neighbour Search | t | nearest neighbor, approximate nearest neighbor
`
