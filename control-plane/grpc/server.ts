import { type ChannelOptions, Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkServerMethod } from '#proto/codec/link-method.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { LinkCall } from './link-call.ts';
import type { LiveSessions } from './live-sessions.ts';

export interface GrpcServerOptions {
  /** host:port; port 0 takes any that is free. */
  readonly streamAddress: string;
  readonly enrolAddress: string;
  readonly tls: ServerTls;
  readonly serveStream: (call: LinkCall) => void;
  readonly enrolment: { readonly definition: ServiceDefinition; readonly implementation: UntypedServiceImplementation };
  readonly live: LiveSessions;
}

export interface ServerTls {
  /** PEM. */
  readonly key: string;
  /** PEM: the leaf, then its intermediate. */
  readonly certificateChain: string;
  /** PEM: what signs agents' certificates; the stream listener takes no others. */
  readonly clientRoots: string;
}

export interface GrpcServer {
  /** host:port as bound. */
  readonly streamAddress: string;
  readonly enrolAddress: string;
  /** Asks every agent to finish, and ends when all have or when the time is up. */
  stop(graceMs: number): Promise<void>;
}

const options: ChannelOptions = {
  'grpc.max_concurrent_streams': 8, // an agent needs one; it reconnects before the old one is gone
  'grpc.max_receive_message_length': 1024 * 1024,
  'grpc.max_send_message_length': 1024 * 1024,
  'grpc-node.max_session_memory': 16,
  'grpc.keepalive_time_ms': 30_000, // load balancers cut links that are idle for 350 s
  'grpc.keepalive_timeout_ms': 15_000,
  'grpc.max_connection_age_ms': 12 * 60 * 60 * 1000,
  'grpc.max_connection_age_grace_ms': 60_000,
};

/** Agents come back spread over this time. */
const reconnectAfterMs = 1_000;

/**
 * Opens the two gRPC doors: enrolment, where the server alone shows a certificate, and the stream, where a peer
 * without one of ours does not get past the TLS handshake.
 * @throws Fault `address-in-use`
 */
export async function startGrpcServer({ streamAddress, enrolAddress, tls, serveStream, enrolment, live }: GrpcServerOptions): Promise<GrpcServer> {
  const pair = [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificateChain) }];
  const streams = new Server(options);
  streams.addService({ Connect: linkServerMethod }, { Connect: serveStream });
  const enrol = new Server(options);
  enrol.addService(enrolment.definition, enrolment.implementation);

  const streamAt = await bind(streams, streamAddress, ServerCredentials.createSsl(Buffer.from(tls.clientRoots), pair, true));
  try {
    const enrolAt = await bind(enrol, enrolAddress, ServerCredentials.createSsl(null, pair));
    return { streamAddress: streamAt, enrolAddress: enrolAt, stop };
  } catch (error) {
    streams.forceShutdown();
    throw error;
  }

  async function stop(graceMs: number): Promise<void> {
    for (const session of live.all()) session.drain(reconnectAfterMs);
    const closed = Promise.all([shutDown(streams), shutDown(enrol)]);
    const ended = new AbortController();
    await Promise.race([closed, sleep(graceMs, undefined, { signal: ended.signal }).catch(() => {})]);
    ended.abort();
    streams.forceShutdown();
    enrol.forceShutdown();
    await live.settled();
  }
}

async function bind(server: Server, address: string, credentials: ServerCredentials): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.bindAsync(address, credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  try {
    return address.replace(/:\d+$/, `:${await promise}`);
  } catch (cause) {
    throw new Fault('address-in-use', { address, reason: cause instanceof Error ? cause.message : undefined }, { cause });
  }
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => server.tryShutdown(() => resolve()));
}
