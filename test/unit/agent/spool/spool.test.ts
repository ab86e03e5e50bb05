import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpool, type Spool, type SpoolOptions } from '#agent/spool/spool.ts';
import type { Fault } from '#proto/domain/fault.ts';
import { chunk, plain, scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { canMakeDisks, makeDisk } from '#test/faults/disk.ts';

let dir: string;
let warnings: Fault[];
let ids: number;
const opened: Spool[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-spool-'));
  warnings = [];
  ids = 0;
});

afterEach(() => {
  for (const spool of opened.splice(0)) close(spool);
  rmSync(dir, { recursive: true, force: true });
});

test('facts come back as they went in, numbered from 1', () => {
  const spool = open();
  const bodies = [
    scrubbed({ kind: 'report-begin', reportId: uuidOf(1), chunks: 1, totalBytes: 3 } as const),
    scrubbed({ kind: 'report-chunk', reportId: uuidOf(1), index: 0, data: Buffer.from('abc') } as const),
    scrubbed({ kind: 'report-end', reportId: uuidOf(1), sha256: Buffer.alloc(32, 7) } as const),
  ];

  const last = spool.append(bodies);

  expect(last).toBe(3);
  expect(plain(spool.read(0, 1_000_000))).toEqual(plain(bodies.map((body, index) => ({ seq: index + 1, body }))));
});

test('facts outlive a restart, and the id stays', () => {
  const before = open();
  before.append([chunk(1), chunk(2)]);
  const { id } = before;
  close(before);

  const after = open();

  expect(after.id).toBe(id);
  expect(after.lastSeq).toBe(2);
  expect(plain(after.read(1, 1_000))).toEqual(plain([{ seq: 2, body: chunk(2) }]));
});

test('a number is never used again, even when all were acknowledged before a restart', () => {
  const before = open();
  before.append([chunk(1), chunk(2), chunk(3)]);
  before.acknowledge(3);
  close(before);

  const after = open();

  expect(after.append([chunk(4)])).toBe(4);
  expect(after.ackedSeq).toBe(3);
  expect(after.pending().facts).toBe(1);
});

test('an acknowledgement is cumulative, and one that is old or runs ahead changes nothing', () => {
  const spool = open();
  spool.append([chunk(1), chunk(2), chunk(3)]);

  spool.acknowledge(2);
  spool.acknowledge(1);
  spool.acknowledge(99);

  expect(spool.ackedSeq).toBe(2);
  expect(spool.read(0, 1_000).map(({ seq }) => seq)).toEqual([3]);
});

test('a full spool refuses the whole of what is new and keeps the whole of what is old', () => {
  const spool = open({ maxBytes: 1_000 });
  spool.append([chunk(1, 300)]);

  expect(() => spool.append([chunk(2, 10), chunk(3, 600)])).toThrow(expect.objectContaining({ code: 'spool-full' }));

  expect(spool.read(0, 10_000).map(({ seq }) => seq)).toEqual([1]);
  expect(spool.alerts()).toEqual(['spool-full']);
  expect(spool.append([chunk(2, 10)])).toBe(2);
  expect(spool.alerts()).toEqual([]);
});

const disks = canMakeDisks();
test.skipIf(!disks)(`a disk without room refuses what is new, keeps what is old and is an alert until something was taken again${disks ? '' : ' [not run: file systems cannot be made here]'}`, () => {
  const disk = makeDisk(join(dir, 'disk'), 2);
  try {
    const spool = openSpool({ dir: disk.folder, maxBytes: 50_000_000, newId: () => uuidOf(1), clock: () => 0, warn: (fault) => warnings.push(fault) });
    spool.append([chunk(1)]);
    const free = disk.fill();

    expect(() => spool.append([chunk(2, 200_000)])).toThrow(expect.objectContaining({ code: 'spool-unwritable' }));
    expect(spool.alerts()).toEqual(['spool-unwritable']);
    expect(spool.read(0, 10_000).map(({ seq }) => seq)).toEqual([1]);
    free();
    expect(spool.append([chunk(2, 200_000)])).toBe(2);
    expect(spool.alerts()).toEqual([]);
    spool.close();
  } finally {
    disk.remove();
  }
});

test('room returns with the acknowledgement, and is counted alike after a restart', () => {
  const spool = open({ maxBytes: 1_000 });
  spool.append([chunk(1, 300), chunk(2, 300)]);
  const { bytes } = spool.pending();
  spool.acknowledge(1);
  close(spool);

  const after = open({ maxBytes: 1_000 });

  expect(after.pending()).toEqual({ facts: 1, bytes: bytes / 2 });
  expect(after.append([chunk(3, 300)])).toBe(3);
});

test('reading stops at the bound, but always gives one fact', () => {
  const spool = open();
  spool.append([chunk(1, 1_000), chunk(2, 1_000), chunk(3, 1_000)]);

  expect(spool.read(0, 1).map(({ seq }) => seq)).toEqual([1]);
  expect(spool.read(1, 2_500).map(({ seq }) => seq)).toEqual([2, 3]);
});

test('whoever waits for facts is told of them until it stops listening', () => {
  const spool = open();
  let told = 0;
  const stop = spool.onAppend(() => (told += 1));
  spool.append([chunk(1)]);
  stop();
  spool.append([chunk(2)]);

  expect(told).toBe(1);
});

test('a second holder of the same folder is refused by name', () => {
  open();

  expect(() => open()).toThrow(expect.objectContaining({ code: 'data-locked' }));
});

test('a spool that begins anew numbers what is left from 1 under another id', () => {
  const spool = open();
  spool.append([chunk(1), chunk(2), chunk(3), chunk(4)]);
  spool.acknowledge(1);
  const { id } = spool;

  spool.beginAnew();
  close(spool);
  const after = open();

  expect(after.id).not.toBe(id);
  expect(after.lastSeq).toBe(3);
  expect(after.ackedSeq).toBe(0);
  expect(plain(after.read(0, 10_000))).toEqual(plain([2, 3, 4].map((number, index) => ({ seq: index + 1, body: chunk(number) }))));
  expect(after.append([chunk(5)])).toBe(4);
});

test.each([
  ['is not a database at all', (path: string) => writeFileSync(path, 'this is no database'.repeat(1_000))],
  ['ends in the middle', (path: string) => truncateSync(path, 5_000)],
  ['has a page of rubbish', (path: string) => overwrite(path, 4_096, Buffer.alloc(8_192, 0x5a))],
])('a file that %s is set aside, reported, and a new spool with a new id begins', (_, damage) => {
  const before = open();
  before.append(Array.from({ length: 200 }, (_, index) => chunk(index, 500)));
  const { id } = before;
  close(before);
  damage(join(dir, 'spool', 'spool.db'));

  const after = open();

  expect(after.id).not.toBe(id);
  expect(after.lastSeq).toBe(0);
  expect(warnings.map(({ code }) => code)).toEqual(['spool-corrupt']);
  expect(readdirSync(join(dir, 'spool'))).toContain('spool.db.corrupt-2026-01-02T030405.000Z');
  expect(after.alerts()).toEqual(['spool-corrupt']);
  expect(after.append([chunk(1)])).toBe(1);
});

function open(options: Partial<SpoolOptions> = {}): Spool {
  const spool = openSpool({
    dir,
    maxBytes: 1_000_000,
    newId: () => uuidOf((ids += 1)),
    clock: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    warn: (fault) => warnings.push(fault),
    ...options,
  });
  opened.push(spool);
  return spool;
}

function close(spool: Spool): void {
  const index = opened.indexOf(spool);
  if (index >= 0) opened.splice(index, 1);
  spool.close();
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, at);
  writeFileSync(path, content);
}
