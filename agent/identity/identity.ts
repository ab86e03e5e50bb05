import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '#ca/keys/private-file.ts';
import { fromPem } from '#ca/x509/pem.ts';
import { Fault } from '#proto/domain/fault.ts';
import { type AgentId, isUuid, parseSpiffeUri, type TenantId, toAgentId, toTenantId } from '#proto/domain/identity.ts';
import { files, isComplete, openFolder } from './folder.ts';

/** Who this agent is, and what it proves it with. */
export interface Identity {
  readonly trustDomain: string;
  readonly tenant: TenantId;
  readonly agent: AgentId;
  /** host:port of the stream listener. */
  readonly address: string;
  /** PEM. */
  readonly key: string;
  /** PEM: the leaf, then its intermediate. */
  readonly certificateChain: string;
  /** PEM: the roots. */
  readonly trustBundle: string;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly enrolledAt: Date;
  /** HOST:PORT of the enrolment listener, or null where it was not kept. */
  readonly enrolAddress: string | null;
  /** PEM: the key with which it may ask to come back after its certificate ran out, or null where it has none. */
  readonly recoveryKey: string | null;
}

/** What is kept beside the key and the certificates, as `identity.json`. */
export const About = z.object({
  schema: z.literal('dd0c.identity/v1'),
  tenant: z.string().refine(isUuid).transform(toTenantId),
  agent: z.string().refine(isUuid).transform(toAgentId),
  streamAddress: z.string().min(1),
  enrolledAt: z.iso.datetime().transform((text) => new Date(text)),
  enrolAddress: z.string().min(1).nullable().default(null),
});
export type About = z.infer<typeof About>;

/**
 * The identity in a data folder, whatever the time.
 * @throws Fault `not-enrolled`, `identity-unreadable`
 */
export function readIdentity(dataDir: string): Identity {
  return readFolder(openFolder(dataDir).current);
}

/**
 * The identity that a renewal has brought and no connection has proven yet, or null where there is none. One that cannot be
 * read is none: the current one still works.
 */
export function readCandidate(dataDir: string): Identity | null {
  const { candidate } = openFolder(dataDir);
  try {
    return isComplete(candidate) ? readFolder(candidate) : null;
  } catch {
    return null;
  }
}

function readFolder(folder: string): Identity {
  const read = (file: string): string => readText(join(folder, file), file === files.about ? 'not-enrolled' : 'identity-unreadable');
  const about = parseAbout(read(files.about), join(folder, files.about));
  const recoveryKey = existsSync(join(folder, files.recoveryKey)) ? read(files.recoveryKey) : null;
  return assemble(about, { key: read(files.key), certificateChain: read(files.certificate), trustBundle: read(files.trust), recoveryKey });
}

/**
 * The same, if its certificate has not run out.
 * @throws Fault `not-enrolled`, `identity-unreadable`, `certificate-expired`
 */
export function loadIdentity(dataDir: string, nowMs: number): Identity {
  return living(readIdentity(dataDir), nowMs);
}

/** Whether the control plane can be asked for a certificate after the last one ran out. */
export function isRecoverable({ recoveryKey, enrolAddress }: Pick<Identity, 'recoveryKey' | 'enrolAddress'>): boolean {
  return recoveryKey !== null && enrolAddress !== null;
}

/**
 * The identity, if its certificate has not run out.
 * @throws Fault `certificate-expired`
 */
export function living(identity: Identity, nowMs: number): Identity {
  const { serial, notAfter } = identity;
  if (nowMs >= notAfter.getTime()) throw new Fault('certificate-expired', { whose: 'agent', serial, notAfter: notAfter.toISOString() });
  return identity;
}

function assemble(about: About, pem: Pick<Identity, 'key' | 'certificateChain' | 'trustBundle' | 'recoveryKey'>): Identity {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(pem.certificateChain);
    if (fromPem(pem.trustBundle).length === 0) throw new Fault('identity-unreadable', { reason: 'no root is trusted' });
    if (!leaf.checkPrivateKey(createPrivateKey(pem.key))) throw new Fault('identity-unreadable', { reason: 'the key is not that of the certificate' });
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('identity-unreadable', { reason: 'a key or certificate is not in PEM' }, { cause: error });
  }
  const { tenant, agent, streamAddress: address, enrolledAt, enrolAddress } = about;
  const trustDomain = parseSpiffeUri((leaf.subjectAltName ?? '').replace(/^URI:/, ''))?.trustDomain;
  if (trustDomain === undefined) throw new Fault('identity-unreadable', { reason: 'the certificate names no agent' });
  return { trustDomain, tenant, agent, address, ...pem, serial: leaf.serialNumber.toLowerCase(), notBefore: leaf.validFromDate, notAfter: leaf.validToDate, enrolledAt, enrolAddress };
}

function parseAbout(text: string, file: string): About {
  try {
    return About.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('identity-unreadable', { file }, { cause });
  }
}

function readText(file: string, whenMissing: 'not-enrolled' | 'identity-unreadable'): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault(isMissing(cause) ? whenMissing : 'identity-unreadable', { file }, { cause });
  }
}
