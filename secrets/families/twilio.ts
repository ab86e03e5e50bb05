import type { Family } from '../family.ts';

export const twilio: Family = {
  name: 'twilio',
  title: 'Twilio',
  source: 'https://www.twilio.com/docs/iam/api-keys',
  words: ['twilio'],
  rules: [
    {
      id: 'sid',
      kind: 'key',
      keywords: ['SK0', 'SK1', 'SK2', 'SK3', 'SK4', 'SK5', 'SK6', 'SK7', 'SK8', 'SK9', 'SKa', 'SKb', 'SKc', 'SKd', 'SKe', 'SKf', 'AC0', 'AC1', 'AC2', 'AC3', 'AC4', 'AC5', 'AC6', 'AC7', 'AC8', 'AC9'],
      pattern: /(?:SK|AC)(?:[a-f0-9]{32}|[A-F0-9]{32})(?![A-Za-z0-9])/,
    },
    { id: 'token', keywords: ['twilio'], near: [0, 80], pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}(?![A-Za-z0-9])/ },
  ],
};
