import type { Family } from '../family.ts';

export const weightsAndBiases: Family = {
  name: 'weights-and-biases',
  title: 'Weights & Biases',
  source: 'https://docs.wandb.ai',
  words: ['wandb', 'weightsandbiases'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['wandb_v1_'], pattern: /wandb_v1_[A-Za-z0-9_]{60,100}/ },
    { id: 'old-key', kind: 'key', keywords: ['wandb', 'weights'], near: [0, 60], pattern: /(?<![a-f0-9])[a-f0-9]{40}(?![a-f0-9])/ },
  ],
};
