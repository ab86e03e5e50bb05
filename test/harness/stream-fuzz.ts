import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { AgentService } from '#proto/codec/services.ts';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import type { Credentials } from './link-pki.ts';
import { anyOf, nastyTexts } from './nasty.ts';
import { seededRandom } from './random.ts';
import { hello, rawLink } from './raw-link.ts';

/** What became of malformed streams. */
export interface StreamFuzz {
  readonly sent: number;
  /** How many streams ended with each fault. */
  readonly faults: Readonly<Record<string, number>>;
}

export interface StreamFuzzOptions {
  readonly address: string;
  readonly trust: string;
  readonly own: Credentials;
  readonly seed: number;
  readonly count: number;
}

/** Streams of one agent with a good certificate and no manners: `count` messages or more of them, the same for a seed. */
export async function fuzzStream({ address, trust, own, seed, count }: StreamFuzzOptions): Promise<StreamFuzz> {
  const random = seededRandom(seed);
  const wire = AgentService.service.Connect;
  const faults: Record<string, number> = {};
  const good: readonly Buffer[] = [
    linkClientMethod.serialize(hello(uuidOf(1))),
    linkClientMethod.serialize({ kind: 'heartbeat', sentAtMs: 1, spoolFacts: 2, spoolBytes: 3, alerts: ['spool-full'] }),
    linkClientMethod.serialize({ kind: 'order-received', orderId: uuidOf(1) }),
    linkClientMethod.serialize({ kind: 'goodbye', reason: 'x' }),
    ...splitReport(scrubbed(report('prod', [finding(1)])), uuidOf(2)).map((body, index) => linkClientMethod.serialize({ kind: 'fact', fact: scrubbed({ seq: index + 1, body }) })),
  ];
  let sent = 0;
  while (sent < count) {
    const ended = random() < 0.05 ? await garbage() : await stream();
    faults[ended] = (faults[ended] ?? 0) + 1;
  }
  return { sent, faults };

  /** A stream of messages of which none moves anything, until the server has had enough or nothing is left to say. */
  async function stream(): Promise<string> {
    const link = rawLink(address, trust, own);
    if (random() < 0.8) {
      link.send(hello(randomUUID()));
      await Promise.race([link.next('welcome'), link.ended]);
    }
    const messages = 1 + Math.floor(random() * 8);
    for (let index = 0; index < messages; index += 1) {
      link.bytes(message());
      sent += 1;
    }
    link.finish();
    const { fault, code } = await link.ended;
    return fault ?? code;
  }

  function message(): Buffer {
    const makers: readonly (() => Buffer)[] = [
      () => mutated(anyOf(good, random)),
      () => mutated(anyOf(good, random)),
      () => Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256))),
      () => Buffer.alloc(Math.floor(random() * 700_000), random() * 256),
      () => wire.requestSerialize({ fact: { seq: anyOf([0, 2, 3, 1_000_000, 2 ** 52], random), reportEnd: { reportId: anyOf(nastyTexts, random).toWellFormed(), sha256: Buffer.alloc(3) } } }),
      () => wire.requestSerialize({ fact: { seq: 2 + Math.floor(random() * 100), reportChunk: { reportId: uuidOf(1), index: 2 ** 31, data: Buffer.alloc(10) } } }),
      () => wire.requestSerialize({ fact: { seq: 2 + Math.floor(random() * 100), stepEnd: { orderId: randomUUID(), result: Buffer.from(anyOf(nastyTexts, random)) } } }),
      () => wire.requestSerialize({ hello: { agentVersion: anyOf(nastyTexts, random), capabilities: Array.from({ length: 100 }, () => 'x'), spoolId: anyOf(nastyTexts, random), lastSeq: -1 } }),
      () => wire.requestSerialize({ heartbeat: { sentAtUnixMs: 1, spoolFacts: -1, spoolBytes: 1, alerts: Array.from({ length: 20 }, () => anyOf(nastyTexts, random)) } }),
      () => wire.requestSerialize({ orderReceived: { orderId: anyOf(nastyTexts, random) } }),
      () => Buffer.concat([anyOf(good, random), Buffer.from([0xfa, 0x3f, 0x03, 1, 2, 3])]),
    ];
    return anyOf(makers, random)();
  }

  /** Some bytes others, some gone, some doubled. A fact that stays whole is one with a gap before it. */
  function mutated(bytes: Buffer): Buffer {
    let changed = Buffer.from(bytes);
    const changes = 1 + Math.floor(random() * 6);
    for (let index = 0; index < changes; index += 1) {
      const at = Math.floor(random() * changed.length);
      const roll = random();
      if (roll < 0.6) changed[at] = Math.floor(random() * 256);
      else if (roll < 0.8) changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + 1 + Math.floor(random() * 8))]);
      else changed = Buffer.concat([changed.subarray(0, at), changed.subarray(Math.floor(at / 2))]);
    }
    return changed;
  }

  /** What is no HTTP/2, after a good handshake. */
  async function garbage(): Promise<string> {
    const socket = connectTls({ host: '127.0.0.1', port: Number(address.split(':')[1]), ca: trust, key: own.key, cert: own.certificateChain, ALPNProtocols: ['h2'] });
    socket.on('error', () => {});
    socket.on('data', () => {});
    const preface = random() < 0.5 ? 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' : '';
    socket.end(Buffer.concat([Buffer.from(preface), Buffer.from(Array.from({ length: Math.floor(random() * 2_000) }, () => Math.floor(random() * 256)))]));
    sent += 1;
    await once(socket, 'close');
    return 'closed';
  }
}
