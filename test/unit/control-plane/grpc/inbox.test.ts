import { expect, test } from 'vitest';
import { createInbox } from '#control-plane/grpc/inbox.ts';
import type { InboundFact } from '#control-plane/ingest/assemble.ts';
import { Fault } from '#proto/domain/fault.ts';
import { factOverheadBytes } from '#proto/link/window.ts';
import { uuidOf } from '#test/fakes/facts.ts';

test('whole reports are taken together, the one that is still coming stays', async () => {
  const inbox = createInbox(1_000_000);
  for (const fact of [begin(1), end(2), begin(3), end(4), begin(5)]) inbox.put(fact);

  expect((await inbox.take())?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  inbox.put(end(6));
  expect((await inbox.take())?.map(({ seq }) => seq)).toEqual([5, 6]);
});

test('a commit does not grow beyond its bound by whole reports', async () => {
  const inbox = createInbox(1_000_000);
  for (const fact of [begin(1), chunk(2, 200_000), end(3), begin(4), chunk(5, 100_000), end(6), begin(7), end(8)]) inbox.put(fact);

  expect((await inbox.take())?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect((await inbox.take())?.map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 8]);
});

test('a taker waits for the end of a report', async () => {
  const inbox = createInbox(1_000_000);
  inbox.put(begin(1));
  const taking = inbox.take();
  inbox.put(end(2));

  expect((await taking)?.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a report that grows too large is given out in parts', async () => {
  const inbox = createInbox(1_000);
  for (const fact of [begin(1), chunk(2, 400), chunk(3, 400), chunk(4, 1)]) inbox.put(fact);

  expect((await inbox.take())?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('what has no meaning is given out at once', async () => {
  const inbox = createInbox(1_000_000);
  inbox.put({ seq: 1, fault: new Fault('report-invalid') });

  expect(await inbox.take()).toHaveLength(1);
});

test('bytes count until they are committed', async () => {
  const inbox = createInbox(1_000_000);
  inbox.put(begin(1));
  inbox.put(chunk(2, 100));
  inbox.put(end(3));
  const taken = await inbox.take();

  expect(inbox.bytes).toBe(3 * factOverheadBytes + 100);
  inbox.done(taken ?? []);
  expect(inbox.bytes).toBe(0);
});

test('a closed inbox gives what is whole and then nothing', async () => {
  const inbox = createInbox(1_000_000);
  for (const fact of [begin(1), end(2), begin(3)]) inbox.put(fact);
  inbox.close();

  expect(await inbox.take()).toHaveLength(2);
  expect(await inbox.take()).toBeNull();
});

test('closing wakes whoever waits', async () => {
  const inbox = createInbox(1_000_000);
  const taking = inbox.take();
  inbox.close();

  expect(await taking).toBeNull();
});

function begin(seq: number): InboundFact {
  return { seq, body: { kind: 'report-begin', reportId: uuidOf(1), chunks: 1, totalBytes: 1 } };
}

function chunk(seq: number, bytes: number): InboundFact {
  return { seq, body: { kind: 'report-chunk', reportId: uuidOf(1), index: 0, data: new Uint8Array(bytes) } };
}

function end(seq: number): InboundFact {
  return { seq, body: { kind: 'report-end', reportId: uuidOf(1), sha256: new Uint8Array(32) } };
}
