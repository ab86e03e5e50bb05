import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuthorityDocument } from '#ca/document.ts';
import { foundAuthority } from '#ca/found.ts';
import { openAuthority } from '#ca/authority.ts';
import { canIssue, endsOf, tellOfEnds } from '#control-plane/authority/ends.ts';
import { renewIntermediate } from '#control-plane/authority/custody.ts';
import { listen } from '#test/harness/link.ts';

const dayMs = 24 * 3_600_000;
const made = Date.parse('2026-05-01T12:00:00Z');
const ends = made + 5 * 365 * dayMs;
let document: AuthorityDocument;

beforeAll(async () => {
  document = await foundAuthority('test.dd0c', { nowMs: made, randomBytes });
});

describe('an authority whose intermediates run out', () => {
  test('tells it three months ahead, and not before', () => {
    expect(toldAt(ends - 91 * dayMs)).toEqual([]);
    expect(toldAt(ends - 89 * dayMs)).toEqual(['intermediate-ends', 'intermediate-ends']);
  });

  test('is not ready any more when it cannot give an agent a whole life', () => {
    expect(canIssue({ document }, ends - 2 * dayMs)).toBe(true);
    expect(canIssue({ document }, ends - dayMs / 2)).toBe(false);
  });

  test('lets a server start in its last days, with a certificate that ends with it', async () => {
    const authority = await openAuthority(document, { now: () => ends - 2 * dayMs, randomBytes });

    const { record } = await authority.issueServer(['localhost']);

    expect(record.notAfter.getTime()).toBe(ends);
  });

  test('says nothing more once another is there', async () => {
    const nowMs = ends - 30 * dayMs;
    const moment = { nowMs, randomBytes };
    const renewed = await renewIntermediate(await renewIntermediate(document, 'agents', 'current', moment), 'servers', 'current', moment);

    expect(endsOf({ document: renewed }).map(({ role }) => role)).toEqual(['root', 'agents', 'servers']);
    expect(toldAt(nowMs, renewed)).toEqual([]);
  });

  test('tells that its root runs out a year ahead', () => {
    expect(toldAt(made + 9.1 * 365 * dayMs)).toContain('root-ends');
  });
});

test('what a replaced intermediate issued is good for as long as it can be, and then no more', async () => {
  let now = made;
  const renewed = await renewIntermediate(document, 'agents', 'current', { nowMs: made, randomBytes });
  const authority = await openAuthority(renewed, { now: () => now, randomBytes });
  const [before, after] = authority.own.filter(({ role }) => role === 'agents').map(({ fingerprint }) => fingerprint);

  now = made + dayMs;
  expect([authority.accepts(before ?? ''), authority.accepts(after ?? '')]).toEqual([true, true]);
  now = made + dayMs + 10 * 60_000;
  expect([authority.accepts(before ?? ''), authority.accepts(after ?? '')]).toEqual([false, true]);
});

function toldAt(nowMs: number, of = document): readonly unknown[] {
  const told = listen();
  tellOfEnds({ document: of }, nowMs, told.log);
  return told.lines.map(({ code }) => code);
}
