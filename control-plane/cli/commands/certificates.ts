import type { Command } from 'commander';
import { z } from 'zod';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { renderRecord } from '../terminal/record.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Certificate = z.looseObject({
  serial: z.string(),
  subject: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  revokedAt: z.string().nullable(),
  agent: z.string().nullable(),
  generation: z.number(),
  fingerprint: z.string(),
});
type Certificate = z.infer<typeof Certificate>;

const Certificates = z.looseObject({ certificates: z.array(Certificate), next: z.string().nullable() });

/** `dd0c certificates …` */
export function certificateCommands(program: Command, open: Open): void {
  const certificates = program.command('certificates').alias('certs').description('what the authority issued');

  certificates
    .command('list')
    .description('certificates given to agents, the latest first')
    .option('--limit <n>', 'how many at most')
    .option('--cursor <cursor>', 'go on behind a list before')
    .action(async (options: ListOptions) => {
      const { client, terminal, tell } = await open();
      const answer = read(Certificates, await client.call({ path: '/v1/certificates', query: pageQuery(options) }));
      tell(answer, (list) => renderCertificates(list.certificates, list.next, terminal));
    });

  certificates
    .command('show <serial>')
    .description('one certificate')
    .action(async (serial: string) => {
      const { client, terminal, tell } = await open();
      tell(read(Certificate, await client.call({ path: certificatePath(serial) })), (one) => renderCertificate(one, terminal));
    });

  certificates
    .command('revoke <serial>')
    .description('make a certificate useless, for good; its agent is cut off')
    .action(async (serial: string) => {
      const { client, tell } = await open();
      tell(read(Certificate, await client.call({ method: 'POST', path: `${certificatePath(serial)}/revoke` })), () => 'Revoked. Where the agent has no other certificate it can only come back with a new join token.\n');
    });
}

/** Serials are shown in lower case; openssl writes them in upper case, with colons. */
function certificatePath(serial: string): string {
  return `/v1/certificates/${encodeURIComponent(serial.replaceAll(':', '').toLowerCase())}`;
}

function renderCertificate(one: Certificate, { paint, now }: Terminal): string {
  return renderRecord(
    one.subject,
    [
      ['serial', one.serial],
      ['agent', one.agent ?? '–'],
      ['generation', String(one.generation)],
      ['state', stateOf(one, now())],
      ['valid from', `${relativeTime(one.notBefore, now())} (${one.notBefore})`],
      ['ends', `${relativeTime(one.notAfter, now())} (${one.notAfter})`],
      ['revoked', one.revokedAt === null ? '–' : `${relativeTime(one.revokedAt, now())} (${one.revokedAt})`],
      ['sha256', one.fingerprint],
    ],
    paint,
  );
}

function stateOf({ revokedAt, notAfter }: Certificate, nowMs: number): 'revoked' | 'expired' | 'valid' {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(notAfter) <= nowMs ? 'expired' : 'valid';
}

function renderCertificates(certificates: readonly Certificate[], next: string | null, { width, paint, now }: Terminal): string {
  if (certificates.length === 0) return 'No certificate has been issued to an agent yet. `dd0c tokens create` is the first step.\n';
  const state = (one: Certificate): string => stateOf(one, now());
  const table = renderTable(
    certificates,
    [
      { title: 'SERIAL', value: ({ serial }) => serial },
      { title: 'SUBJECT', value: ({ subject }) => subject, shrinks: true },
      { title: 'STATE', value: state, colour: (one) => (state(one) === 'valid' ? 'green' : 'dim') },
      { title: 'VALID FROM', value: ({ notBefore }) => relativeTime(notBefore, now()) },
      { title: 'ENDS', value: ({ notAfter }) => relativeTime(notAfter, now()) },
    ],
    { width, paint },
  );
  return table + footer(certificates.length, 'certificate', next);
}
