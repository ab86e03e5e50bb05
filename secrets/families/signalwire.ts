import type { Family } from '../family.ts';

export const signalwire: Family = {
  name: 'signalwire',
  title: 'SignalWire',
  source: 'https://developer.signalwire.com',
  words: ['signalwire'],
  rules: [
    { id: 'token', keywords: ['PT'], pattern: /PT[a-f0-9]{48,60}/ },
  ],
};
