import type { Command } from 'commander';
import { z } from 'zod';
import { read } from '../client.ts';
import { footer, type ListOptions, type Open, pageQuery } from '../session.ts';
import { relativeTime } from '../terminal/relative-time.ts';
import { renderTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const Certificate = z.looseObject({
  serial: z.string(),
  subject: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  revokedAt: z.string().nullable(),
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
}

function renderCertificates(certificates: readonly Certificate[], next: string | null, { width, paint, now }: Terminal): string {
  if (certificates.length === 0) return 'No certificate has been issued to an agent yet. `dd0c tokens create` is the first step.\n';
  const state = ({ revokedAt, notAfter }: Certificate): string => {
    if (revokedAt !== null) return 'revoked';
    return Date.parse(notAfter) <= now() ? 'expired' : 'valid';
  };
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
