/**
 * Many agents in one process, as lean as Node makes them: HTTP/2 over mutual TLS of their own, a Hello, a heartbeat now and
 * then. Its argument is a `FleetLoad` in JSON. It tells when all of them are live, what each was sent and when, and at the
 * end of its input how long its heartbeats took.
 */
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect as dial, constants } from 'node:http2';
import { checkServerIdentity } from 'node:tls';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';

/** Which agents, and where they dial. */
export interface FleetLoad {
  readonly address: string;
  readonly trustBundle: string;
  /** Its fingerprint. */
  readonly trust: string;
  /** A file of JSON: one key, and a certificate chain for each agent. */
  readonly agents: string;
  /** Of the file, those from here. */
  readonly from: number;
  readonly count: number;
  /** Handshakes under way at once. */
  readonly atOnce: number;
  readonly heartbeatMs: number;
}

/** What it says, one line each. `atMs` is the time of day, with fractions. */
export type FleetWord =
  | { readonly kind: 'live'; readonly count: number; readonly atMs: number }
  | { readonly kind: 'order'; readonly agent: number; readonly id: string; readonly atMs: number }
  | { readonly kind: 'dead'; readonly agent: number; readonly atMs: number }
  | { readonly kind: 'beats'; readonly ms: readonly number[]; readonly missed: number };

const load: FleetLoad = JSON.parse(process.argv[2] ?? '');
const file: { key: string; chains: string[]; ids: string[] } = JSON.parse(readFileSync(load.agents, 'utf8'));
const waiting: number[] = Array.from({ length: load.count }, (_, index) => load.from + index);
const live = new Map<number, ClientHttp2Session>();
const beats: number[] = [];
let missed = 0;
let dialling = 0;

pump();
setInterval(pump, 50);
process.stdin.on('data', (line) => {
  if (String(line).includes('forget')) beats.length = 0;
  else process.stdout.write(`${JSON.stringify({ kind: 'beats', ms: beats.splice(0), missed } satisfies FleetWord)}\n`);
});
process.stdin.on('end', () => process.exit());

function pump(): void {
  while (dialling < load.atOnce) {
    const agent = waiting.shift();
    if (agent === undefined) return;
    dialling += 1;
    open(agent);
  }
}

function open(agent: number): void {
  const session = dial(`https://${load.address}`, {
    ca: load.trustBundle,
    key: file.key,
    cert: file.chains[agent] ?? '',
    checkServerIdentity: (_, certificate) => checkServerIdentity('127.0.0.1', certificate),
    settings: { enablePush: false },
  });
  let isLive = false;
  let heartbeat: NodeJS.Timeout | undefined;
  const stream = session.request({ [constants.HTTP2_HEADER_METHOD]: 'POST', [constants.HTTP2_HEADER_PATH]: linkClientMethod.path, te: 'trailers', 'content-type': 'application/grpc' });
  const limit = setTimeout(() => session.destroy(), 30_000);
  session.on('error', () => {});
  stream.on('error', () => {});
  stream.on('end', () => session.destroy()); // the server's last word; the stream itself stays half open
  stream.on('close', () => session.destroy());
  session.on('close', () => {
    clearTimeout(limit);
    clearInterval(heartbeat);
    if (isLive) {
      live.delete(agent);
      say({ kind: 'dead', agent, atMs: now() });
    } else {
      dialling -= 1;
    }
    waiting.push(agent); // the timer dials again
    if (!isLive) pump();
  });
  write({ kind: 'hello', agentVersion: '0.1.0', capabilities: ['drain'], spoolId: file.ids[agent] ?? '', lastSeq: 0, hostname: 'host', os: 'linux', arch: 'x64', trust: load.trust });
  read(stream, (bytes) => {
    const received = linkClientMethod.deserialize(bytes);
    if (received.kind !== 'frame') return;
    if (received.frame.kind === 'welcome') welcome();
    if (received.frame.kind === 'order') say({ kind: 'order', agent, id: received.frame.order.id, atMs: now() }); // not confirmed: its row keeps the time of its commit
  });

  function welcome(): void {
    isLive = true;
    clearTimeout(limit);
    dialling -= 1;
    live.set(agent, session);
    if (live.size === load.count) say({ kind: 'live', count: live.size, atMs: now() });
    setTimeout(() => {
      if (!session.destroyed) heartbeat = setInterval(beat, load.heartbeatMs);
    }, Math.random() * load.heartbeatMs);
    pump();
  }

  /** A ping right behind it on the same connection is answered once the heartbeat was taken. */
  function beat(): void {
    if (session.destroyed) return;
    write({ kind: 'heartbeat', sentAtMs: Date.now(), spoolFacts: 0, spoolBytes: 0, alerts: [] });
    const sent = performance.now();
    const isSent = session.ping((error) => {
      if (error === null) beats.push(performance.now() - sent);
      else missed += 1;
    });
    if (!isSent) missed += 1;
  }

  function write(frame: SendableFrame): void {
    const bytes = linkClientMethod.serialize(frame);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(bytes.length, 1);
    stream.write(Buffer.concat([head, bytes]));
  }
}

/** Messages of gRPC: a byte, a length, so many bytes. */
function read(stream: NodeJS.ReadableStream, onMessage: (bytes: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      onMessage(rest.subarray(5, end));
      rest = rest.subarray(end);
    }
  });
}

function say(word: FleetWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
