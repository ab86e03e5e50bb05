import type { Family } from '../family.ts';

export const uptimeRobot: Family = {
  name: 'uptime-robot',
  title: 'UptimeRobot',
  source: 'https://uptimerobot.com/api/',
  words: ['uptimerobot'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['uptimerobot', 'uptime_robot', 'uptime-robot'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9])(?:ur?|m)\d{6,10}-[A-Za-z0-9]{20,32}/,
    },
  ],
};
