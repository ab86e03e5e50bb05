import type { Family } from '../family.ts';

export const clickhouse: Family = {
  name: 'clickhouse',
  title: 'ClickHouse Cloud',
  source: 'https://clickhouse.com/docs/en/cloud/manage/openapi',
  words: ['clickhouse'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['4b1d'], pattern: /4b1d[A-Za-z0-9]{38}/ },
  ],
};
