import { parseServerAddress } from '../../../identity/server-address.ts';
import { splitAddress } from '../../../uplink/address.ts';
import { type Address, hostPort } from '../../../dial/address.ts';
import { asFault } from '#proto/domain/fault.ts';
import type { Check, Finding, Patient } from '../check.ts';

const variables = ['grpc_proxy', 'https_proxy', 'all_proxy', 'http_proxy', 'no_grpc_proxy', 'no_proxy'];

/** Which proxy leads to which address of the control plane; nothing where no variable names one. */
export const checkProxy: Check = async ({ identity, config, env, dialler }) => {
  const seen = Object.keys(env).filter((name) => variables.includes(name.toLowerCase()));
  if (seen.length === 0) return [];
  const server = config?.config.server;
  const addresses = [
    ...(identity === null ? [] : [{ name: 'stream', ...splitAddress(identity.address) }]),
    ...(server === undefined ? [] : [{ name: 'enrolment', ...parseServerAddress(server) }]),
  ];
  if (addresses.length === 0) return [{ name: 'proxy', state: 'note', detail: `${seen.join(', ')}: set, and no address of a control plane is known yet` }];
  return addresses.map((address) => tell(address, dialler));
};

function tell(address: Address & { readonly name: string }, dialler: Patient['dialler']): Finding {
  const whither = `${address.name} ${hostPort(address)}`;
  try {
    const proxy = dialler.proxyFor(address);
    if (proxy === null) return { name: 'proxy', state: 'good', detail: `${whither}: directly, no variable names a proxy for it` };
    const how = `${proxy.secure ? 'by TLS' : 'in the clear'}${proxy.authorization === null ? '' : ', with a name and a password'}`;
    return { name: 'proxy', state: 'good', detail: `${whither}: through ${hostPort(proxy)} ${how}, as ${proxy.variable} says; TLS to the control plane goes through it unopened` };
  } catch (error) {
    const { message, next } = asFault(error);
    return { name: 'proxy', state: 'bad', detail: `${whither}: ${message.replace(/^\[[a-z-]+\] /, '')}`, next };
  }
}
