/**
 * Sends reports over real streams as fast as the peer takes them and says how long that took. Its argument is a `Load`
 * in JSON; the messages are made and encoded before the clock starts.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { checkServerIdentity } from 'node:tls';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { openWindow, weigh, type Window } from '#proto/link/window.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { hello } from '#test/harness/raw-link.ts';
import { benchReport } from './ingest-reports.ts';

/** What to send, and how. */
export interface Load {
  readonly address: string;
  readonly trustBundle: string;
  readonly agents: readonly { readonly key: string; readonly certificateChain: string }[];
  readonly reportsPerAgent: number;
  /** A new stack for each report, or scans of one stack again and again. */
  readonly stacks: 'new' | 'same' | 'changed';
  /** Counts from 0; new stacks are named after it, and later rounds scan later. */
  readonly round: number;
  /** `link` keeps to the window and waits for the last Ack; `bare` only for the transport, until the peer ends. */
  readonly protocol: 'link' | 'bare';
}

interface Message {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly weight: number;
}

const load: Load = JSON.parse(process.argv[2] ?? '');
const messages = load.agents.map((_, agent) => encode(agent));
const bytes = messages.flat().reduce((sum, message) => sum + message.bytes.length, 0);

const streams = await Promise.all(load.agents.map(connect));
const begun = performance.now();
await Promise.all(streams.map((stream, agent) => stream.send(messages[agent] ?? [])));
const ms = performance.now() - begun;
for (const stream of streams) stream.close();
process.stdout.write(`${JSON.stringify({ ms, bytes, cpuMs: process.cpuUsage().user / 1_000 })}\n`);

function encode(agent: number): readonly Message[] {
  const reports = Array.from({ length: load.reportsPerAgent }, (_, scan) =>
    load.stacks === 'new'
      ? benchReport(`new-${load.round}-${agent}-${scan}`, 0, 'same')
      : benchReport(`${load.stacks}-${agent}`, load.round * load.reportsPerAgent + scan, load.stacks),
  );
  const facts = reports.flatMap((report) => splitReport(scrubbed(report), randomUUID()));
  return facts.map((body, index) => {
    const fact = scrubbed({ seq: index + 1, body });
    return { seq: fact.seq, bytes: linkClientMethod.serialize({ kind: 'fact', fact }), weight: weigh(body) };
  });
}

async function connect(own: Load['agents'][number]) {
  const secure = credentials.createSsl(Buffer.from(load.trustBundle), Buffer.from(own.key), Buffer.from(own.certificateChain), {
    checkServerIdentity: (_, certificate) => checkServerIdentity('127.0.0.1', certificate),
  });
  const client = new Client(load.address, secure, { 'grpc.ssl_target_name_override': 'load.invalid', 'grpc.use_local_subchannel_pool': 1 });
  const call = client.makeBidiStreamRequest(linkClientMethod.path, (message: Buffer) => message, linkClientMethod.deserialize, new Metadata());
  const ended = once(call, 'status');
  const progress = { acked: 0, window: null as Window | null, moved: Promise.withResolvers<void>() };
  call.on('error', (error) => process.stderr.write(`${error.message}\n`));
  call.on('data', (received) => {
    if (received.kind !== 'frame') return;
    if (received.frame.kind === 'welcome') progress.window = openWindow(received.frame.windowBytes);
    if (received.frame.kind === 'ack') {
      progress.acked = received.frame.throughSeq;
      progress.window?.acknowledge(progress.acked);
    }
    progress.moved.resolve();
  });
  call.write(linkClientMethod.serialize(hello(randomUUID())));
  while (load.protocol === 'link' && progress.window === null) await moved();
  return { send, close: () => client.close() };

  async function send(all: readonly Message[]): Promise<void> {
    for (const message of all) {
      while (progress.window?.admits(message.weight) === false) await moved();
      progress.window?.sent(message.seq, message.weight);
      if (!call.write(message.bytes)) await once(call, 'drain');
    }
    while (load.protocol === 'link' && progress.acked < all.length) await moved();
    call.end();
    await ended;
  }

  async function moved(): Promise<void> {
    await progress.moved.promise;
    progress.moved = Promise.withResolvers<void>();
  }
}
