import type { Family } from '../family.ts';

export const databricks: Family = {
  name: 'databricks',
  title: 'Databricks',
  source: 'https://docs.databricks.com/dev-tools/auth/pat.html',
  words: ['databricks'],
  rules: [
    { id: 'token', keywords: ['dapi', 'dkea', 'dose', 'dsapi'], pattern: /(?:dapi|dkea|dose|dsapi)[a-f0-9]{32}(?:-\d)?/ },
  ],
};
