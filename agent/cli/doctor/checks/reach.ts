import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Fault } from '#proto/domain/fault.ts';
import type { Address } from '../../../dial/address.ts';
import type { Proxy } from '../../../dial/proxies.ts';
import { splitAddress } from '../../../uplink/address.ts';
import { diagnose } from '../../../uplink/diagnose.ts';
import type { Check, Finding, Patient } from '../check.ts';
import { greet } from '../greet.ts';

const withinMs = 5_000;

/** A clock that is off by more is told, and one by much more is bad: a new certificate is back-dated by five minutes. */
const skewNotedMs = 5_000;
const skewBadMs = 4 * 60_000;

/** Whether the name resolves, whether the control plane takes this agent's certificate, and how far its clock is from ours. */
export const checkReach: Check = async ({ identity, dialler }) => {
  if (identity === null) return [];
  const target = splitAddress(identity.address);
  const names = await resolveName(target, wayOf(dialler, target));
  if (names.some(({ state }) => state === 'bad')) return names;
  const startedAt = performance.now();
  const greeting = await greet(identity, dialler, withinMs);
  if (greeting !== null) {
    const tookMs = Math.round(performance.now() - startedAt);
    return [...names, { name: 'reach', state: 'good', detail: `${identity.address} answers over mutual TLS (${greeting.protocol}), ${tookMs} ms` }, ...judgeSkew(greeting.serverTime, Date.now())];
  }
  const { message, next } = await diagnose(identity, new Fault('server-unreachable', { address: identity.address, waitedMs: withinMs }), dialler);
  return [...names, { name: 'reach', state: 'bad', detail: message.replace(/^\[[a-z-]+\] /, ''), next }];
};

/** A setting that cannot be used is told by the check of proxies, and by the diagnosis. */
function wayOf(dialler: Patient['dialler'], target: Address): Proxy | null {
  try {
    return dialler.proxyFor(target);
  } catch {
    return null;
  }
}

/** Behind a proxy the name of the server is the proxy's to resolve. */
async function resolveName(target: Address, proxy: Proxy | null): Promise<readonly Finding[]> {
  const { host } = proxy ?? target;
  if (isIP(host) !== 0) return [];
  const what = proxy === null ? host : `the proxy ${host}`;
  try {
    const found = [...new Set((await lookup(host, { all: true })).map(({ address }) => address))];
    return [{ name: 'dns', state: 'good', detail: `${what} is ${found.join(', ')}${found.length > 1 ? '; each is tried in turn' : ''}` }];
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return [{ name: 'dns', state: 'bad', detail: `${what} could not be resolved${reason}`, next: 'Check the name, and the DNS servers of this machine.' }];
  }
}

/** The header is exact to a second. */
export function judgeSkew(serverTime: Date | null, nowMs: number): readonly Finding[] {
  if (serverTime === null) return [];
  const skewMs = nowMs - serverTime.getTime();
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const detail = `${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} the control plane`;
  if (Math.abs(skewMs) < skewNotedMs) return [{ name: 'clock skew', state: 'good', detail: 'less than 5 s from the control plane' }];
  return [{ name: 'clock skew', state: Math.abs(skewMs) < skewBadMs ? 'note' : 'bad', detail, next: 'Set the clock (NTP) of this machine, or of the server: certificates and orders are valid by the clock.' }];
}
