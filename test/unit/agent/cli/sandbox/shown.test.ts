import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neutral, shownTo } from '#agent/cli/sandbox/shown.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';

function sink(): { readonly output: Writable; readonly text: () => string } {
  const pieces: Buffer[] = [];
  const output = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { output, text: () => Buffer.concat(pieces).toString('utf8') };
}

test('nothing that steers a terminal gets through, newline and tab do', () => {
  expect(neutral('a\u001b[31mb\r\n\tc\u202ed\u200be\u0000\u009b')).toBe('a\\u{1b}[31mb\\u{d}\n\tc\\u{202e}d\\u{200b}e\\u{0}\\u{9b}');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(neutral(text)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  }));
});

test('a granted secret is masked plain, in base64 and in hexadecimal, wherever pieces cut it', async () => {
  const secret = 'Gr4nted-quilt-0042-zebra';
  const scrubber = createScrubber({ key: new Uint8Array(32) });
  scrubber.know(secret);
  const { output, text } = sink();
  const shown = shownTo(output, scrubber.stream());
  const told = `${secret}\n${Buffer.from(secret).toString('base64')}\n${Buffer.from(secret).toString('hex')}\nend`;

  for (const byte of Buffer.from(told)) shown.write(Buffer.of(byte));
  await shown.end();

  expect(text()).toMatch(/end$/);
  for (const form of told.split('\n').slice(0, 3)) expect(text()).not.toContain(form);
});

test('characters that pieces cut in two arrive whole, and whether a line was ended is known', async () => {
  const { output, text } = sink();
  const shown = shownTo(output, createScrubber({ key: new Uint8Array(32) }).stream());

  for (const byte of Buffer.from('grün €')) shown.write(Buffer.of(byte));
  await shown.end();

  expect(text()).toBe('grün €');
  expect(shown.isMidLine).toBe(true);
});
