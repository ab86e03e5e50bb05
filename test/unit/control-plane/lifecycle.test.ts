import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { endOnBugs, onEnd } from '#control-plane/lifecycle.ts';
import { Fault } from '#proto/domain/fault.ts';

function fakeProcess() {
  const exits: (number | string | null | undefined)[] = [];
  const emitter = new EventEmitter();
  return Object.assign(emitter, { exits, exit: (code?: number | string | null) => exits.push(code) as never }) as unknown as NodeJS.Process & { exits: unknown[] };
}

test('the first signal asks for an end, and the second one forces it', () => {
  const process = fakeProcess();
  const asked: string[] = [];
  onEnd(process, (signal) => asked.push(signal));

  process.emit('SIGTERM', 'SIGTERM');
  expect({ asked, exits: process.exits }).toEqual({ asked: ['SIGTERM'], exits: [] });

  process.emit('SIGINT', 'SIGINT');
  expect(process.exits).toEqual([1]);
});

test.each(['uncaughtException', 'unhandledRejection'] as const)('a bug that surfaces as %s is logged and ends the process', (event) => {
  const process = fakeProcess();
  const logged: unknown[] = [];
  const bug = new TypeError('x is not a function');
  endOnBugs(process, { fatal: (fields: unknown) => void logged.push(fields) });

  (process as unknown as EventEmitter).emit(event, bug);

  expect(logged).toEqual([{ err: bug }]);
  expect(process.exits).toEqual([1]);
});

test('a fault that nobody caught is told as the fault that it is', () => {
  const process = fakeProcess();
  const logged: unknown[] = [];
  const fault = new Fault('database-unavailable');
  endOnBugs(process, { fatal: (fields: unknown) => void logged.push(fields) });

  (process as unknown as EventEmitter).emit('unhandledRejection', fault);

  expect(logged).toEqual([{ err: fault }]);
});
