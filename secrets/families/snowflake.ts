import type { Family } from '../family.ts';

export const snowflake: Family = {
  name: 'snowflake',
  title: 'Snowflake',
  source: 'https://docs.snowflake.com/en/user-guide/programmatic-access-tokens',
};
