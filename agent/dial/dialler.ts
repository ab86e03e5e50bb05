import { checkServerIdentity, connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { ChannelCredentials, ChannelOptions } from '@grpc/grpc-js';
import { Fault } from '#proto/domain/fault.ts';
import { type Address, hostPort } from './address.ts';
import { OwnHandshake, ownProxies } from './channel.ts';
import { type Proxy, proxyFor, type Variables } from './proxies.ts';
import { about, tunnel } from './tunnel.ts';

/**
 * How keys are agreed: with a post-quantum share, which makes the first message of TLS larger than one packet, or without,
 * for a middlebox that drops such messages.
 */
export type KeyExchange = 'hybrid' | 'classical';

export interface DiallerOptions {
  /** Of the environment: where the proxies are named. */
  readonly env?: Variables;
  readonly keyExchange?: KeyExchange;
  /** PEM: who may vouch for a proxy that is spoken to by TLS; by default whom this machine trusts. */
  readonly proxyRoots?: readonly string[];
  /** For each part of the way: the connection, the proxy, TLS. */
  readonly patienceMs?: number;
}

/** Whom to trust and what to show, in PEM. */
export interface Papers {
  readonly trust: string;
  readonly key?: string;
  readonly certificateChain?: string;
}

/** What a gRPC client is made with. */
export interface Channel {
  readonly target: string;
  readonly credentials: ChannelCredentials;
  readonly options: ChannelOptions;
  /** Why the last handshake failed, where that is known exactly. */
  fault(): Fault | null;
}

/** The one way out of the agent to its control plane: directly or through a proxy, TLS from end to end. */
export interface Dialler {
  readonly keyExchange: KeyExchange;
  /**
   * Null where the address is dialled directly.
   * @throws Fault `proxy-invalid`
   */
  proxyFor(address: Address): Proxy | null;
  /**
   * A connection on which TLS can begin. Every address that a name stands for is tried.
   * @throws Fault of the proxy; the error of the socket where there is none
   */
  open(address: Address): Promise<Socket>;
  /** Begins TLS on it; what the options leave out is as for every connection. */
  startTls(address: Address, socket: Socket, options: ConnectionOptions): TLSSocket;
  /** The same way with another key exchange. */
  with(change: Pick<DiallerOptions, 'keyExchange'>): Dialler;
  /** @throws Fault `proxy-invalid` */
  channel(address: Address, papers: Papers): Channel;
}

/** Without a post-quantum share the first message fits into one packet. */
const classicalGroups = 'X25519:P-256:P-384';

export function createDialler(settings: DiallerOptions = {}): Dialler {
  const { env = {}, keyExchange = 'hybrid', proxyRoots, patienceMs = 10_000 } = settings;
  return { keyExchange, proxyFor: (address) => proxyFor(address, env), with: (change) => createDialler({ ...settings, ...change }), open, startTls, channel };

  async function open(address: Address): Promise<Socket> {
    const proxy = proxyFor(address, env);
    if (proxy === null) return await openTcp(address, patienceMs);
    const socket = await openTcp(proxy, patienceMs).catch((cause: NodeJS.ErrnoException) => {
      throw new Fault('proxy-unreachable', { ...about(proxy), reason: cause.code }, { cause });
    });
    return await tunnel(socket, proxy, address, { roots: proxyRoots, patienceMs });
  }

  function startTls({ host }: Address, socket: Socket, options: ConnectionOptions): TLSSocket {
    return connectTls({
      socket,
      ...(isIP(host) === 0 ? { servername: host } : {}), // TLS takes no address as server name
      checkServerIdentity: (_, shown) => checkServerIdentity(host, shown),
      ALPNProtocols: ['h2'],
      rejectUnauthorized: true, // or a variable of the environment decides
      ...(keyExchange === 'classical' ? { ecdhCurve: classicalGroups } : {}),
      ...options,
    });
  }

  function channel(address: Address, { trust, key, certificateChain }: Papers): Channel {
    const proxy = proxyFor(address, env);
    let fault: Fault | null = null;
    return {
      target: hostPort(proxy ?? address), // the name of the server is for the proxy to resolve
      options: { ...ownProxies, 'grpc.default_authority': hostPort(address) },
      credentials: new OwnHandshake(secure),
      fault: () => fault,
    };

    async function secure(socket: Socket): Promise<Socket> {
      try {
        const end = proxy === null ? socket : await tunnel(socket, proxy, address, { roots: proxyRoots, patienceMs });
        const opened = await handshake(startTls(address, end, { ca: trust, key, cert: certificateChain }), address, patienceMs);
        fault = null;
        return opened;
      } catch (error) {
        fault = error instanceof Fault ? error : null;
        throw error;
      }
    }
  }
}

/** One that is silent is left for the next then. The 250 ms of Node would give up an address that is merely far away. */
const attemptMs = 2_000;

function openTcp(address: Address, patienceMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connectTcp({ ...address, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attemptMs }, () => resolve(socket));
  const timer = setTimeout(() => reject(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })), patienceMs);
  socket.once('error', reject);
  return promise
    .catch((error: unknown) => {
      socket.destroy();
      throw error;
    })
    .finally(() => {
      clearTimeout(timer);
      socket.removeListener('error', reject);
      socket.on('error', () => {}); // whoever uses it listens for its own reasons; between the two, nobody would
    });
}

/** A server that says nothing to the first message of TLS would hold the attempt for ever. */
function handshake(socket: TLSSocket, address: Address, patienceMs: number): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const timer = setTimeout(() => reject(new Fault('handshake-unanswered', { address: hostPort(address), waitedMs: patienceMs })), patienceMs);
  socket.once('secureConnect', () => resolve(socket));
  socket.on('error', reject);
  socket.once('close', () => reject(new Error('the connection was closed during the handshake')));
  return promise
    .catch((error: unknown) => {
      socket.destroy();
      throw error;
    })
    .finally(() => clearTimeout(timer));
}

/** Knows no proxy. */
export const directly: Dialler = createDialler();
