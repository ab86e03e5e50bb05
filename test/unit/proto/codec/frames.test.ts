import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';
import { linkClientMethod, linkServerMethod } from '#proto/codec/link-method.ts';
import type { Fact, FactBody } from '#proto/domain/fact.ts';
import { maxChunkBytes } from '#proto/domain/fact.ts';
import type { AgentFrame, ControlFrame } from '#proto/domain/frame.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';

const uuid = fc.nat().map(uuidOf);
const label = fc.stringMatching(/^[\P{Cc}]{0,40}$/u);
const count = fc.maxSafeNat();
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const fingerprint = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => Buffer.from(hash).toString('hex'));
const bytes = fc.uint8Array({ maxLength: 300 });
const small = fc.nat({ max: 0xffff_ffff });

const factBody: fc.Arbitrary<FactBody> = fc.oneof(
  fc.record({ kind: fc.constant('report-begin' as const), reportId: uuid, chunks: small, totalBytes: count }),
  fc.record({ kind: fc.constant('report-chunk' as const), reportId: uuid, index: small, data: bytes }),
  fc.record({ kind: fc.constant('report-end' as const), reportId: uuid, sha256: bytes }),
  fc.record({ kind: fc.constant('step-started' as const), orderId: uuid, startedAtMs: count }),
  fc.record({ kind: fc.constant('step-output' as const), orderId: uuid, index: small, stream: fc.constantFrom('stdout' as const, 'stderr' as const), atMs: count, data: bytes }),
  fc.record({ kind: fc.constant('step-end' as const), orderId: uuid, result: bytes }),
);
const fact: fc.Arbitrary<Fact> = fc.record({ seq, body: factBody });

const agentFrame: fc.Arbitrary<AgentFrame> = fc.oneof(
  fc.record({
    kind: fc.constant('hello' as const),
    agentVersion: label,
    capabilities: fc.array(label, { maxLength: 5 }),
    spoolId: uuid,
    lastSeq: count,
    hostname: label,
    os: label,
    arch: label,
  }),
  fc.record({ kind: fc.constant('hello' as const), agentVersion: label, capabilities: fc.constant([]), spoolId: uuid, lastSeq: count, hostname: label, os: label, arch: label, draining: fc.constant(true) }),
  fc.record({ kind: fc.constant('heartbeat' as const), sentAtMs: count, spoolFacts: count, spoolBytes: count, alerts: fc.array(fc.constantFrom('spool-full', 'spool-corrupt')) }),
  fc.record({ kind: fc.constant('fact' as const), fact }),
  fc.record({ kind: fc.constant('order-received' as const), orderId: uuid }),
  fc.record({ kind: fc.constant('hello' as const), agentVersion: label, capabilities: fc.constant([]), spoolId: uuid, lastSeq: count, hostname: label, os: label, arch: label, trust: fingerprint }),
  fc.record({ kind: fc.constant('trust-kept' as const), fingerprint }),
  fc.record({ kind: fc.constant('goodbye' as const), reason: label }),
);

const controlFrame: fc.Arbitrary<ControlFrame> = fc.oneof(
  fc.record({
    kind: fc.constant('welcome' as const),
    epoch: seq,
    capabilities: fc.array(label, { maxLength: 5 }),
    resumeAfterSeq: count,
    heartbeatIntervalMs: fc.integer({ min: 1, max: 0xffff_ffff }),
    windowBytes: fc.integer({ min: 1, max: 0xffff_ffff }),
    serverTimeMs: count,
  }),
  fc.record({ kind: fc.constant('ack' as const), throughSeq: count }),
  fc.record({ kind: fc.constant('rejected' as const), seq, code: label, message: label }),
  fc.record({ kind: fc.constant('order' as const), order: fc.record({ kind: fc.constant('scan' as const), id: uuid, stacks: fc.array(label, { maxLength: 5 }) }) }),
  fc.record({
    kind: fc.constant('order' as const),
    order: fc.record({ kind: fc.constant('step' as const), id: uuid, envelope: bytes, approvals: fc.array(fc.record({ statement: bytes, signature: fc.uint8Array({ maxLength: 64 }) }), { maxLength: 8 }) }),
  }),
  fc.record({ kind: fc.constant('order' as const), order: fc.record({ kind: fc.constant('drain' as const), id: uuid }) }),
  fc.record({ kind: fc.constant('cancel' as const), orderId: uuid }),
  fc.record({ kind: fc.constant('trust-offer' as const), roots: fc.array(bytes, { maxLength: 3 }), vouchers: fc.array(bytes, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('lock' as const), reason: label }),
  fc.record({ kind: fc.constant('drain' as const), reason: label, reconnectAfterMs: small }),
);

test("every frame of an agent arrives as it was sent", () => {
  fc.assert(
    fc.property(agentFrame, (frame) => {
      const received = linkServerMethod.requestDeserialize(linkClientMethod.serialize(scrubbed(frame) as SendableFrame));
      expect(comparable(received)).toEqual(comparable({ kind: 'frame', frame }));
    }),
  );
});

test('every frame of the control plane arrives as it was sent', () => {
  fc.assert(
    fc.property(controlFrame, (frame) => {
      expect(comparable(linkClientMethod.deserialize(linkServerMethod.responseSerialize(frame)))).toEqual(comparable({ kind: 'frame', frame }));
    }),
  );
});

test('random bytes never throw, on either side', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (message) => {
      expect(['frame', 'unknown', 'malformed', 'meaningless-fact']).toContain(linkServerMethod.requestDeserialize(Buffer.from(message)).kind);
      expect(['frame', 'unknown', 'malformed']).toContain(linkClientMethod.deserialize(Buffer.from(message)).kind);
    }),
    { numRuns: 2_000 },
  );
});

test('a frame with some bytes changed never throws', () => {
  fc.assert(
    fc.property(agentFrame, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 8 }), (frame, changes) => {
      const message = linkClientMethod.serialize(scrubbed(frame) as SendableFrame);
      for (const [at, value] of changes) if (message.length > 0) message[at % message.length] = value;
      expect(linkServerMethod.requestDeserialize(message).kind).toBeTypeOf('string');
    }),
    { numRuns: 2_000 },
  );
});

test('a kind of frame from a later version is passed over', () => {
  const kind99 = Buffer.from([0x9a, 0x06, 0x03, 0x0a, 0x01, 0x78]); // field 99, length-delimited

  expect(linkServerMethod.requestDeserialize(kind99)).toEqual({ kind: 'unknown' });
  expect(linkClientMethod.deserialize(kind99)).toEqual({ kind: 'unknown' });
});

test('a field from a later version is passed over, the frame is kept', () => {
  const ack = linkServerMethod.responseSerialize({ kind: 'ack', throughSeq: 7 });
  const longer = Buffer.concat([Buffer.from([0x12, (ack[1] ?? 0) + 3]), ack.subarray(2), Buffer.from([0x98, 0x06, 0x01])]); // field 99 in the Ack

  expect(linkClientMethod.deserialize(longer)).toEqual({ kind: 'frame', frame: { kind: 'ack', throughSeq: 7 } });
});

test('a kind of fact from a later version keeps its place', () => {
  const fact99 = Buffer.from([0x1a, 0x05, 0x08, 0x05, 0x9a, 0x06, 0x00]); // Fact { seq: 5, field 99 }

  expect(linkServerMethod.requestDeserialize(fact99)).toMatchObject({ kind: 'meaningless-fact', seq: 5, fault: { code: 'report-invalid' } });
});

test.each<[string, FactBody]>([
  ['a report id that is none', { kind: 'report-begin', reportId: 'prod', chunks: 1, totalBytes: 1 }],
  ['a piece of output beyond the limit', { kind: 'step-output', orderId: uuidOf(1), index: 0, stream: 'stdout', atMs: 0, data: new Uint8Array(maxChunkBytes + 1) }],
  ['a result of no order', { kind: 'step-end', orderId: 'x', result: new Uint8Array() }],
  ['a chunk beyond the limit', { kind: 'report-chunk', reportId: uuidOf(1), index: 0, data: new Uint8Array(maxChunkBytes + 1) }],
])('%s makes a fact meaningless, not the stream', (_, body) => {
  const message = linkClientMethod.serialize({ kind: 'fact', fact: scrubbed({ seq: 3, body }) });

  expect(linkServerMethod.requestDeserialize(message)).toMatchObject({ kind: 'meaningless-fact', seq: 3 });
});

test.each([
  ['a control character in a name', { hostname: 'a\u0000b' }],
  ['a name longer than any', { hostname: 'a'.repeat(300) }],
  ['a spool without an id', { spoolId: '' }],
])('a Hello with %s is malformed', (_, change) => {
  const hello: SendableFrame = { kind: 'hello', agentVersion: '1', capabilities: [], spoolId: uuidOf(1), lastSeq: 0, hostname: 'h', os: 'linux', arch: 'x64', ...change };

  expect(linkServerMethod.requestDeserialize(linkClientMethod.serialize(hello)).kind).toBe('malformed');
});

/** Bytes as hexadecimal, whatever kind of array holds them. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString('hex') : isJsonBuffer(part) ? Buffer.from(part.data).toString('hex') : part)));
}

function isJsonBuffer(part: unknown): part is { type: 'Buffer'; data: number[] } {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'Buffer' && 'data' in part && Array.isArray(part.data);
}
