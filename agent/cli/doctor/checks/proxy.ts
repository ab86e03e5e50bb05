import type { Check } from '../check.ts';

const variables = ['grpc_proxy', 'https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'];

/** Which proxy variables are set; lower-case ones steer the link, upper-case ones do not. */
export const checkProxy: Check = async ({ env }) => {
  const seen = Object.keys(env).filter((name) => variables.includes(name.toLowerCase()));
  if (seen.length === 0) return [];
  const told = seen.map((name) => `${name}=${withoutCredentials(env[name] ?? '')}`).join(', ');
  return [{ name: 'proxy', state: 'note', detail: told, next: 'If the control plane must not be reached through it, add its host to no_proxy.' }];
};

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//…@');
}
