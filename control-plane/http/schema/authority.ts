import { z } from 'zod';
import { moment } from './page.ts';

const AuthorityCertificate = z.object({ subject: z.string(), serial: z.string(), fingerprint: z.string().describe('SHA-256 of the certificate in DER, hexadecimal'), notAfter: moment });
const Intermediate = AuthorityCertificate.extend({ replacedAt: moment.nullable().describe('When another took its place; what it issued until then is still good') });

/** How the certificate authority stands. */
export const Authority = z
  .object({
    trustDomain: z.string(),
    pin: z.string().describe('Of the root that issues'),
    phase: z.string().describe('`steady`, `prepared`, `trusting` or `issuing`'),
    since: moment.nullable(),
    trust: z.string().describe('Fingerprint of the roots that agents are to trust'),
    roots: z.array(
      AuthorityCertificate.extend({
        which: z.string().describe('`current` or `successor`'),
        pin: z.string(),
        key: z.string().describe('`here`, or `elsewhere` where the private key is not on the server'),
        exportedAt: moment.nullable(),
        agents: z.array(Intermediate),
        servers: z.array(Intermediate),
      }),
    ),
    requests: z.array(z.object({ role: z.string(), root: z.string(), requestedAt: moment })).describe('Intermediates that wait for a signature'),
    next: z.object({
      step: z.string(),
      lacks: z.string().nullable().describe('What agents that wait do not have yet: `trust` in both roots, or a `certificate` under the right one'),
      ready: z.number().int(),
      counted: z.number().int(),
      away: z.number().int().describe('Locked, or with a certificate that ran out; not counted'),
      waiting: z.array(z.object({ id: z.string(), name: z.string(), lastSeen: moment.nullable() })).describe('At most 100'),
      waitingElsewhere: z.number().int().describe('Those of other tenants'),
    }),
    warnings: z.array(z.object({ code: z.string(), subject: z.string(), notAfter: moment })),
    restoredAt: moment.nullable(),
  })
  .meta({ id: 'Authority' });

const pem = z.string().max(16 * 1024).startsWith('-----BEGIN CERTIFICATE-----');

/** One step of a rotation. */
export const RotationRequest = z
  .object({
    step: z.enum(['prepare', 'trust', 'issue', 'retire', 'roll-back']),
    force: z.boolean().default(false).describe('Leaves agents behind that are not ready: they have to enrol again'),
    share: z.number().min(0).max(1).default(1).describe('How many of the agents that are counted have to be ready'),
    root: pem.optional().describe('For `prepare`: a root that was made elsewhere'),
    voucher: pem.optional().describe('That root’s certificate, signed by the root that is to be replaced'),
  })
  .meta({ id: 'RotationRequest' });

const role = z.enum(['agents', 'servers']);
export const WhichRoot = z.object({ which: z.enum(['current', 'successor']).default('current') });
export const IntermediateWanted = WhichRoot.extend({ role });
export const IntermediateRequest = z.object({ role, request: z.string().describe('PKCS #10 in PEM') }).meta({ id: 'IntermediateRequest' });
export const SignedIntermediate = z.object({ certificate: pem });
export const ExportedRoot = z
  .object({ host: z.string().describe('The server that wrote it'), file: z.string().describe('On that host'), passphrase: z.string().describe('Told once') })
  .meta({ id: 'ExportedRoot' });
