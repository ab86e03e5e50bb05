import type { Family } from '../family.ts';

export const vapi: Family = {
  name: 'vapi',
  title: 'Vapi',
  source: 'https://docs.vapi.ai',
};
