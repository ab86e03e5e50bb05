import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookFor } from '#agent/runbook/output/expectation.ts';
import { createOutputPump } from '#agent/runbook/output/pump.ts';
import type { ScrubbedPiece } from '#agent/scrub/step-facts.ts';
import { createScrubbers } from '#agent/scrub/scrubber.ts';

const newScrubber = createScrubbers({ key: randomBytes(32) });

function pumped({ known = [], room = () => true }: { readonly known?: readonly string[]; readonly room?: () => boolean } = {}) {
  const scrubber = newScrubber();
  for (const value of known) scrubber.know(value);
  const told: ScrubbedPiece[] = [];
  let tick = (): void => {};
  const pump = createOutputPump({
    scrubbers: { stdout: scrubber.stream('s'), stderr: scrubber.stream('s') },
    emit: (pieces) => room() && told.push(...pieces) > 0,
    every: (_, work) => {
      tick = work;
      return () => (tick = () => {});
    },
  });
  const text = (): string => told.map(({ data }) => Buffer.from(data).toString()).join('');
  return { pump, told, text, tick: () => tick() };
}

const bytes = (text: string): Buffer => Buffer.from(text);

describe('output', () => {
  test('is told by whole lines when the time has come, the rest at the end', () => {
    const { pump, told, text, tick } = pumped();
    pump.write('stdout', bytes('one\ntwo\nthr'), 5);
    expect(told).toEqual([]);
    tick();
    expect(text()).toBe('one\ntwo\n');
    pump.write('stdout', bytes('ee'), 9);
    pump.end();

    expect(text()).toBe('one\ntwo\nthree');
    expect(told.map(({ index, stream, atMs }) => ({ index, stream, atMs }))).toEqual([{ index: 0, stream: 'stdout', atMs: 5 }, { index: 1, stream: 'stdout', atMs: 9 }]);
  });

  test('a line without end waits for it: it could be the beginning of a secret', () => {
    const { pump, text, tick } = pumped();
    pump.write('stdout', bytes('waiting'), 1);
    for (let turn = 0; turn < 100; turn += 1) tick();
    expect(text()).toBe('');
    pump.write('stdout', bytes(' is over\n'), 9);
    tick();
    expect(text()).toBe('waiting is over\n');
  });

  test('of two streams keeps the order in which it came', () => {
    const { pump, told } = pumped();
    pump.write('stdout', bytes('a\n'), 1);
    pump.write('stderr', bytes('b\n'), 2);
    pump.write('stdout', bytes('c\n'), 3);
    pump.end();

    expect(told.map(({ stream, atMs, data }) => [stream, atMs, Buffer.from(data).toString()])).toEqual([['stdout', 1, 'a\n'], ['stderr', 2, 'b\n'], ['stdout', 3, 'c\n']]);
  });

  test('is masked where it holds a granted value, however it is cut', () => {
    const secret = 'rosebud'; // a plain word: only its owner says that it is secret
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 6 }), fc.infiniteStream(fc.boolean()), (cuts, flushes) => {
        const { pump, text, tick } = pumped({ known: [secret] });
        const whole = `the word is ${secret}, said twice: ${secret}\n`;
        const places = [...new Set(cuts)].sort((a, b) => a - b);
        for (const [at, from] of [0, ...places].entries()) {
          pump.write('stdout', bytes(whole.slice(from, places[at] ?? whole.length)), at);
          if (flushes.next().value === true) tick();
        }
        pump.end();

        expect(text()).not.toContain(secret);
        expect(text()).toMatch(/^the word is «secret:granted:[0-9a-f]{16}», said twice: «secret:granted:[0-9a-f]{16}»\n$/);
      }),
      { numRuns: 20 },
    );
  });

  test('is hashed as it was told, counted, and valid UTF-8', () => {
    const { pump, told } = pumped();
    pump.write('stdout', Buffer.from([0x61, 0xff, 0xc3, 0x0a]), 0);
    pump.write('stderr', bytes('ü'.repeat(200_000)), 1);
    const { hash, pieces, lostBytes } = pump.end();

    expect(hash).toBe(createHash('sha256').update(Buffer.concat(told.map(({ data }) => Buffer.from(data)))).digest('hex'));
    expect({ pieces, lostBytes }).toEqual({ pieces: told.length, lostBytes: 0 });
    for (const { data } of told) expect(Buffer.from(Buffer.from(data).toString()).equals(Buffer.from(data))).toBe(true);
    expect(told.map(({ index }) => index)).toEqual(told.map((_, at) => at));
  });

  test('for which there is no room is counted, and what comes later is told', () => {
    let isRoomy = false;
    const { pump, text, tick } = pumped({ room: () => isRoomy });
    pump.write('stdout', bytes('lost\n'), 0);
    tick();
    isRoomy = true;
    pump.write('stdout', bytes('kept\n'), 1);
    const sum = pump.end();

    expect(text()).toBe('kept\n');
    expect(sum).toMatchObject({ pieces: 1, lostBytes: 5 });
  });
});

test('an expected text is found however the output is cut, and never where it is not', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', 'b') }), fc.array(fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b') })), (wanted, pieces) => {
      const lookout = lookFor(wanted);
      for (const piece of pieces) lookout.see(bytes(piece));

      expect(lookout.isFound).toBe(pieces.join('').includes(wanted));
    }),
  );
  expect(lookFor(null).isFound).toBe(true);
});
