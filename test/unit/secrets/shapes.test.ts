import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { shapes } from './shapes.ts';

const scrubber = createScrubber({ key: new Uint8Array(32).fill(9) });

/** Passwords as people and generators make them. */
const passwords = [
  ['Tr4iler', 'Mist'].join('-'), 'hX9vQ2pLw7', ['correct', 'horse7'].join(''), 'b7Kq!mZ2vRt', '9f3ac1e08b7d42', 'Xk2#pQ9z', 'Mv8_tLq4Rw2z', ['S3cure', 'Pass2026'].join('.'),
  'kJh7sd8f6g5h4j3k', ['a8f5f167f44f4964', 'e6c998dee827110c'].join(''), 'Wint3rRain', ['p4ssphrase', 'of', 'five'].join('-'),
];
const tokens = [['Zk3vT9qLw2xR7mNb', '4pYd8sHc6JfG1aQe'].join(''), ['4f9d1c7be02a6358dd91', 'f04c7ab3e6125c8d9f0a'].join(''), ['q7w2e9r4t1y6', 'u3i8o5p0a2s7'].join('')];

describe('a secret is removed from', () => {
  test.each(Object.entries(shapes))('%s', (_, shape) => {
    const left = passwords.flatMap((password, index) => {
      const { text, secrets } = filled(shape, password, tokens[index % tokens.length] ?? '');
      const output: string = scrubber.text(text).text;
      return secrets.filter((secret) => output.includes(secret)).map(() => output);
    });

    expect(left).toEqual([]);
  });
});

test('what a shape holds beside its secret stays as it is', () => {
  const shredded = Object.entries(shapes).filter(([name, shape]) => {
    const { text, secrets } = filled(shape, passwords[0] ?? '', tokens[0] ?? '');

    const { removed } = scrubber.text(text);

    return !wholeValues.has(name) && lengthOf(removed.map(({ start, end }) => end - start)) > lengthOf(secrets.map(({ length }) => length)) + 24;
  });

  expect(shredded.map(([name]) => name)).toEqual([]);
});

test('cut in two at any place of a secret, and in random pieces, a shape leaves a stream as it leaves the scrubber whole', () => {
  const differing = Object.entries(shapes).filter(([name, shape]) => {
    const { text, secrets } = filled(shape, passwords[4] ?? '', tokens[1] ?? '');
    const whole: string = scrubber.text(text).text;
    const bytes = Buffer.from(text);
    const start = Buffer.byteLength(text.slice(0, text.indexOf(secrets[0] ?? '')));
    const cuts = Array.from({ length: Math.min(40, (secrets[0]?.length ?? 0) + 4) }, (_, index) => [start - 2 + index]);
    const many = Array.from({ length: 3 }, (_, round) => Array.from({ length: 12 }, (__, index) => ((index + 1) * (37 + round * 11) + name.length * 7) % bytes.length));

    return [...cuts, ...many].some((places) => streamed(bytes, places) !== whole);
  });

  expect(differing.map(([name]) => name)).toEqual([]);
});

test('whatever deadline strikes inside a secret, no eight characters of it leave, but where its name comes after it', () => {
  const leaking = Object.entries(shapes).filter(([, shape]) => {
    const { text, secrets } = filled(shape, passwords[7] ?? '', tokens[0] ?? '');
    const bytes = Buffer.from(text);
    return secrets.slice(0, 1).some((secret) => {
      const start = Buffer.byteLength(text.slice(0, text.indexOf(secret)));
      return Array.from({ length: Math.min(40, secret.length) }, (_, index) => start + index).some((cut) => hasResidue(flushedAt(bytes, cut), secret));
    });
  });

  expect(leaking.map(([name]) => name)).toEqual([]);
});

function streamed(bytes: Buffer, places: readonly number[]): string {
  const stream = scrubber.stream();
  const borders = [0, ...places.filter((at) => at > 0 && at < bytes.length).toSorted((a, b) => a - b), bytes.length];
  const out = borders.slice(1).map((end, at) => stream.write(bytes.subarray(borders[at], end)));
  return Buffer.concat([...out, stream.end()]).toString();
}

function flushedAt(bytes: Buffer, cut: number): string {
  const stream = scrubber.stream();
  return Buffer.concat([stream.write(bytes.subarray(0, cut)), stream.flushAll(), stream.write(bytes.subarray(cut)), stream.end()]).toString();
}

function hasResidue(output: string, secret: string): boolean {
  return Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8)).some((part) => output.includes(part));
}

/** Where more is secret: the document that holds the password, a connection string, a hash, an id of a secret. */
const wholeValues = new Set(['state secret version, JSON', 'state vault', 'aws secretsmanager JSON', 'state storage account', 'web.config', 'cisco', 'virsh']);

function lengthOf(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** `§` a password, `¶` a token, `ß` a password in base64, `œ` user and password in base64, `€` a script in base64, `þ` and `Æ` keys in base64 and base32. */
function filled(shape: string, password: string, token: string): { readonly text: string; readonly secrets: readonly string[] } {
  const script = `#!/bin/sh\nexport DB_PASSWORD=${password}\n`;
  const fillings: Readonly<Record<string, string>> = {
    '§': password,
    '¶': token,
    'ß': Buffer.from(password).toString('base64'),
    'œ': Buffer.from(`ops:${password}`).toString('base64'),
    '€': Buffer.from(script).toString('base64'),
    '‡': gzipSync(script).toString('base64'),
    'þ': 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=',
    'Æ': 'KRSXG5DTOVXFG2LG',
  };
  const secrets: string[] = [];
  const text = shape.replaceAll(/[§¶ßœ€‡þÆ]/g, (mark) => {
    secrets.push(fillings[mark] ?? '');
    return fillings[mark] ?? '';
  });
  return { text, secrets };
}
