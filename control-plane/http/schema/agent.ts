import { z } from 'zod';
import { moment, next } from './page.ts';

/** A certificate as an operator knows it. */
export const CertificateRef = z.object({ serial: z.string(), notAfter: moment });

/** One agent of the fleet. */
export const Agent = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.string().describe('`online`, `lost`, `locked`, `draining`, `drained`, `enrolled` or `removed`'),
    version: z.string().nullable(),
    hostname: z.string().nullable(),
    os: z.string().nullable(),
    arch: z.string().nullable(),
    certificate: CertificateRef.nullable(),
    labels: z.record(z.string(), z.string()).describe('As its join token said'),
    alerts: z.array(z.string()).describe('What it last said is wrong with it, as `spool-full`'),
    enrolledAt: moment,
    lastSeen: moment.nullable(),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof Agent>;

export const AgentPage = z.object({ agents: z.array(Agent), next }).meta({ id: 'AgentPage' });

/** One certificate that the authority issued. */
export const Certificate = z
  .object({
    serial: z.string(),
    subject: z.string(),
    agent: z.string().nullable(),
    notBefore: moment,
    notAfter: moment,
    revokedAt: moment.nullable(),
    generation: z.number().int().describe('1 at enrolment, one more with each renewal'),
    fingerprint: z.string().describe('SHA-256 of the certificate in DER, hexadecimal'),
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof Certificate>;

/** `{serial}` in a path. */
export const BySerial = z.object({ serial: z.string().regex(/^[0-9a-f]{1,64}$/, 'a serial number in hexadecimal, in lower case') });

export const CertificatePage = z.object({ certificates: z.array(Certificate), next }).meta({ id: 'CertificatePage' });
