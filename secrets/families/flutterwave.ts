import type { Family } from '../family.ts';

export const flutterwave: Family = {
  name: 'flutterwave',
  title: 'Flutterwave',
  source: 'https://developer.flutterwave.com/docs/authentication',
  words: ['flutterwave'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['FLWSECK', 'FLWPUBK'], pattern: /FLW(?:SECK|PUBK)(?:_TEST)?-[A-Za-z0-9]{12,40}(?:-X)?/ },
  ],
};
