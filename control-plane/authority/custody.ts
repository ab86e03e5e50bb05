import { createPublicKey, X509Certificate } from 'node:crypto';
import { openSigner } from '#ca/authority.ts';
import { type AuthorityDocument, type Hierarchy, type IntermediateRole } from '#ca/document.ts';
import { makeIntermediate, newKeyName } from '#ca/found.ts';
import { judgeIntermediate, writeIntermediateRequest } from '#ca/intermediate.ts';
import { parseKey, textKeyStore } from '#ca/keys/key-store.ts';
import { toPem } from '#ca/x509/pem.ts';
import { publicKeyOf } from '#ca/x509/pin.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type Moment, withoutOrphans } from './rotate.ts';

/** The root that issues, or the one that is to take over. */
export type Which = 'current' | 'successor';

/**
 * The private key of a root in PEM (PKCS #8), encrypted with the passphrase.
 * @throws Fault `root-key-elsewhere`
 */
export function exportRootKey(document: AuthorityDocument, which: Which, passphrase: string): string {
  const { rootKey } = hierarchyOf(document, which);
  return keyText(document, rootKey).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
}

/**
 * Without the private key of a root, which is somewhere else.
 * @throws Fault `root-key-elsewhere`, `root-not-exported`
 */
export function removeRootKey(document: AuthorityDocument, which: Which): AuthorityDocument {
  const { rootKey } = hierarchyOf(document, which);
  keyText(document, rootKey);
  if (document.exported[rootKey] === undefined) throw new Fault('root-not-exported', { key: rootKey });
  const { [rootKey]: _, ...keys } = document.keys;
  return { ...document, keys };
}

/** With a new key for an intermediate, and the request that a root elsewhere is to sign. The request before it is void. */
export async function requestIntermediate(document: AuthorityDocument, role: IntermediateRole, which: Which, moment: Moment): Promise<{ readonly document: AuthorityDocument; readonly request: string }> {
  const { rootKey } = hierarchyOf(document, which);
  const texts = { ...document.keys };
  const store = textKeyStore(texts);
  const key = newKeyName(role, moment);
  const request = await writeIntermediateRequest(role, await store.create(key), store.crypto);
  const others = document.requests.filter((other) => other.role !== role || other.rootKey !== rootKey);
  const requests = [...others, { role, key, rootKey, requestedAt: new Date(moment.nowMs).toISOString() }];
  return { document: withoutOrphans({ ...document, keys: texts, requests }), request };
}

/**
 * With an intermediate (PEM) that a root elsewhere has signed; from now on it issues.
 * @throws Fault `intermediate-not-requested`, `intermediate-unfit`
 */
export function importIntermediate(document: AuthorityDocument, pem: string, { nowMs }: Moment): { readonly document: AuthorityDocument; readonly role: IntermediateRole } {
  const publicKey = readKey(pem);
  const request = document.requests.find(({ key }) => createPublicKey(keyText(document, key)).export({ format: 'der', type: 'spki' }).equals(publicKey));
  const which = (['current', 'successor'] as const).find((which) => request !== undefined && document[which]?.rootKey === request.rootKey);
  if (request === undefined || which === undefined) throw new Fault('intermediate-not-requested');
  const { role, key } = request;
  judgeIntermediate(pem, { role, publicKey, root: hierarchyOf(document, which).root, nowMs });
  const imported = withNewest(document, which, role, { key, certificate: toPem([new X509Certificate(pem).raw]) }, nowMs);
  return { document: withoutOrphans({ ...imported, requests: document.requests.filter((other) => other !== request) }), role };
}

/**
 * With another intermediate, signed by the root whose key is here.
 * @throws Fault `root-key-elsewhere`
 */
export async function renewIntermediate(document: AuthorityDocument, role: IntermediateRole, which: Which, moment: Moment): Promise<AuthorityDocument> {
  const { rootKey, root } = hierarchyOf(document, which);
  keyText(document, rootKey);
  const texts = { ...document.keys };
  const keys = textKeyStore(texts);
  const made = await makeIntermediate(role, await openSigner(rootKey, new X509Certificate(root).raw, keys), { ...moment, keys });
  return withoutOrphans(withNewest({ ...document, keys: texts }, which, role, made, moment.nowMs));
}

function withNewest(document: AuthorityDocument, which: Which, role: IntermediateRole, made: { key: string; certificate: string }, nowMs: number): AuthorityDocument {
  const hierarchy = hierarchyOf(document, which);
  const before = hierarchy[role].map((one) => ({ ...one, replacedAt: one.replacedAt ?? new Date(nowMs).toISOString() }));
  return { ...document, [which]: { ...hierarchy, [role]: [...before, { ...made, replacedAt: null }] } };
}

function hierarchyOf(document: AuthorityDocument, which: Which): Hierarchy {
  const hierarchy = document[which];
  if (hierarchy === null) throw new Fault('rotation-out-of-order', { phase: document.rotation.phase, step: 'use the successor', possible: 'prepare' });
  return hierarchy;
}

function keyText({ keys }: AuthorityDocument, name: string) {
  const text = keys[name];
  if (text === undefined) throw new Fault('root-key-elsewhere', { key: name });
  return parseKey(text, name);
}

function readKey(pem: string): Buffer {
  try {
    return publicKeyOf(pem);
  } catch (cause) {
    throw new Fault('intermediate-unfit', { reason: 'it is not a certificate in PEM' }, { cause });
  }
}
