import { expect, test } from 'vitest';
import { statusOf } from '#control-plane/http/status.ts';
import { toProblem } from '#control-plane/http/problem.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type FaultCode, faults } from '#proto/domain/faults.ts';

const codes = Object.keys(faults) as FaultCode[];

test.each(codes)('%s has a status of an error', (code) => {
  const status = statusOf(new Fault(code));

  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(600);
});

test('a problem tells the same words for the same code, and its facts in the detail', () => {
  const problem = toProblem(new Fault('not-found', { agent: 'x', unset: undefined }), 'an-id');

  expect(problem).toEqual({
    type: 'urn:dd0c:fault:not-found',
    title: 'There is no such thing.',
    status: 404,
    detail: 'There is no such thing. agent: x',
    code: 'not-found',
    next: faults['not-found'].next,
    instance: 'urn:uuid:an-id',
  });
});
