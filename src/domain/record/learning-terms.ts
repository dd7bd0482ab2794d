/** Machine learning, planning and robotics: the first part of the curated topics, in the format of `TOPIC_TERMS`. */
export const LEARNING_TERMS = `
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
  Multi-View Learning | m | multi-view clustering, multi-view representation
  Multi-Label Classification | t | multi-label learning, partial label learning
  Noisy Labels | t | noisy label, label noise
  Test-Time Adaptation | m | test-time training
  Multi-Task Learning | m | multitask learning
  Meta-Learning | m | learning to learn, meta learner
  Few-Shot Learning | t | ^few-shot, one-shot learning, low-shot
  Zero-Shot Learning | t | ^zero-shot, zero-shot generalization
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
  Classification | t | !, ^image recognition, ^object recognition, ^visual recognition, ^image classification, ^classification task
  Regression | t | !, linear regression, ^logistic regression, ^regression model
  Dimensionality Reduction | t | principal component analysis, manifold learning
  Density Estimation | t
  Anomaly Detection | t | outlier detection, novelty detection
  Out-of-Distribution Detection | t | ood detection
  Time Series | f | time series forecasting, temporal forecasting
  Learning Theory | f | generalization bound, sample complexity, pac learning, statistical learning theory
  Learning to Rank | t
  Imitation Learning | m | behavioral cloning, inverse reinforcement learning
  Uncertainty Estimation | t | uncertainty quantification, predictive uncertainty
  Calibration | t | !, ^calibration, confidence calibration, calibration error, model calibration, calibrated prediction, miscalibration
  Conformal Prediction | m
  Data Augmentation | m
  Hyperparameter Optimization | t | hyperparameter tuning, automl
  Neural Architecture Search | m | architecture search
Deep Learning | f | deep neural network, ^neural network
  Foundation Models | m | foundation model
  Pre-Training | m | !, ^pre-training, ^pretraining
  Fine-Tuning | m | !, ^fine-tuning, ^finetuning
  Flow Matching | m | flow matching model
  Synthetic Data | m | !, ^synthetic data, synthetic data generation
  Convolutional Neural Networks | m | cnn, convolutional network, convolutional neural network
  Recurrent Neural Networks | m | rnn, lstm, gru, recurrent network, long short-term memory
  Transformers | m | !, ^transformer, transformer architecture, transformer model
  Attention Mechanism | m | ^attention, ^self-attention, attention mechanism, ^cross-attention
  Graph Neural Networks | m | gnn, graph convolutional network, graph neural network, graph attention network
  Generative Models | f | deep generative model, generative model, generative modeling
  Generative Adversarial Networks | m | gan, adversarial training of generator, generative adversarial network
  Variational Autoencoders | m | vae, variational autoencoder, variational auto-encoder
  Diffusion Models | m | diffusion model, denoising diffusion, score-based generative model
  Normalizing Flows | m | normalizing flow, invertible network
  Autoencoders | m | autoencoder, auto-encoder
  Memory Networks | m | memory-augmented neural network, memory network
  Mixture of Experts | m | mixture-of-experts
  State Space Models | m | state space model
  Batch Normalization | m | batch norm
  Dropout | m | !, ^dropout
  Residual Networks | m | resnet, residual network
  Spiking Neural Networks | m
  Neural Ordinary Differential Equations | m | neural ode
  Model Compression | t | network pruning, model pruning, weight pruning, network compression
  Quantization | m | !, ^quantization, weight quantization, model quantization, post-training quantization, quantization-aware training, ^low-precision
  Knowledge Distillation | m | ^distillation, model distillation, teacher-student
  Adversarial Robustness | t | adversarial example, adversarial attack, adversarial training
  Overparameterization | f | over-parameterized, neural tangent kernel
Reinforcement Learning | f
  Deep Reinforcement Learning | m
  Offline Reinforcement Learning | m | offline rl, batch reinforcement learning
  Multi-Agent Reinforcement Learning | m | marl
  Hierarchical Reinforcement Learning | m
  Policy Gradient | m | policy gradient method, policy optimization, actor-critic
  Q-Learning | m | deep q-network
  Tree Search | m | monte carlo tree search, mcts
  Exploration | t | !, intrinsic motivation, exploration bonus, exploration strategy
  Off-Policy Evaluation | t
  Markov Decision Processes | f | markov decision process, mdp
  Reinforcement Learning from Human Feedback | m | rlhf, preference optimization, learning from human feedback
  Reward Modelling | m | reward model, reward modeling, reward learning
  World Models | m | world model, world modeling
  Reinforcement Learning with Verifiable Rewards | m | rlvr, verifiable reward
Robotics | f | robot, robotic, manipulator, mobile robot
  Robot Manipulation | t | robotic manipulation, dexterous manipulation, bimanual manipulation, object manipulation, robotic grasping, grasp planning, grasp synthesis, grasp detection, dexterous grasping, robot hand, robotic hand, multifingered hand, multi-fingered hand
  Legged Locomotion | t | legged robot, quadruped, quadruped robot, quadrupedal, quadrupedal locomotion, biped, biped robot, biped walking, bipedal, walking robot
  Humanoid Robots | f | !, ^humanoid, humanoid robot
  Robot Navigation | t | mobile robot navigation, visual navigation, object navigation, vision-and-language navigation, social navigation
  Simultaneous Localization and Mapping | t | slam, visual slam, visual odometry, visual-inertial odometry, lidar odometry, robot localization, mobile robot localization
  Autonomous Driving | f | autonomous vehicle, self-driving, self-driving car, autonomous car
  Trajectory Prediction | t | trajectory forecasting, motion forecasting, pedestrian prediction
  Planning | t | !, motion planning, path planning, task planning, task and motion planning
  Control | f | !, model predictive control, optimal control, feedback control, adaptive control, robust control, force control, impedance control, nonlinear control, visual servoing, visual servo control
  Kinematics | f | inverse kinematics, forward kinematics, parallel manipulator, parallel robot
  Soft Robotics | f | soft robot, soft actuator, continuum robot
  Aerial Robotics | f | uav, unmanned aerial vehicle, quadrotor, multirotor, drone
  Underwater Robotics | f | underwater vehicle, underwater robot
  Medical Robotics | f | surgical robot, robotic surgery, exoskeleton, rehabilitation robot
  Human-Robot Interaction | f | human-robot collaboration, human-robot cooperation
  Multi-Robot Systems | f | multi-robot, multi-robot system, swarm robotics, multi-robot coordination
  Teleoperation | t | telerobotics, teleoperated
  Haptics | f | haptic, haptic interface
  Tactile Sensing | t | tactile sensor, tactile perception
  Vision-Language-Action Models | m | vision-language-action model, vision-language-action, vla
  Embodied AI | f | embodied agent, embodied intelligence, embodied artificial intelligence
Optimization | f | !, ^gradient descent, optimization problem, optimization method, optimization algorithm, first-order method, convex optimization, nonconvex optimization, non-convex optimization
  Stochastic Gradient Descent | m | sgd, stochastic gradient
  Bayesian Optimization | m
  Optimal Transport | m | wasserstein distance, sinkhorn
  Combinatorial Optimization | f
  Distributed Optimization | f | distributed training, decentralized optimization
  Submodular Optimization | f | submodular
  Evolutionary Algorithms | m | genetic algorithm, evolutionary algorithm, evolution strategy, genetic programming, neuroevolution, evolutionary computation
  Minimax Optimization | f | saddle point problem, bilevel optimization
Probabilistic Modelling | f | probabilistic model, belief propagation, ^directed acyclic graph, bayesian network, probabilistic modeling, graphical model
  Bayesian Inference | m | bayesian, posterior inference
  Variational Inference | m
  Monte Carlo Methods | m | monte carlo method, sequential monte carlo, particle filter, importance sampling
  Markov Chain Monte Carlo | m | mcmc, hamiltonian monte carlo, langevin dynamics
  Causal Inference | f | causal effect, treatment effect, counterfactual inference
  Causal Discovery | t | causal structure learning
  Topic Models | m | topic model, latent dirichlet allocation, topic modeling
  Latent Variable Models | m | latent variable model
  Matrix Factorization | m | matrix completion, tensor decomposition, low-rank matrix
Trustworthy Machine Learning | f | trustworthy ai
  Fairness | f | algorithmic fairness, group fairness
  Interpretability | f | explainability, explainable ai, ^interpretable, interpretable machine learning
  Differential Privacy | m | differentially private
  Privacy | f | privacy-preserving
  Machine Unlearning | t | unlearning
  Bias | f | !, gender bias, social bias, debiasing
  AI Safety | f | jailbreak, safety alignment
  Backdoor Attacks | t | backdoor attack, data poisoning
`
