import { readFile } from 'node:fs/promises';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuthorityDocument, Intermediate } from '#ca/document.ts';
import type { KeyTexts } from '#ca/keys/key-store.ts';
import { isMissing, readPrivateFile } from '#ca/keys/private-file.ts';
import { toPem } from '#ca/x509/pem.ts';
import { Fault } from '#proto/domain/fault.ts';

const names = ['root', 'agents', 'servers'] as const;

/**
 * An authority as earlier versions kept it, one file for each key and certificate of the folder; null where there is none.
 * @throws Fault `authority-unreadable`, `authority-key-missing`, `key-exposed`
 */
export async function readFiles(folder: string): Promise<AuthorityDocument | null> {
  const root = await readCertificate(folder, 'root');
  if (root === null) return null;
  const trustDomain = (new X509Certificate(root).subjectAltName ?? '').replace('URI:spiffe://', '');
  const keys: KeyTexts = {};
  await takeKey(folder, 'root', keys); // it may be kept elsewhere
  const [agents, servers] = [await intermediate(folder, 'agents', keys), await intermediate(folder, 'servers', keys)];
  const current = { rootKey: 'root', root, voucher: null, agents: [agents], servers: [servers] };
  return { schema: 'dd0c.authority/v1', trustDomain, current, successor: null, rotation: { phase: 'steady' }, requests: [], keys, exported: {}, restoredAt: null };
}

/** Takes the files away once what was in them is in the database: a key that lies about in clear is one too many. */
export async function removeFiles(folder: string): Promise<void> {
  for (const name of names) {
    await rm(join(folder, `${name}.key`), { force: true });
    await rm(join(folder, `${name}.pem`), { force: true });
  }
}

async function intermediate(folder: string, name: 'agents' | 'servers', keys: KeyTexts): Promise<Intermediate> {
  const certificate = await readCertificate(folder, name);
  if (certificate === null || !(await takeKey(folder, name, keys))) throw new Fault('authority-key-missing', { key: name });
  return { key: name, certificate, replacedAt: null };
}

async function takeKey(folder: string, name: string, keys: KeyTexts): Promise<boolean> {
  const pem = await readPrivateFile(join(folder, `${name}.key`));
  if (pem === null) return false;
  try {
    keys[name] = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }).toString('base64');
  } catch (cause) {
    throw new Fault('authority-unreadable', { key: name, reason: 'not a private key in PEM' }, { cause });
  }
  return true;
}

async function readCertificate(folder: string, name: string): Promise<string | null> {
  try {
    return toPem([new X509Certificate(await readFile(join(folder, `${name}.pem`))).raw]);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new Fault('authority-unreadable', { certificate: name, reason: 'not a certificate in PEM' }, { cause });
  }
}
