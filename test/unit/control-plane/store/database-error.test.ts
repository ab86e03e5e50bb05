import { expect, test } from 'vitest';
import { DatabaseError, fromDriver } from '#control-plane/store/database-error.ts';
import { Fault } from '#proto/domain/fault.ts';

function driverError(message: string, fields: object): Error {
  return Object.assign(new Error(message), fields);
}

test('what was in a row is not told', () => {
  const error = fromDriver(driverError('invalid input syntax for type uuid: "hunter2"', { code: '22P02', detail: 'Key (x)=(hunter2)', params: ['hunter2'] }));

  expect(error).toBeInstanceOf(DatabaseError);
  expect(String(error)).toBe('DatabaseError: the database refused a statement: 22P02');
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
});

test('a broken constraint is named', () => {
  expect(fromDriver(driverError('duplicate key', { code: '23505', constraint: 'stack_id_key' }))).toMatchObject({ sqlState: '23505', constraint: 'stack_id_key' });
});

test('a mistake in our own SQL is told in full', () => {
  expect(String(fromDriver(driverError('column "colour" does not exist', { code: '42703' })))).toContain('colour');
});

test.each(['ECONNREFUSED', 'ENOTFOUND', '57P01', '53300', '28P01', '3D000', '08006', 'ENOSPC'])('%s means that the database is unavailable', (code) => {
  expect(fromDriver(driverError('no', { code }))).toMatchObject({ code: 'database-unavailable', facts: { reason: code } });
});

test.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])('so does "%s", which has no code', (message) => {
  expect(fromDriver(new Error(message))).toMatchObject({ code: 'database-unavailable' });
});

test('faults and bugs pass as they are', () => {
  const [fault, bug] = [new Fault('not-found'), new TypeError('x')];

  expect([fromDriver(fault), fromDriver(bug)]).toEqual([fault, bug]);
});
