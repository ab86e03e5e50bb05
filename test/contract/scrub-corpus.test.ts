import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createScrubbers } from '#agent/scrub/scrubber.ts';
import { corpus } from '../harness/corpus.ts';

interface Row {
  readonly rule: string;
  readonly kind?: string;
  readonly text: string;
  readonly secret: string | null;
  readonly secrets?: readonly string[];
}

const { path, isThere, reason } = corpus('secrets');
const fresh = createScrubbers({ key: new Uint8Array(32).fill(1) });

describe.skipIf(!isThere)(`the corpus of secrets${reason}`, () => {
  const scrubber = fresh();
  const positives = isThere ? rows('positives') : [];
  const missed = positives.filter((row) => secretsOf(row).some((secret) => scrubber.text(row.text).text.includes(secret)));

  test('at least 95 of 100 secrets are wholly removed, and all that are shaped like IaC and runbook output', () => {
    expect(missed.length / positives.length).toBeLessThanOrEqual(0.05);
    expect(missed.filter(({ rule }) => rule.startsWith('iac-'))).toEqual([]);
  });

  test('at most 3 of 1,000 texts without a secret are touched', () => {
    const hard = rows('negatives').filter(({ kind }) => kind !== 'placeholder' && kind !== 'ciphertext');

    const touched = hard.filter(({ text }) => scrubber.text(text).text !== text);

    expect(touched.length / hard.length).toBeLessThanOrEqual(0.003);
  });

  test('a secret that is cut in two in the middle leaves a stream no other than a whole one', () => {
    for (const row of positives) {
      const bytes = Buffer.from(row.text);
      const cut = Buffer.byteLength(row.text.slice(0, row.text.indexOf(row.secret ?? '') + Math.floor((row.secret?.length ?? 0) / 2)));
      const stream = scrubber.stream();

      const out = Buffer.concat([stream.write(bytes.subarray(0, cut)), stream.write(bytes.subarray(cut)), stream.end()]).toString();

      expect(out).toBe(scrubber.text(row.text).text);
    }
  });
});

function secretsOf({ secret, secrets }: Row): readonly string[] {
  return secrets ?? [secret ?? ''];
}

function rows(name: string): readonly Row[] {
  return readFileSync(`${path}/${name}.jsonl`, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Row);
}
