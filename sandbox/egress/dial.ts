import type { LookupAddress } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import { type AllowList, type Destination, plainHost } from './allow-list.ts';

/** What the proxy needs of the network; a test puts its own in its place. */
export interface Network {
  readonly lookup: (name: string) => Promise<readonly LookupAddress[]>;
  readonly connect: (address: string, port: number) => Socket;
}

/** Why a step did not get where it wanted, for the answer that its program sees. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const connectMs = 10_000;

/** What a program asked for, in one spelling; refused where it is none. */
export function destinationOf(host: string, port: number): Destination {
  const plain = plainHost(host);
  if (plain === null || !Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal('the destination is not a host and a port');
  return { host: plain, port };
}

/** Resolves once, checks what came, and dials just that address. */
export async function dial(destination: Destination, allowed: AllowList, { lookup, connect }: Network): Promise<Socket> {
  const { host, port } = destination;
  if (!allowed.permits(destination)) throw new Refusal(`${host}:${port} is not on the list of this step`);
  const addresses = isIP(host) === 0 ? await lookup(host).catch(() => Promise.reject(new Refusal(`${host} could not be resolved`))) : [{ address: host }];
  const permitted = addresses.filter(({ address }) => allowed.permitsAddress(destination, address));
  if (permitted.length === 0) throw new Refusal(`${host} leads to an address that steps do not reach`);
  let last: unknown;
  for (const { address } of permitted.slice(0, 4)) {
    try {
      return await opened(connect(address, port));
    } catch (error) {
      last = error;
    }
  }
  throw new Refusal(`${host}:${port} does not answer`, { cause: last });
}

async function opened(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.setTimeout(connectMs, () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', reject);
      socket.on('error', () => {}); // its end is told to the other side
      resolve(socket);
    });
  });
}
