import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { Fault } from '#proto/domain/fault.ts';
import { splitAddress } from '../../../uplink/address.ts';
import { diagnose } from '../../../uplink/diagnose.ts';
import type { Identity } from '../../../identity/identity.ts';
import type { Check, Finding } from '../check.ts';

const withinMs = 5_000;

/** Whether the control plane's name resolves, and whether it takes this agent's certificate; nothing is sent. */
export const checkReach: Check = async ({ identity }) => {
  if (identity === null) return [];
  const { host } = splitAddress(identity.address);
  const names = await resolveName(host);
  if (names.some(({ state }) => state === 'bad')) return names;
  const startedAt = performance.now();
  if (await greets(identity)) return [...names, { name: 'reach', state: 'good', detail: `${identity.address} answers over mutual TLS, ${Math.round(performance.now() - startedAt)} ms` }];
  const { message, next } = await diagnose(identity, new Fault('server-unreachable', { address: identity.address, waitedMs: withinMs }));
  return [...names, { name: 'reach', state: 'bad', detail: message.replace(/^\[[a-z-]+\] /, ''), next }];
};

async function resolveName(host: string): Promise<readonly Finding[]> {
  if (isIP(host) !== 0) return [];
  try {
    const found = await lookup(host, { all: true });
    return [{ name: 'dns', state: 'good', detail: `${host} is ${found.map(({ address }) => address).join(', ')}` }];
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return [{ name: 'dns', state: 'bad', detail: `${host} could not be resolved${reason}`, next: 'Check the name, and the DNS servers of this machine.' }];
  }
}

/** True where the server's certificate holds and it speaks, which under TLS 1.3 it does only once it has taken ours. */
async function greets({ address, trustBundle, key, certificateChain }: Identity): Promise<boolean> {
  const { host, port } = splitAddress(address);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port, ...servername, ca: trustBundle, key, cert: certificateChain, ALPNProtocols: ['h2'], timeout: withinMs });
  socket.on('data', () => resolve(true));
  for (const event of ['error', 'timeout', 'close'] as const) socket.on(event, () => resolve(false));
  return promise.finally(() => socket.destroy());
}
