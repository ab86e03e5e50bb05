import { Client, type ChannelOptions, Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { SendableFrame } from '#proto/codec/agent-frame.ts';
import { faultFromStatus } from '#proto/codec/fault-status.ts';
import { linkClientMethod } from '#proto/codec/link-method.ts';
import type { Received } from '#proto/codec/received.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { ControlFrame } from '#proto/domain/frame.ts';
import type { Dialler } from '../dial/dialler.ts';
import { splitAddress } from './address.ts';
import type { LinkIdentity } from './link-identity.ts';

/** One gRPC stream to the control plane, whatever the library calls its parts. */
export interface LinkStream {
  /** False where the transport wants no more for now: await `writable`. */
  write(frame: SendableFrame): boolean;
  /** Resolves when the transport takes more, or when the stream has ended. */
  writable(): Promise<void>;
  /** Nothing more will be written; the server may still answer. */
  finish(): void;
  cancel(): void;
  /** Resolves when the stream is over: with null where the server ended it in peace, else with the reason. */
  readonly ended: Promise<Fault | null>;
}

/** How soon a link on which nothing arrives any more is given up: within both times together. */
export interface Keepalive {
  /** After so long without a sign of the server it is asked for one. */
  readonly idleMs: number;
  /** And so long it may take to answer. */
  readonly answerMs: number;
}

/** Load balancers cut links that are idle for 350 s. */
export const usualKeepalive: Keepalive = { idleMs: 30_000, answerMs: 15_000 };

const options: ChannelOptions = {
  'grpc.enable_retries': 0, // the link's own waiting has jitter
  'grpc.use_local_subchannel_pool': 1, // each attempt begins without the last one's backoff
  'grpc.max_receive_message_length': 1024 * 1024,
};

/** How the server is reached. */
export interface Way {
  readonly dialler: Dialler;
  readonly keepalive: Keepalive;
}

/**
 * Opens a stream with mutual TLS; that it failed is told by `ended`.
 * @throws Fault `proxy-invalid`
 */
export function openLinkStream(identity: LinkIdentity, { dialler, keepalive }: Way, onReceived: (received: Received<ControlFrame>) => void): LinkStream {
  const { key, certificateChain, trustBundle } = identity;
  const channel = dialler.channel(splitAddress(identity.address), { trust: trustBundle, key, certificateChain });
  const client = new Client(channel.target, channel.credentials, {
    ...options,
    'grpc.keepalive_time_ms': keepalive.idleMs,
    'grpc.keepalive_timeout_ms': keepalive.answerMs,
    ...channel.options,
  });
  const call = client.makeBidiStreamRequest(linkClientMethod.path, linkClientMethod.serialize, linkClientMethod.deserialize, new Metadata());
  const over = Promise.withResolvers<Fault | null>();
  const done = Promise.withResolvers<void>();
  let drained = Promise.withResolvers<void>();
  let isFull = false;

  call.on('data', onReceived);
  call.on('drain', () => {
    isFull = false;
    drained.resolve();
  });
  call.on('error', () => {}); // `status` tells the same, and comes also where all is well
  call.on('status', (end: StatusObject) => {
    over.resolve(end.code === status.OK ? null : (faultFromStatus(end) ?? channel.fault() ?? unreachable(end)));
    done.resolve();
    client.close();
  });

  return {
    write(frame) {
      const roomy = call.write(frame);
      if (!roomy && !isFull) drained = Promise.withResolvers<void>(); // one that somebody waits for already is kept
      isFull ||= !roomy;
      return roomy;
    },
    // after a cancel `drain` never comes, so the end counts too
    writable: () => Promise.race([drained.promise, done.promise]),
    finish: () => call.end(),
    cancel: () => call.cancel(),
    ended: over.promise,
  };
}

function unreachable(end: StatusObject): Fault {
  return new Fault('server-unreachable', { status: status[end.code], reason: end.details });
}
