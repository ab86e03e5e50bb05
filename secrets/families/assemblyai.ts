import type { Family } from '../family.ts';

export const assemblyai: Family = {
  name: 'assemblyai',
  title: 'AssemblyAI',
  source: 'https://www.assemblyai.com/docs',
  words: ['assemblyai'],
};
