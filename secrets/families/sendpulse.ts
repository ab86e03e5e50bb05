import type { Family } from '../family.ts';

export const sendpulse: Family = {
  name: 'sendpulse',
  title: 'SendPulse',
  source: 'https://sendpulse.com/integrations/api',
  words: ['sendpulse'],
};
