import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllowList } from '#sandbox/egress/allow-list.ts';
import type { Network } from '#sandbox/egress/dial.ts';
import { openProxy, type Proxy } from '#sandbox/egress/proxy.ts';

const seen: IncomingMessage[] = [];
const dialled: string[] = [];
let resolved = 0;
let proxy: Proxy;
let port = 0;
const upstream = createServer((incoming, response) => {
  seen.push(incoming);
  response.end(`hello ${incoming.headers.host}`);
});

/** Names lead where this says; every address is the one server, and is remembered. */
const network: Network = {
  lookup: async (name) => {
    resolved += 1;
    return [{ address: { 'meta.allowed.test': '169.254.169.254', 'rebind.allowed.test': '127.0.0.1' }[name] ?? '51.15.77.1', family: 4 }];
  },
  connect: (address, to) => {
    dialled.push(`${address}:${to}`);
    return connect(portOf(upstream), '127.0.0.1');
  },
};

beforeAll(async () => {
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  proxy = openProxy(parseAllowList(['allowed.test:80', '443', '*.allowed.test:80']), network);
  port = await proxy.listen();
});
afterAll(async () => {
  await proxy.close();
  upstream.close();
});

/** A connection that the broker has told of. */
async function told(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  proxy.expect(socket.localPort ?? 0);
  return socket;
}

async function ask(head: string): Promise<string> {
  const socket = await told();
  socket.write(head);
  return text(socket);
}

async function socks(host: Buffer, to: number): Promise<number | undefined> {
  const socket = await told();
  socket.write(Buffer.from([5, 1, 0]));
  await once(socket, 'data');
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, host.length]), host, Buffer.from([to >> 8, to & 0xff])]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer[1];
}

describe('the proxy of a step', () => {
  test('forwards what is allowed, with the host that was checked whatever the step wrote', async () => {
    const answer = await ask('GET http://allowed.test/path?q=1 HTTP/1.1\r\nHost: evil.test\r\nProxy-Authorization: x\r\nConnection: close\r\n\r\n');

    expect(answer).toContain('hello allowed.test');
    expect(seen.at(-1)).toMatchObject({ url: '/path?q=1', headers: { host: 'allowed.test' } });
    expect(seen.at(-1)?.headers).not.toHaveProperty('proxy-authorization');
    expect(dialled.at(-1)).toBe('51.15.77.1:80');
  });

  test('resolves a name once, and dials the address that it checked', async () => {
    const before = resolved;

    await ask('GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n');

    expect(resolved - before).toBe(1);
  });

  test('a second request on the same connection is checked like the first', async () => {
    const answer = await ask('GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\nGET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n');

    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403']);
  });

  test.each([
    'http://evil.test/', 'http://allowed.test.evil.test/', 'http://evilallowed.test/', 'http://allowed.test:22/', 'http://rebind.allowed.test/', 'http://meta.allowed.test/', 'http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://[::1]/',
    'http://allowed.test%00.evil.test/', 'http://evil.test%00.allowed.test/', 'https://allowed.test/', 'ftp://allowed.test/', '/etc/passwd', 'http://allowed.test@evil.test/',
  ])('refuses %s', async (url) => {
    const before = dialled.length;

    const answer = await ask(`GET ${url} HTTP/1.1\r\nHost: allowed.test\r\n\r\n`);

    expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(dialled.length).toBe(before);
  });

  test.each(['allowed.test:22', 'evil.test:443', '127.0.0.1:443', '[::1]:443', 'allowed.test', ':443', 'allowed.test:443:443'])('refuses CONNECT %s', async (target) => {
    expect(await ask(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)).toMatch(/^HTTP\/1.1 4\d\d/);
  });

  test('a tunnel in which TLS asks for another name ends before a byte of it has left', async () => {
    const before = seen.length;
    const socket = await told();
    socket.write('CONNECT allowed.test:443 HTTP/1.1\r\nHost: allowed.test:443\r\n\r\n');
    await once(socket, 'data');
    socket.write(clientHello('evil.test'));

    await once(socket, 'close');

    expect(seen.length).toBe(before);
  });

  test('speaks SOCKS 5, where a NUL in a name makes it no name', async () => {
    expect(await socks(Buffer.from('allowed.test'), 80)).toBe(0);
    expect(await socks(Buffer.from('evil.test'), 80)).toBe(2);
    expect(await socks(Buffer.from('evil.test\0.allowed.test'), 80)).toBe(2);
  });

  test('a connection that nobody told of is a stranger’s, and gets nothing', async () => {
    const stranger = connect(port, '127.0.0.1');
    stranger.on('error', () => {});
    stranger.write('GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n');

    expect(await text(stranger).catch(() => '')).toBe('');
  });
});

/** The first words of TLS 1.2, as short as they can be. */
function clientHello(name: string): Buffer {
  const host = Buffer.from(name);
  const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const sni = Buffer.concat([u16(0), u16(host.length + 5), u16(host.length + 3), Buffer.of(0), u16(host.length), host]);
  const body = Buffer.concat([u16(0x0303), Buffer.alloc(32), Buffer.of(0), u16(2), u16(0x1301), Buffer.of(1, 0), u16(sni.length), sni]);
  const message = Buffer.concat([Buffer.of(1, 0), u16(body.length), body]);
  return Buffer.concat([Buffer.of(0x16, 3, 1), u16(message.length), message]);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

