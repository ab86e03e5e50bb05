import type { Socket } from 'node:net';
import { type AllowList } from './allow-list.ts';
import { destinationOf, dial, type Network } from './dial.ts';
import { tunnel } from './tunnel.ts';

/** SOCKS 5 without authentication, CONNECT alone. The first bytes have been read by whoever saw that it is SOCKS. */
export async function serveSocks(client: Socket, first: Buffer, allowed: AllowList, network: Network): Promise<void> {
  const read = reader(client, first);
  try {
    const [, methods = 0] = await read(2);
    await read(methods);
    client.write(Buffer.of(5, 0));
    const [version, command, , kind] = await read(4);
    if (version !== 5 || command !== 1) {
      client.end(answer(7));
      return;
    }
    const host = await readHost(kind ?? 0, read);
    const port = (await read(2)).readUInt16BE(0);
    const destination = destinationOf(host, port);
    const upstream = await dial(destination, allowed, network);
    const rest = read.rest();
    client.write(answer(0));
    tunnel(client, upstream, destination, rest);
  } catch {
    client.end(answer(2)); // not allowed
  }
}

async function readHost(kind: number, read: (count: number) => Promise<Buffer>): Promise<string> {
  if (kind === 1) return (await read(4)).join('.');
  if (kind === 4) return (await read(16)).toString('hex').replaceAll(/(.{4})(?=.)/g, '$1:');
  const [length = 0] = await read(1);
  return (await read(length)).toString('latin1'); // a NUL in it is refused as no name
}

function answer(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

interface Reader {
  (count: number): Promise<Buffer>;
  /** What came behind, and an end to the reading. */
  rest(): Buffer;
}

function reader(client: Socket, first: Buffer): Reader {
  let held = first;
  let wake = (): void => {};
  let ended = false;
  const take = (bytes: Buffer): void => {
    held = Buffer.concat([held, bytes]);
    wake();
  };
  const stop = (): void => {
    ended = true;
    wake();
  };
  client.on('data', take);
  client.once('close', stop);
  client.resume();
  const read = async (count: number): Promise<Buffer> => {
    while (held.length < count) {
      if (ended) throw new Error('ended');
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const bytes = held.subarray(0, count);
    held = held.subarray(count);
    return bytes;
  };
  return Object.assign(read, {
    rest: () => {
      client.off('data', take);
      client.off('close', stop);
      client.pause();
      return held;
    },
  });
}
