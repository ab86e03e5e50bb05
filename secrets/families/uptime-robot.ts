import type { Family } from '../family.ts';

export const uptimeRobot: Family = {
  name: 'uptime-robot',
  title: 'UptimeRobot',
  source: 'https://uptimerobot.com/api/',
  words: ['uptimerobot'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['ur', 'm', 'u'], pattern: /(?:ur?|m)\d{6,10}-[a-f0-9]{24,32}/ },
  ],
};
