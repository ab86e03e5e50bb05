import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { KeySet } from '#control-plane/fleet/joining/rules.ts';
import { openTestPki } from './pki.ts';

/** Signs tokens as a cluster does. */
export interface FakeCluster {
  readonly keys: KeySet;
  readonly publicKey: CryptoKey;
  /** A token of the service account `shop/dd0c-agent`, with these claims changed; `undefined` takes one away. */
  token(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function makeFakeCluster({ issuer, audience, alg = 'RS256', nowMs = Date.now }: { readonly issuer: string; readonly audience: string; readonly alg?: string; readonly nowMs?: () => number }): Promise<FakeCluster> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const { kty, n, e, crv, x, y } = await exportJWK(publicKey);
  const shape = kty === 'EC' ? { kty: 'EC' as const, crv, x, y } : { kty: 'RSA' as const, n, e };
  const kid = randomUUID();
  return {
    keys: { keys: [{ ...shape, kid, alg, use: 'sig' }] },
    publicKey,
    async token(claims = {}, header = {}) {
      const now = Math.floor(nowMs() / 1_000);
      const usual = {
        iss: issuer, aud: [audience], sub: 'system:serviceaccount:shop:dd0c-agent', iat: now, nbf: now, exp: now + 3_600, jti: randomUUID(),
        'kubernetes.io': { namespace: 'shop', serviceaccount: { name: 'dd0c-agent', uid: randomUUID() }, pod: { name: 'dd0c-agent-x', uid: randomUUID() } },
      };
      const payload: JWTPayload = Object.fromEntries(Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined));
      return await new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
    },
  };
}

/** A token under another header, signed in another way. */
export async function forge(header: object, token: string, signWith: (data: string) => string | Promise<string>): Promise<string> {
  const data = `${encode(header)}.${token.split('.')[1]}`;
  return `${data}.${await signWith(data)}`;
}

/** A token with its service account changed after it was signed. */
export function tamper(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = Buffer.from(payload, 'base64url').toString('utf8').replaceAll('dd0c-agent', 'dd0c-other');
  return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
}

export function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** An address of keys over TLS, as an administrator would give it. */
export interface ServedKeys {
  readonly place: { readonly url: string; readonly ca: string };
  asked(): number;
  stop(): Promise<void>;
}

export async function serveKeys(body: () => string, status = 200): Promise<ServedKeys> {
  const pki = await openTestPki();
  const { key, certificateChain } = await pki.authority.issueServer(['localhost', '127.0.0.1']);
  let count = 0;
  const server = createServer({ key, cert: certificateChain }, (_request, response) => {
    count += 1;
    response.writeHead(status, { location: 'https://127.0.0.1:1/', 'content-type': 'application/json' }).end(body());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    place: { url: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/keys`, ca: pki.trustBundle },
    asked: () => count,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
