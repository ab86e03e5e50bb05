import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLoopback, isWildcard, parseEndpoint, writeEndpoint } from '#control-plane/config/endpoint.ts';
import { Fault } from '#proto/domain/fault.ts';

test('what is written is read back the same', () => {
  const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
  fc.assert(
    fc.property(fc.record({ host, port: fc.integer({ min: 0, max: 65_535 }) }), (endpoint) => {
      expect(parseEndpoint(writeEndpoint(endpoint), '--http')).toEqual(endpoint);
    }),
  );
});

test('any other text is refused with a fault, never with anything else', () => {
  const outcome = (text: string): unknown => {
    try {
      return parseEndpoint(text, '--http').port;
    } catch (error) {
      return error;
    }
  };

  fc.assert(
    fc.property(fc.string(), (text) => {
      const result = outcome(text);
      expect(typeof result === 'number' ? result <= 65_535 : result instanceof Fault).toBe(true);
    }),
  );
});

test('loopback is what no other machine can reach', () => {
  expect(['127.0.0.1', '127.8.9.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['0.0.0.0', '::', '10.0.0.1', '127.example.org'].map(isLoopback)).toEqual([false, false, false, false]);
});

test('a wildcard names no machine', () => {
  expect(['0.0.0.0', '::', '127.0.0.1'].map(isWildcard)).toEqual([true, true, false]);
});
