import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Backend } from './backend.ts';
import { fetchState } from './fetch-state.ts';
import type { RemoteState } from './remote-state.ts';

const Text = z.string().min(1);

/** The settings of the http backend that reading takes, of Terraform and OpenTofu. */
const Settings = z.object({
  address: Text,
  username: Text.optional(),
  password: Text.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  client_ca_certificate_pem: Text.optional(),
  client_certificate_pem: Text.optional(),
  client_private_key_pem: Text.optional(),
});

type Env = Readonly<Record<string, string | undefined>>;

/** Where the peer is not to be verified, that is terraform's to do and not ours. */
export function needsTerraform({ settings }: Backend): boolean {
  return settings['skip_cert_verification'] === true || settings['skip_cert_verification'] === 'true';
}

/**
 * The state behind an address. Credentials of the environment go only to an address that comes from the environment too,
 * or that `init` was run with: code from somebody else could name another.
 * @throws Fault `backend-unclear`, `backend-insecure`
 */
export function httpState({ settings: written, from }: Backend, env: Env): RemoteState {
  const read = Settings.safeParse({ ...written, ...(env['TF_HTTP_ADDRESS'] !== undefined && { address: env['TF_HTTP_ADDRESS'] }) });
  if (!read.success) throw new Fault('backend-unclear', { backend: 'http', setting: read.error.issues[0]?.path.join('.'), reason: 'it is missing, or not a text' });
  const { address, headers = {} } = read.data;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new Fault('backend-unclear', { backend: 'http', setting: 'address', reason: 'it is not the URL of a web server' });

  const isOurs = from === 'init' || env['TF_HTTP_ADDRESS'] !== undefined;
  const fromEnv = { username: env['TF_HTTP_USERNAME'], password: env['TF_HTTP_PASSWORD'] };
  const source = `${url.origin}${url.pathname}`;
  if (!isOurs && fromEnv.password !== undefined && read.data.password === undefined) throw new Fault('backend-insecure', { source, reason: 'TF_HTTP_PASSWORD is set, and only the code names this address' });
  const username = read.data.username ?? fromEnv.username ?? decodeURIComponent(url.username);
  const password = read.data.password ?? fromEnv.password ?? decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  const tls = {
    ca: read.data.client_ca_certificate_pem ?? env['TF_HTTP_CLIENT_CA_CERTIFICATE_PEM'],
    cert: read.data.client_certificate_pem ?? env['TF_HTTP_CLIENT_CERTIFICATE_PEM'],
    key: read.data.client_private_key_pem ?? env['TF_HTTP_CLIENT_PRIVATE_KEY_PEM'],
  };
  const credentials = username === '' && password === '' ? null : { username, password };
  return { source, read: (signal) => fetchState({ url, headers, credentials, tls, source, env }, signal) };
}
