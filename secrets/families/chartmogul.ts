import type { Family } from '../family.ts';

export const chartmogul: Family = {
  name: 'chartmogul',
  title: 'ChartMogul',
  source: 'https://dev.chartmogul.com',
  words: ['chartmogul'],
};
