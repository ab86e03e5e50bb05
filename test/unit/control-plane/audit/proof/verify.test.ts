import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Independent, type Verdict, verifyBundle } from '#control-plane/audit/proof/verify.ts';
import { makeLog } from '#test/fakes/audit-log.ts';

const log = makeLog([{ agent: 'a' }, { agent: 'b' }, { agent: 'c' }, { text: 'ünïcode \u2028' }, { n: 1.5 }]);

describe('what holds', () => {
  test('a log is verified from first to last', async () => {
    expect(await verify(log.lines)).toMatchObject({ entries: 5, key: 'bundle', headSize: null, firstAt: '1970-01-01T00:00:00.000Z', lastAt: '1970-01-01T00:00:04.000Z' });
  });

  test.each([0, 1, 4, 5])('an independent head over %i entries vouches for these', async (size) => {
    expect(await verify(log.lines, { key: log.verifier, head: log.head(size) })).toMatchObject({ key: 'given', headSize: size });
  });

  test('a log in which nothing happened is whole', async () => {
    expect(await verify(makeLog([]).lines)).toMatchObject({ entries: 0, firstAt: null });
  });
});

describe('what does not hold', () => {
  const [head = '', first = '', second = '', third = '', ...rest] = log.lines;

  test.each([
    ['an entry was changed', [head, first, second.replace('"b"', '"x"'), third, ...rest], 'does not follow'],
    ['the last entry was changed', [...log.lines.slice(0, 5), (log.lines[5] ?? '').replace('1.5', '2.5'), ...log.lines.slice(6)], 'another content'],
    ['an entry was taken out', [head, first, third, ...rest], 'entry 2 is missing'],
    ['two entries changed places', [head, second, first, third, ...rest], 'entry 1 is missing'],
    ['an entry was written anew in other words', [head, first.replace('{"at"', '{ "at"'), second, third, ...rest], 'not in canonical form'],
    ['an entry is of another tenant', [head, first.replace('3f1e2d4c', '3f1e2d4d'), second, third, ...rest], 'another tenant'],
    ['a line is no entry', [head, first, 'hello', third, ...rest], 'it is no entry'],
    ['the tail was cut off with the checkpoint', log.lines.slice(0, 4), 'tail was cut off'],
    ['the tail was cut off before the checkpoint', [head, first, second, log.lines.at(-1) ?? ''], 'the checkpoint is over 5 entries, here are 2'],
  ])('%s', async (_what, lines, reason) => {
    await expect(verify(lines)).rejects.toMatchObject({ code: 'audit-broken', facts: { reason: expect.stringContaining(reason) } });
  });

  test('a log that was rewritten as a whole, by whoever holds its key, does not pass an independent head', async () => {
    const forged = makeLog([{ agent: 'a' }, { agent: 'forged' }, { agent: 'c' }]);

    expect(await verify(forged.lines)).toMatchObject({ entries: 3 }); // by itself it looks whole
    await expect(verify(forged.lines, { head: forged.head(3).replace(/\n3\n[^\n]+/, `\n3\n${'A'.repeat(43)}=`) })).rejects.toMatchObject({ code: 'audit-broken' });
    await expect(verify(forged.lines, { key: log.verifier })).rejects.toMatchObject({ code: 'audit-broken', facts: { reason: expect.stringContaining('another key') } });
    const [, ...behind] = forged.lines;
    await expect(verify([log.lines[0] ?? '', ...behind], { key: log.verifier })).rejects.toMatchObject({ facts: { reason: expect.stringContaining('not signed') } });
  });

  test('a log that was cut and signed again does not pass an independent head', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const [whole, cut, other] = [makeLog([1, 2, 3], privateKey), makeLog([1, 2], privateKey), makeLog([1, 4, 3], privateKey)];

    await expect(verify(cut.lines, { head: whole.head(3) })).rejects.toMatchObject({ facts: { reason: expect.stringContaining('cut or begun anew') } });
    await expect(verify(other.lines, { head: whole.head(2) })).rejects.toMatchObject({ facts: { reason: expect.stringContaining('are not those of the independent head') } });
  });

  test('no change of one character anywhere passes', async () => {
    const text = log.lines.join('\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), async (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        if (changed === text) return;
        await expect(verify(changed.split('\n'), { key: log.verifier })).rejects.toMatchObject({ name: 'Fault' });
      }),
      { numRuns: 300 },
    );
  });
});

test.each([[[]], [['']], [['{}']], [['hello', 'world']]])('what is no log is told as that: %j', async (lines) => {
  await expect(verify(lines)).rejects.toMatchObject({ code: 'audit-unreadable' });
});

function verify(lines: readonly string[], independent: Independent = {}): Promise<Verdict> {
  return verifyBundle(
    (async function* () {
      yield* lines;
    })(),
    independent,
  );
}
