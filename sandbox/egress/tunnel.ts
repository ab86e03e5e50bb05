import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Destination } from './allow-list.ts';
import { greetingOf } from './client-hello.ts';

/**
 * Joins a step to where it was allowed to go. If it speaks TLS, the name that it asks for there must be the one that it
 * asked for here: else an allowed front would be a door to everything behind it.
 */
export function tunnel(client: Duplex, upstream: Socket, { host }: Destination, head: Buffer = Buffer.alloc(0)): void {
  let greeting = head;
  client.on('error', () => upstream.destroy());
  client.once('close', () => upstream.destroy());
  upstream.once('close', () => client.destroy());
  upstream.pipe(client);
  client.on('data', judge);
  if (head.length > 0) judge(Buffer.alloc(0));
  client.resume();

  function judge(bytes: Buffer): void {
    greeting = Buffer.concat([greeting, bytes]);
    const found = greetingOf(greeting);
    if (found.kind === 'more') return;
    client.off('data', judge);
    if (found.kind === 'tls' && found.name !== null && isIP(host) === 0 && found.name !== host) {
      client.destroy();
      upstream.destroy();
      return;
    }
    upstream.write(greeting);
    client.pipe(upstream);
  }
}
