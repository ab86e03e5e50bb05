import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScrubber, createScrubbers } from '#agent/scrub/scrubber.ts';
import { encodeLossless, createLosslessDecoder } from '#agent/scrub/lossless-utf8.ts';

const key = new Uint8Array(32).fill(3);
const fresh = createScrubbers({ key });
const password = ['Kestrel', 'umber', '7781'].join('-');
const token = `ghp_${'aB3dE5fG7h'.repeat(3)}aB3dE5`;
const pem = ['-----BEGIN RSA ', 'PRIVATE KEY-----\n', `${'MIIEowIBAAKCAQEAx7Jk'.repeat(3)}\n`.repeat(6), '-----END RSA ', 'PRIVATE KEY-----'].join('');
const output = `step 1\r\nexport DB_PASSWORD=${password}\n\u001b[1mtoken: ${token}\u001b[0m\nklíč ✓ done\n${pem}\nend\n`;

test('pieces cut anywhere give what the whole gives', () => {
  const whole = createScrubber({ key }).text(output).text;

  fc.assert(
    fc.property(fc.array(fc.nat(Buffer.byteLength(output)), { maxLength: 12 }), (cuts) => {
      const stream = fresh().stream();
      const out = pieces(Buffer.from(output), cuts).map((piece) => stream.write(piece));
      expect(Buffer.concat([...out, stream.end()]).toString()).toBe(whole);
    }),
  );
  expect(whole).toContain('klíč ✓ done');
});

test('whatever deadline strikes between pieces, no eight characters of a secret leave', () => {
  const secrets = [password, token, pem.slice(40, -40)];

  fc.assert(
    fc.property(fc.array(fc.nat(Buffer.byteLength(output)), { maxLength: 8 }), fc.array(fc.constantFrom('none', 'lines', 'all'), { minLength: 9, maxLength: 9 }), (cuts, deadlines) => {
      const stream = fresh().stream();
      const out = pieces(Buffer.from(output), cuts).flatMap((piece, at) => [
        stream.write(piece),
        deadlines[at] === 'all' ? stream.flushAll() : deadlines[at] === 'lines' ? stream.flush() : Buffer.alloc(0),
      ]);
      const text = Buffer.concat([...out, stream.end()]).toString();
      for (const secret of secrets) expect(residue(text, secret)).toBe('');
    }),
    { numRuns: 300 },
  );
});

test('a known value that overlaps another is masked as their union, cut anywhere', () => {
  const scrubber = createScrubber({ key });
  for (const value of ['aabaabcc-77', 'bcc-77-daab']) scrubber.learn(sighting({ secret: value }));

  for (let cut = 0; cut <= 20; cut += 1) {
    const stream = scrubber.stream();
    const text = Buffer.from('x aabaabcc-77-daab y');
    const out = Buffer.concat([stream.write(text.subarray(0, cut)), stream.flushAll(), stream.write(text.subarray(cut)), stream.end()]).toString();
    expect(out).not.toMatch(/aabaab|bcc-7|77-daa/);
    expect(out).toMatch(/^x .* y$/);
  }
});

test('colours inside a secret do not hide it, and they still end', () => {
  const scrubber = createScrubber({ key });
  const coloured = `password=\u001b[31m${password.slice(0, 7)}\u001b[32m${password.slice(7)}\u001b[0m ok`;

  const { text } = scrubber.text(coloured);

  expect(residue(text, password)).toBe('');
  expect(text).toMatch(/\u001b\[32m.*\u001b\[0m ok$/);
});

test('bytes that are no text come out as they went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400), { maxLength: 5 }), (bytes, cuts) => {
      const decoder = createLosslessDecoder();
      const text = pieces(Buffer.from(bytes), cuts).map((piece) => decoder.write(piece)).join('') + decoder.end();
      expect(encodeLossless(text).equals(Buffer.from(bytes))).toBe(true);
    }),
  );
});

test('a line without end is let go in constant memory, and still scrubbed', () => {
  const stream = createScrubber({ key }).stream();
  const row = `{"name":"web","size":12345,"password":"${password}"},`;
  let out = 0;
  for (let sent = 0; sent < 4_000_000; sent += row.length * 1_000) out += stream.write(Buffer.from(row.repeat(1_000))).length;

  const tail = stream.end().toString();

  expect(out).toBeGreaterThan(3_000_000);
  expect(residue(tail, password)).toBe('');
  expect(tail).toContain('"password":"«secret:');
});

function pieces(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

function residue(text: string, secret: string): string {
  for (let at = 0; at + 8 <= secret.length; at += 1) if (text.includes(secret.slice(at, at + 8))) return secret.slice(at, at + 8);
  return '';
}

function sighting(values: Record<string, string>): Parameters<ReturnType<typeof createScrubber>['learn']>[0] {
  return {
    address: 'a.b', type: 'a', provider: null, id: null, movedFrom: null, ignored: [],
    sides: { live: { values, sensitive: [], unknown: [], partial: false } },
  };
}
