import type { Family } from '../family.ts';

export const perplexity: Family = {
  name: 'perplexity',
  title: 'Perplexity',
  source: 'https://docs.perplexity.ai',
  words: ['perplexity'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pplx-'], pattern: /pplx-[A-Za-z0-9]{40,60}/ },
  ],
};
