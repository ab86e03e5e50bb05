import type { Family } from '../family.ts';

export const line: Family = {
  name: 'line',
  title: 'LINE',
  source: 'https://developers.line.biz/en/docs/basics/channel-access-token/',
  words: ['line_channel', 'line_notify'],
  rules: [
    {
      id: 'channel-token',
      keywords: ['1O/w1cDnyilFU='],
      near: [200, 20],
      pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{140,200}1O\/w1cDnyilFU=/,
    },
  ],
};
