import { expect, test } from 'vitest';
import type { LogLevel } from '#control-plane/config/server-arguments.ts';
import { createLog } from '#control-plane/log.ts';
import { Fault } from '#proto/domain/fault.ts';

function logTo(level: LogLevel = 'info') {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => void lines.push(line) }) };
}

test('a line is JSON: when, how grave, what, and the fields', () => {
  const { lines, log } = logTo();

  log.warn({ agent: 'x' }, 'agent lost');

  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'warn', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), agent: 'x', msg: 'agent lost' });
});

test('secrets that somebody logs by mistake are blanked where they stand', () => {
  const { lines, log } = logTo();

  log.info({ token: 'hunter2', request: { headers: { authorization: 'Bearer hunter2' }, password: 'hunter2' }, databaseUrl: 'postgres://u:hunter2@h/d' }, 'oops');
  log.child({ joinToken: 'hunter2' }).info('oops');

  expect(lines.join('')).not.toContain('hunter2');
});

test('an error is told with its causes, and without the credentials that drivers like to quote', () => {
  const { lines, log } = logTo();

  log.error({ err: new Fault('database-unavailable', {}, { cause: new Error('cannot reach postgres://u:hunter2@h/d') }) }, 'failed');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { type: 'Fault', code: 'database-unavailable', cause: { type: 'Error', message: 'cannot reach postgres://…@h/d' } } });
  expect(lines[0]).not.toContain('stack');
});

test('a bug comes with its stack, and at debug everything does', () => {
  const usual = logTo();
  usual.log.error({ err: new TypeError('x is not a function') }, 'failed');
  const debug = logTo('debug');
  debug.log.error({ err: new Fault('not-found') }, 'failed');

  expect(usual.lines[0]).toContain('log.test.ts');
  expect(debug.lines[0]).toContain('log.test.ts');
});

test('an error that is its own cause ends', () => {
  const { lines, log } = logTo();
  const error = new Error('round');
  error.cause = error;

  log.error({ err: error }, 'failed');

  expect(lines[0]?.match(/round/g)?.length).toBeLessThan(20);
});
