import { expect, test } from 'vitest';
import { classify } from '#risk/classify.ts';

test.each([
  ['kubectl get pods -A', 'read_only'],
  ['kubectl delete pod web-1', 'caution'],
  ['kubectl $VERB pods', 'dangerous'],
  ['./fix-prod.sh', 'dangerous'],
  ['rm -rf /', 'forbidden'],
] as const)('%s is %s', (command, risk) => {
  expect(classify(command).risk).toBe(risk);
});

test('the reason names its rule, says why, and points at the part of the text', () => {
  const command = 'uptime && psql -c "DROP DATABASE shop"';

  const { reasons } = classify(command);

  expect(reasons).toEqual([{ rule: 'sql.database-loss', why: expect.stringContaining('database'), span: [18, 38] }]);
  expect(command.slice(18, 38)).toBe('"DROP DATABASE shop"');
});
