import { randomBytes } from 'node:crypto';
import { KeyObject } from 'node:crypto';
import type { SubjectName } from '#ca/x509/draft.ts';
import { ecdsaP256, type KeyPair } from '#ca/x509/p256.ts';
import { toPem } from '#ca/x509/pem.ts';
import { type Purpose } from '#ca/x509/profile.ts';
import { newSerial } from '#ca/x509/serial.ts';
import { sign, type Signer } from '#ca/x509/sign.ts';
import { type AgentIdentity, spiffeUri } from '#proto/domain/identity.ts';

/** A key and the chain that vouches for it, PEM. */
export interface Credentials {
  readonly key: string;
  readonly certificateChain: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate authority of its own: root, an intermediate for agents and one for servers. */
export interface LinkPki {
  /** PEM. */
  readonly root: string;
  server(names?: readonly SubjectName[], validity?: Validity): Promise<Credentials>;
  agent(identity: AgentIdentity, validity?: Validity): Promise<Credentials>;
}

export interface Validity {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const hourMs = 3_600_000;
const here: readonly SubjectName[] = [{ type: 'ip', value: '127.0.0.1' }, { type: 'dns', value: 'localhost' }];

export async function makeLinkPki(): Promise<LinkPki> {
  const root = await authority('root', null, 1, []);
  const agents = await authority('agents', root, 0, ['clientAuth']);
  const servers = await authority('servers', root, 0, ['serverAuth']);

  return {
    root: toPem([root.certificate]),
    server: (names = here, validity = {}) => leaf(servers, names, 'serverAuth', validity),
    agent: (identity, validity = {}) => leaf(agents, [{ type: 'url', value: spiffeUri(identity) }], 'clientAuth', validity),
  };
}

interface Authority extends Signer {
  readonly certificate: Uint8Array;
}

async function authority(name: string, above: Authority | null, pathLength: number, purposes: readonly Purpose[]): Promise<Authority> {
  const keys = await makeKeys();
  const self: Signer = above ?? { crypto, keys, certificate: null };
  const certificate = await sign(
    { serial: newSerial(randomBytes), subject: `CN=${name}`, publicKey: await spki(keys), names: [], notBefore: new Date(Date.now() - 48 * hourMs), notAfter: new Date(Date.now() + 1_000 * hourMs), pathLength, purposes },
    self,
  );
  return { crypto, keys, certificate };
}

async function leaf(above: Authority, names: readonly SubjectName[], purpose: Purpose, validity: Validity): Promise<Credentials> {
  const keys = await makeKeys();
  const { notBefore = new Date(Date.now() - hourMs), notAfter = new Date(Date.now() + 24 * hourMs) } = validity;
  const certificate = await sign(
    { serial: newSerial(randomBytes), subject: 'CN=leaf', publicKey: await spki(keys), names, notBefore, notAfter, pathLength: null, purposes: [purpose] },
    above,
  );
  const key = KeyObject.from(keys.privateKey).export({ format: 'pem', type: 'pkcs8' });
  return { key, certificateChain: toPem([certificate, above.certificate]), notBefore, notAfter };
}

async function makeKeys(): Promise<KeyPair> {
  return await crypto.subtle.generateKey(ecdsaP256, true, ['sign', 'verify']);
}

async function spki(keys: KeyPair): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
}
