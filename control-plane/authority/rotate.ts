import { X509Certificate } from 'node:crypto';
import { openSigner } from '#ca/authority.ts';
import type { AuthorityDocument, Hierarchy } from '#ca/document.ts';
import { makeHierarchy, newKeyName } from '#ca/found.ts';
import { judgeRoot, judgeVoucher } from '#ca/intermediate.ts';
import { textKeyStore } from '#ca/keys/key-store.ts';
import { next, type RotationStep } from '#ca/rotation.ts';
import { vouch } from '#ca/vouch.ts';
import { toPem } from '#ca/x509/pem.ts';
import { Fault } from '#proto/domain/fault.ts';

/** A root that was made elsewhere; without it, one is made here. */
export interface GivenRoot {
  /** PEM. */
  readonly root: string;
  /** PEM: the root that is to be replaced vouches for it. Needed where its key is not here. */
  readonly voucher?: string | undefined;
}

export interface Moment {
  readonly nowMs: number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/**
 * What an authority becomes by a step of its rotation.
 * @throws Fault `rotation-out-of-order`, `root-key-elsewhere`, `root-unfit`, `intermediate-missing`
 */
export async function takeStep(document: AuthorityDocument, step: RotationStep, moment: Moment, given?: GivenRoot): Promise<AuthorityDocument> {
  const rotation = next(document.rotation, step, new Date(moment.nowMs).toISOString());
  const { successor } = document;
  if (step === 'prepare') return { ...(await withSuccessor(document, moment, given)), rotation };
  if (successor === null) throw new Fault('authority-unreadable', { reason: 'there is no successor' });
  if (step === 'issue' && (successor.agents.length === 0 || successor.servers.length === 0)) throw new Fault('intermediate-missing');
  if (step === 'retire') return withoutOrphans({ ...document, rotation, current: successor, successor: null });
  if (rotation.phase === 'steady') return withoutOrphans({ ...document, rotation, successor: null });
  return { ...document, rotation };
}

async function withSuccessor(document: AuthorityDocument, moment: Moment, given: GivenRoot | undefined): Promise<AuthorityDocument> {
  const texts = { ...document.keys };
  const keys = textKeyStore(texts);
  const successor = given === undefined ? await makeHierarchy(document.trustDomain, { ...moment, keys }) : takeIn(given.root, document, moment);
  const voucher = given?.voucher ?? (await vouchFor(successor, document, moment));
  judgeVoucher(voucher, document.current.root, successor.root);
  return { ...document, keys: texts, successor: { ...successor, voucher } };
}

function takeIn(root: string, document: AuthorityDocument, moment: Moment): Hierarchy {
  judgeRoot(root, document.trustDomain, moment.nowMs);
  return { rootKey: newKeyName('root', moment), root: toPem([new X509Certificate(root).raw]), voucher: null, agents: [], servers: [] };
}

async function vouchFor(successor: Hierarchy, { current, keys, trustDomain }: AuthorityDocument, { randomBytes }: Moment): Promise<string> {
  if (!Object.hasOwn(keys, current.rootKey)) throw new Fault('root-key-elsewhere', { key: current.rootKey });
  const root = await openSigner(current.rootKey, new X509Certificate(current.root).raw, textKeyStore(keys));
  return toPem([await vouch(root, new X509Certificate(successor.root).raw, trustDomain, randomBytes)]);
}

/** A key that nothing needs any more is not kept. */
export function withoutOrphans(document: AuthorityDocument): AuthorityDocument {
  const hierarchies = [document.current, ...(document.successor === null ? [] : [document.successor])];
  const roots = new Set(hierarchies.map(({ rootKey }) => rootKey));
  const requests = document.requests.filter(({ rootKey }) => roots.has(rootKey));
  const needed = new Set([...roots, ...hierarchies.flatMap(({ agents, servers }) => [agents.at(-1)?.key, servers.at(-1)?.key]), ...requests.map(({ key }) => key)]);
  const only = <Value>(record: Record<string, Value>): Record<string, Value> => Object.fromEntries(Object.entries(record).filter(([name]) => needed.has(name)));
  return { ...document, requests, keys: only(document.keys), exported: only(document.exported) };
}
