import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { HandshakeLimits } from '#control-plane/grpc/handshake-queue.ts';
import { listenTls } from '#control-plane/grpc/tls-listener.ts';
import { faultFromStatus, faultToStatus } from '#proto/codec/fault-status.ts';
import { Fault } from '#proto/domain/fault.ts';
import { listen, type Told } from '#test/harness/link.ts';
import { type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const forever = 60_000;
const cleanups: (() => unknown)[] = [];
let pki: LinkPki;

beforeAll(async () => {
  pki = await makeLinkPki();
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

test('no more than so many handshakes are under way; the rest wait in order, and one too many is closed at once', async () => {
  const door = await open({ atOnce: 2, waiting: 2, waitMs: forever, countsMs: forever });
  const silent = [await door.silent(), await door.silent()];
  const secured: string[] = [];
  await door.client('first', secured);
  await door.client('second', secured);

  const third = await door.client('third', secured);
  await closed(third);

  expect(secured).toEqual([]);
  for (const socket of silent) socket.destroy();
  await expect.poll(() => secured).toEqual(['first', 'second']);
  await expect.poll(() => door.told.lines).toMatchObject([{ msg: expect.stringContaining('too many handshakes at once'), connections: 1 }]);
});

test('whoever connects and says nothing keeps nobody out for long', async () => {
  const door = await open({ atOnce: 1, waiting: 10, waitMs: forever, countsMs: 20 });
  const silent = await door.silent();

  await once(await door.client('one'), 'secureConnect');

  expect(silent.destroyed).toBe(false);
});

test('one that has waited too long is closed', async () => {
  const door = await open({ atOnce: 1, waiting: 10, waitMs: 20, countsMs: forever });
  await door.silent();

  await closed(await door.client('one'));
});

test('a handshake that fails, or whose peer goes, leaves its place', async () => {
  const door = await open({ atOnce: 1, waiting: 10, waitMs: forever, countsMs: forever });
  for (let turn = 0; turn < 5; turn++) {
    (await door.silent()).end('this is no TLS\r\n\r\n');
    (await door.silent()).resetAndDestroy();
  }

  await once(await door.client('one'), 'secureConnect');
});

test('a fault says when to come back, across the wire, and nothing else that is said there is believed', () => {
  const status = faultToStatus(new Fault('database-unavailable', { retryAfterMs: 5_000.5 }));

  expect(faultFromStatus(status)).toMatchObject({ code: 'database-unavailable', facts: { retryAfterMs: 5_001 } });
  status.metadata.set('dd0c-retry-after-ms', '-1e9');
  expect(faultFromStatus(status)?.facts).not.toHaveProperty('retryAfterMs');
});

/** However it comes about. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on('close', () => resolve()));
}

async function open(handshakes: HandshakeLimits): Promise<{ told: Told; silent: () => Promise<Socket>; client: (name: string, secured?: string[]) => Promise<TLSSocket> }> {
  const told = listen();
  const sockets: Socket[] = [];
  const { key, certificateChain } = await pki.server();
  const listener = await listenTls({ address: '127.0.0.1:0', key, certificateChain, clientRoots: null, accept: (socket) => sockets.push(socket), handshakes, log: told.log });
  const port = Number(listener.address.split(':')[1]);
  cleanups.push(() => listener.close(), () => sockets.map((socket) => socket.destroy()));
  return { told, silent, client };

  async function silent(): Promise<Socket> {
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('error', () => {});
    cleanups.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  }

  /** Resolves once TCP is up, so that the order in which clients come is known. */
  async function client(name: string, secured: string[] = []): Promise<TLSSocket> {
    const socket = connectTls({ socket: await silent(), ca: pki.root, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.on('secureConnect', () => secured.push(name));
    return socket;
  }
}
