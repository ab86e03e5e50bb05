import { connect as connectHttp2 } from 'node:http2';
import type { Dialler } from '../../dial/dialler.ts';
import type { Identity } from '../../identity/identity.ts';
import { splitAddress } from '../../uplink/address.ts';

/** What the control plane said to somebody who only wanted to see it. */
export interface Greeting {
  /** As its answer was dated, or null where it was not. */
  readonly serverTime: Date | null;
  readonly protocol: string;
}

/**
 * Asks the stream listener for something it does not have: its answer proves that both certificates hold, and is dated. No
 * session begins, so that of a running agent is not disturbed. Null where there is no answer.
 */
export async function greet({ address, trustBundle, key, certificateChain }: Identity, dialler: Dialler, withinMs: number): Promise<Greeting | null> {
  const target = splitAddress(address);
  const way = await dialler.open(target).catch(() => null);
  if (way === null) return null;
  const { promise, resolve } = Promise.withResolvers<Greeting | null>();
  const socket = dialler.startTls(target, way, { ca: trustBundle, key, cert: certificateChain });
  const timer = setTimeout(() => resolve(null), withinMs);
  for (const event of ['error', 'close'] as const) socket.on(event, () => resolve(null));
  socket.on('secureConnect', () => {
    const session = connectHttp2(`https://${address}`, { createConnection: () => socket });
    session.on('error', () => resolve(null));
    const asked = session.request({ ':method': 'POST', ':path': '/dd0c.doctor/Look', 'content-type': 'application/grpc', te: 'trailers' });
    asked.on('response', ({ date }) => resolve({ serverTime: date === undefined ? null : new Date(date), protocol: socket.getProtocol() ?? 'TLS' }));
    asked.on('error', () => resolve(null));
    asked.end();
  });
  return await promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
    way.destroy();
  });
}
