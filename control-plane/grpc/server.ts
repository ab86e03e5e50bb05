import { type ChannelOptions, type handleUnaryCall, Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import { linkServerMethod } from '#proto/codec/link-method.ts';
import { AgentService } from '#proto/codec/services.ts';
import type { LinkCall } from './link-call.ts';
import type { LiveSessions } from './live-sessions.ts';
import { listenTls } from './tls-listener.ts';

export interface GrpcServerOptions {
  /** host:port; port 0 takes any that is free. */
  readonly streamAddress: string;
  readonly enrolAddress: string;
  readonly tls: ServerTls;
  readonly serveStream: (call: LinkCall) => void;
  readonly serveRenewal: handleUnaryCall<unknown, unknown>;
  readonly enrolment: { readonly definition: ServiceDefinition; readonly implementation: UntypedServiceImplementation };
  readonly live: LiveSessions;
  readonly age: ConnectionAge;
  readonly keepalive?: Keepalive;
  readonly log: Pick<Logger, 'warn'>;
}

/** When a link that is silent is asked whether it is alive, and how long it may take to answer. */
export interface Keepalive {
  readonly idleMs: number;
  readonly answerMs: number;
}

/** Load balancers cut links that are idle for 350 s. */
export const usualKeepalive: Keepalive = { idleMs: 30_000, answerMs: 15_000 };

/** How long a connection may last. Its stream has been asked away before (`aging.ts`): this is for a peer that did not go. */
export interface ConnectionAge {
  readonly maxAgeMs: number;
  /** For calls that are under way then. */
  readonly graceMs: number;
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
  /** Shows another certificate and believes other roots from the next handshake on; streams live on. */
  renewTls(tls: ServerTls): void;
  /** Asks every agent to finish, and ends when all have or when the time is up. */
  stop(graceMs: number): Promise<void>;
}

const options: ChannelOptions = {
  'grpc.max_concurrent_streams': 8, // an agent needs one
  'grpc.max_receive_message_length': 1024 * 1024,
  'grpc.max_send_message_length': 1024 * 1024,
  'grpc-node.max_session_memory': 16,
};

/** The library adds or takes a tenth by itself; the oldest stream that was asked away in peace is gone by then. */
const beyondAsked = 1.25;

/** Agents come back spread over this time. */
const reconnectAfterMs = 1_000;
/** A refused peer that has not left by then is cut off: the refusal waits behind what it does not read. */
const leaveWithinMs = 500;

/**
 * Opens the two gRPC doors: enrolment, where the server alone shows a certificate, and the stream, where a peer
 * without one of ours does not get past the TLS handshake.
 * @throws Fault `address-in-use`
 */
export async function startGrpcServer({ streamAddress, enrolAddress, tls, serveStream, serveRenewal, enrolment, live, age, keepalive = usualKeepalive, log }: GrpcServerOptions): Promise<GrpcServer> {
  const { clientRoots, ...own } = tls;
  const timed: ChannelOptions = {
    ...options,
    'grpc.keepalive_time_ms': keepalive.idleMs,
    'grpc.keepalive_timeout_ms': keepalive.answerMs,
    'grpc.max_connection_age_ms': Math.round(age.maxAgeMs * beyondAsked),
    'grpc.max_connection_age_grace_ms': age.graceMs,
  };
  const streams = new Server(timed);
  streams.addService({ Connect: linkServerMethod, Renew: AgentService.service.Renew }, { Connect: serve, Renew: serveRenewal });
  const enrol = new Server(timed);
  enrol.addService(enrolment.definition, enrolment.implementation);

  const streamDoor = await listenTls({ ...own, address: streamAddress, clientRoots, accept: connectionsOf(streams), log });
  const enrolDoor = await listenTls({ ...own, address: enrolAddress, clientRoots: null, accept: connectionsOf(enrol), log }).catch(async (error: unknown) => {
    await streamDoor.close();
    throw error;
  });
  return { streamAddress: streamDoor.address, enrolAddress: enrolDoor.address, renewTls, stop };

  function serve(call: LinkCall): void {
    call.on('error', () => setTimeout(() => streamDoor.hangUp(call.getPeer()), leaveWithinMs).unref());
    serveStream(call);
  }

  function renewTls(renewed: ServerTls): void {
    streamDoor.renew(renewed);
    enrolDoor.renew({ ...renewed, clientRoots: null });
  }

  async function stop(graceMs: number): Promise<void> {
    const closed = Promise.all([streamDoor.close(), enrolDoor.close()]);
    for (const session of live.all()) session.drain('the server stops', reconnectAfterMs);
    for (const server of [streams, enrol]) server.tryShutdown(() => {}); // tells every peer; that it is over, `closed` knows better
    const ended = new AbortController();
    await Promise.race([closed, sleep(graceMs, undefined, { signal: ended.signal }).catch(() => {})]);
    ended.abort();
    streams.forceShutdown();
    enrol.forceShutdown();
    await live.settled();
  }
}

/** TLS is done before: what reaches the library is its plain side. */
function connectionsOf(server: Server): (socket: TLSSocket) => void {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return (socket) => injector.injectConnection(socket);
}
