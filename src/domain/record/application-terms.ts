/** Fields of application, such as language, vision and graphs: the second part of the curated topics, in the format of `TOPIC_TERMS`. */
export const APPLICATION_TERMS = `
Natural Language Processing | f | nlp
  Large Language Models | m | llm, large language model
  Language Modelling | t | !, ^language modeling, ^language modelling
  Language Models | m | !, ^language model, small language model
  Reasoning | f | !, ^reasoning, reasoning model, large reasoning model, llm reasoning
  Test-Time Scaling | m | test-time compute, inference-time scaling
  GUI Agents | m | gui agent, mobile gui agent, computer use agent, web agent, mobile agent
  Coding Agents | m | agentic coding, software engineering agent
  Deep Research | m | deep research agent, search agent, agentic search
  Diffusion Language Models | m | diffusion large language model, dllm, masked diffusion language model
  Pre-Trained Language Models | m | pre-trained language model, plm, ^bert, pretrained language model
  Masked Language Modelling | m | masked language modeling
  Prompting | m | !, ^prompting, prompt tuning, prompt engineering, prompt learning, ^prompt-based
  In-Context Learning | m
  Chain-of-Thought | m | chain of thought
  Instruction Tuning | m | instruction-tuning, instruction following
  Parameter-Efficient Fine-Tuning | m | low-rank adaptation, lora, adapter tuning, peft
  Retrieval-Augmented Generation | m | rag, retrieval-augmented
  Multimodal Large Language Models | m | mllm, multimodal llm, large multimodal model
  Long Context | f | !, long-context, long-context language model, long-context llm
  Tool Use | t | !, tool-integrated reasoning, tool-using agent, tool learning, tool calling, function calling, tool-augmented
  Hallucination | t | hallucination detection
  Machine Translation | t | neural machine translation, nmt
  Simultaneous Translation | t | simultaneous machine translation
  Multilingual NLP | f | multilingual, cross-lingual, crosslingual
  Low-Resource Languages | f | low-resource language
  Code-Switching | f | code-mixed, code-mixing
  Question Answering | t | ^qa, open-domain question answering
  Visual Question Answering | t | ^vqa
  Reading Comprehension | t | machine reading comprehension
  Summarization | t | !, ^summarization, text summarization, document summarization, abstractive summarization, summarisation
  Question Generation | t
  Text Generation | t | language generation, natural language generation, nlg
  Controllable Generation | t | controllable text generation, controlled text generation
  Paraphrasing | t | paraphrase generation, ^paraphrase
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
  Tokenization | m | !, ^tokenization, subword segmentation, byte pair encoding
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
  Dialogue Systems | f | ^dialogue, dialogue generation, dialogue system, task-oriented dialogue, dialog system, ^chatbot, open-domain dialogue
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
  Evaluation of Generation | t | ^evaluation metric, ^automatic evaluation, evaluation of text generation, evaluation of generated text
  Benchmarks | f | !, ^benchmark, ^benchmarking, ^benchmark dataset, benchmark suite
  Crowdsourcing | m
  Clinical NLP | f | biomedical nlp, clinical text, electronic health record
  Legal NLP | f | legal domain, legal document, legal text
  Computational Social Science | f
  Digital Humanities | f
  Sign Language | f | sign language translation
Speech Processing | f | speech processing
  Speech Recognition | t | automatic speech recognition, asr
  Speech Translation | t
  Audio-Visual Learning | f | audio-visual, audiovisual
  Speech Synthesis | t | text-to-speech, tts
  Audio-Language Models | m | speech language model, audio language model, large audio language model
  Audio Processing | f | music generation, audio classification
Computer Vision | f
  Object Detection | t | pedestrian detection, 3d object detection
  Semantic Segmentation | t | image segmentation, scene parsing, scene segmentation, object segmentation, co-segmentation, segment anything, interactive segmentation
  Saliency Detection | t | saliency, salient object detection
  Fine-Grained Recognition | t | fine-grained visual, fine-grained image, fine-grained classification, fine-grained categorization
  Open-Vocabulary Learning | t | open-vocabulary
  Face Analysis | t | facial expression, facial expression recognition, face alignment, facial landmark, face detection, face verification
  Image Quality Assessment | t | quality assessment, video quality assessment
  Image Compression | t | video compression, image coding, video coding
  Human-Object Interaction | t | hand-object interaction, virtual try-on
  Video Editing | t
  Video Captioning | t
  Image Generation | t | image synthesis, text-to-image, text-to-image generation, text-to-image synthesis, text-to-image diffusion, text-to-image diffusion model
  Image Captioning | t
  Video Understanding | t | action recognition, action detection, action localization, activity recognition, gesture recognition, video classification, video question answering, video retrieval, video prediction, frame interpolation
  Vision Transformers | m | vision transformer, vit
  Pose Estimation | t | human pose estimation, hand pose estimation, 6d pose, 6d object pose
  Depth Estimation | t | monocular depth, depth prediction, depth completion
  Stereo Matching | t | stereo vision, stereo correspondence, binocular stereo
  Optical Flow | t | scene flow
  Instance Segmentation | t | panoptic segmentation
  Video Segmentation | t | video object segmentation
  Video Generation | t | text-to-video, text-to-video generation, video generation model, video synthesis, video diffusion model
  Image Editing | t | image inpainting
  Novel View Synthesis | t | view synthesis
  Neural Radiance Fields | m | neural radiance field, nerf
  Gaussian Splatting | m | 3d gaussian splatting, 3dgs
  3D Generation | t | text-to-3d, text-to-3d generation, 3d shape generation
  Image Retrieval | t | visual retrieval, cross-modal retrieval, image-text retrieval
  Person Re-Identification | t | person reidentification, person re-id, vehicle re-identification
  Image Registration | t | point cloud registration
  Structure from Motion | t | bundle adjustment, multi-view stereo
  Camera Calibration | t | camera self-calibration
  Text Recognition | t | ocr, optical character recognition, scene text recognition, scene text detection, scene text
  Document Understanding | t | document layout analysis, document image, document ai
  Scene Graphs | m | scene graph, scene graph generation
  Deepfake Detection | t | deepfake, face forgery
  Remote Sensing | f | satellite image, satellite imagery, aerial image, hyperspectral image
  Motion Generation | t | human motion generation, human motion synthesis, motion synthesis, human motion prediction, motion capture
  Super-Resolution | t
  Image Restoration | t | image denoising, image deblurring, deblurring, dehazing, deraining, reflection removal, image enhancement, low-light enhancement, deconvolution
  3D Vision | f | point cloud, 3d reconstruction, photometric stereo, 3d scene understanding, rgb-d, 3d shape
  Visual Tracking | t | object tracking, multi-object tracking, point tracking
  Face Recognition | t
  Medical Imaging | f | medical image, medical image segmentation, organ segmentation, tumor segmentation, radiology, radiology report, chest x-ray
  Vision-Language Models | m | video-language model, vlm, large vision-language model, visual language model
  Vision and Language | f | vision-language, vision-and-language
  Multimodal Learning | f | multimodal model, multimodal understanding, multimodal data, multi-modal data, ^multimodal, ^multi-modal, cross-modal
  Visual Grounding | t | video grounding, temporal grounding, sentence grounding, moment retrieval, referring expression
Computer Graphics | f
  Rendering | t | !, ^rendering, neural rendering, ray tracing, path tracing, global illumination, differentiable rendering, inverse rendering, volume rendering
  Animation | t | character animation, facial animation, computer animation, physics-based animation, motion retargeting
  Geometry Processing | f | mesh processing, mesh generation, surface reconstruction, mesh parameterization, shape analysis, subdivision surface
  Physics Simulation | t | cloth simulation, fluid simulation, physics-based simulation, physically based simulation, soft-body simulation
  Computational Photography | f | light field, computational imaging, high dynamic range imaging
  Computational Fabrication | f | 3d printing, digital fabrication
  Virtual Reality | f | augmented reality, mixed reality, extended reality
  Visualization | f | !, ^visualization, data visualization, information visualization, visual analytics
Graph Learning | f | graph representation learning, graph mining
  Knowledge Graphs | f | entity alignment, knowledge graph, knowledge base
  Knowledge Graph Completion | t | link prediction, knowledge graph embedding
  Node Classification | t
  Graph Generation | t
  Community Detection | t
  Social Networks | f | social network, ^social media
Information Retrieval | f
  Dense Retrieval | m | passage retrieval, dense passage retrieval, document retrieval
  Query Expansion | m | query rewriting, query reformulation
  Web Search | t | ^search engine, web search engine
  Recommender Systems | f | ^recommendation, recommender system, recommendation system, collaborative filtering, sequential recommendation
  Click-Through Rate Prediction | t | ctr prediction, click-through rate
  Online Advertising | f | real-time bidding
Code Intelligence | f | code generation, program synthesis, code completion, code search
Software Engineering | f | program repair
Neuro-Symbolic AI | f | neuro-symbolic, neurosymbolic, neural-symbolic
Knowledge Representation | f | description logic, answer set programming, ^ontology
Constraint Satisfaction | t | constraint programming, boolean satisfiability, sat solver
Data Mining | f | frequent pattern mining, pattern mining
Traffic Forecasting | t | traffic prediction, traffic flow prediction
Fraud Detection | t
Cybersecurity | f | malware, intrusion detection, phishing
Blockchain | f | smart contract, cryptocurrency
Multi-Agent Systems | f | multiagent system, ^multi-agent
AI Agents | m | ^agentic, agentic ai, llm agent, language agent, autonomous agent, llm-based agent
Human-Computer Interaction | f | human-ai collaboration
Neuroscience | f | brain activity, computational neuroscience
Healthcare | f | !, ^healthcare, medical care
Drug Discovery | t | molecule generation, molecular property prediction
Protein Modelling | t | protein structure, protein sequence
Game Theory | f | nash equilibrium, extensive-form game, zero-sum game
Mechanism Design | f | auction
Compressed Sensing | m | sparse recovery
Sparse Coding | m | dictionary learning, sparse representation
AI for Science | f | scientific discovery, ai scientist
Hashing | m | locality-sensitive hashing
Nearest Neighbour Search | t | ^nearest neighbor, nearest neighbor search, approximate nearest neighbor
`
