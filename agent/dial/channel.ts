import type { Socket } from 'node:net';
import { CallCredentials, ChannelCredentials, type ChannelOptions, type experimental } from '@grpc/grpc-js';

/** Turns a TCP connection to where the library dialled into a TLS connection to the server. */
export type Secure = (socket: Socket) => Promise<Socket>;

/** The variables of the environment are ours to read: the library ignores half of them. */
export const ownProxies: ChannelOptions = { 'grpc.enable_http_proxy': 0 };

/**
 * Credentials that leave the whole way from TCP to TLS to one function. The library knows only proxies without TLS, and
 * tells neither what they answered nor when they do not answer; this is the seam it has for other handshakes, its names with
 * an underscore: the one file to look at when it is updated.
 */
export class OwnHandshake extends ChannelCredentials {
  readonly #secure: Secure;

  constructor(secure: Secure) {
    super();
    this.#secure = secure;
  }

  _isSecure(): boolean {
    return true;
  }

  _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  _createSecureConnector(_target: unknown, _options: ChannelOptions, callCredentials?: CallCredentials): experimental.SecureConnector {
    return {
      connect: async (socket) => ({ socket: await this.#secure(socket), secure: true }),
      waitForReady: async () => {},
      getCallCredentials: () => callCredentials ?? CallCredentials.createEmpty(),
      destroy: () => {},
    };
  }
}
