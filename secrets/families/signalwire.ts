import type { Family } from '../family.ts';

export const signalwire: Family = {
  name: 'signalwire',
  title: 'SignalWire',
  source: 'https://developer.signalwire.com',
  words: ['signalwire'],
  rules: [
    { id: 'token', keywords: ['signalwire'], near: [0, 80], pattern: /(?<![A-Za-z0-9])PT[a-f0-9]{48,60}/ },
  ],
};
