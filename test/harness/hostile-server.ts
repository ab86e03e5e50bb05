import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { linkServerMethod } from '#proto/codec/link-method.ts';
import type { Received } from '#proto/codec/received.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import type { AgentFrame, ControlFrame, Hello } from '#proto/domain/frame.ts';
import { readStepResult, type StepResult } from '#proto/domain/step-result.ts';
import type { LinkPki } from './link-pki.ts';

/** A control plane in the hands of an attacker: its certificate is good, and it says what it likes. */
export interface HostileServer {
  readonly address: string;
  readonly hellos: readonly Hello[];
  /** Orders that the agent said it has. */
  readonly received: readonly string[];
  readonly facts: readonly FactBody[];
  /** Milliseconds between one heartbeat and the next. */
  silences(): readonly number[];
  /** To the agent that is connected, or will be. */
  say(frame: ControlFrame): Promise<void>;
  /** The last word on an order, said already or still to come. */
  result(orderId: string): Promise<StepResult>;
  stop(): void;
}

export async function startHostileServer(pki: LinkPki, { heartbeatIntervalMs = 1_000, windowBytes = 4_194_304 } = {}): Promise<HostileServer> {
  const { key, certificateChain } = await pki.server();
  const hellos: Hello[] = [];
  const received: string[] = [];
  const facts: FactBody[] = [];
  const beats: number[] = [];
  const ears = new Set<() => void>();
  let stream = Promise.withResolvers<ServerDuplexStream<Received<AgentFrame>, ControlFrame>>();
  let committed = 0;
  let epoch = 0;

  const server = new Server();
  server.addService({ connect: linkServerMethod }, {
    connect(call: ServerDuplexStream<Received<AgentFrame>, ControlFrame>) {
      call.on('data', (message: Received<AgentFrame>) => {
        if (message.kind === 'frame') take(message.frame, call);
      });
      call.on('error', () => {});
      call.on('end', () => {
        stream = Promise.withResolvers();
        call.end();
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    const secure = ServerCredentials.createSsl(Buffer.from(pki.root), [{ private_key: Buffer.from(key), cert_chain: Buffer.from(certificateChain) }], true);
    server.bindAsync('127.0.0.1:0', secure, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });

  return {
    address: `127.0.0.1:${port}`,
    hellos,
    received,
    facts,
    silences: () => beats.slice(1).map((at, index) => at - (beats[index] ?? at)),
    async say(frame) {
      (await stream.promise).write(frame);
    },
    async result(orderId) {
      for (;;) {
        const end = facts.findLast((fact) => fact.kind === 'step-end' && fact.orderId === orderId);
        if (end?.kind === 'step-end') return readStepResult(end.result);
        await new Promise<void>((resolve) => ears.add(resolve));
      }
    },
    stop: () => server.forceShutdown(),
  };

  function take(frame: AgentFrame, call: ServerDuplexStream<Received<AgentFrame>, ControlFrame>): void {
    if (frame.kind === 'hello') {
      hellos.push(frame);
      epoch += 1;
      call.write({ kind: 'welcome', epoch, capabilities: [], resumeAfterSeq: committed, heartbeatIntervalMs, windowBytes, serverTimeMs: Date.now() });
      stream.resolve(call);
    }
    if (frame.kind === 'heartbeat') beats.push(performance.now());
    if (frame.kind === 'order-received') received.push(frame.orderId);
    if (frame.kind !== 'fact') return;
    committed = frame.fact.seq;
    facts.push(frame.fact.body);
    call.write({ kind: 'ack', throughSeq: committed });
    for (const ear of ears) ear();
  }
}
