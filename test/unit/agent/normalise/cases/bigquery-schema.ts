import type { RuleCases } from '../rule-cases.ts';

const schema = (...fields: readonly object[]): { schema: string } => ({ schema: JSON.stringify(fields) });

export const cases: RuleCases = {
  rule: 'bigquery-schema',
  same: [
    ['the mode that every column has', 'google_bigquery_table', schema({ name: 'a', type: 'STRING' }), schema({ name: 'a', type: 'STRING', mode: 'NULLABLE' })],
    ['two names of one type', 'google_bigquery_table', schema({ name: 'a', type: 'INT64' }), schema({ name: 'a', type: 'INTEGER' })],
    ['inside a record', 'google_bigquery_table', schema({ name: 'a', type: 'STRUCT', fields: [{ name: 'b', type: 'BOOL' }] }), schema({ name: 'a', type: 'RECORD', fields: [{ name: 'b', type: 'BOOLEAN', mode: 'NULLABLE', description: '' }] })],
  ],
  different: [
    ['a column that must be filled', 'google_bigquery_table', schema({ name: 'a', type: 'STRING' }), schema({ name: 'a', type: 'STRING', mode: 'REQUIRED' })],
    ['another type', 'google_bigquery_table', schema({ name: 'a', type: 'INT64' }), schema({ name: 'a', type: 'NUMERIC' })],
    ['one column less', 'google_bigquery_table', schema({ name: 'a', type: 'INT64' }, { name: 'b', type: 'INT64' }), schema({ name: 'a', type: 'INT64' })],
    ['another description', 'google_bigquery_table', schema({ name: 'a', type: 'INT64', description: 'x' }), schema({ name: 'a', type: 'INT64', description: 'y' })],
  ],
};
