import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { readIdentity } from '#agent/identity/identity.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';
import { makePostgresDatabase, onPostgres } from '#test/harness/databases.ts';
import { type Installation, linkAgent, type LinkedAgent, startInstallation } from '#test/harness/installation.ts';
import type { PostgresServer } from '#test/harness/postgres-server.ts';
import { hello, rawLink } from '#test/harness/raw-link.ts';
import { onPath } from '#test/harness/terraform-program.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

describe('a server that was put back from a backup on a new host', { timeout: 180_000 }, () => {
  test('of the embedded database, knows its agents again, and nobody is locked', async () => {
    await tellOfRestore(async () => {
      const first = await startInstallation();
      return {
        first,
        backUp: async () => {
          await first.stop();
          const copy = temporary('dd0c-backup-');
          cpSync(first.data, copy, { recursive: true });
          return { again: (ports) => startInstallation({ data: first.data, ports }), restore: (ports) => startInstallation({ data: copy, ports }) };
        },
      };
    });
  });

  onPostgres(`of a Postgres, by pg_dump${onPath('pg_dump') === undefined ? ' [not run: no pg_dump]' : ''}`, (postgres) => {
    test.skipIf(onPath('pg_dump') === undefined)('knows its agents again, and nobody is locked', { timeout: 180_000 }, async () => {
      const [url, other] = [await makePostgresDatabase(postgres()), await makePostgresDatabase(postgres())];
      await tellOfRestore(async () => {
        const first = await startInstallation({ args: ['--database-url', url] });
        return {
          first,
          backUp: async () => {
            const keys = temporary('dd0c-backup-');
            for (const folder of ['ca', 'admin-token']) cpSync(join(first.data, folder), join(keys, folder), { recursive: true });
            const dump = execFileSync('pg_dump', ['--no-owner', as(postgres(), url)], { encoding: 'utf8', maxBuffer: 2 ** 28 }); // while it runs
            return {
              again: async () => first,
              restore: async (ports) => {
                execFileSync('psql', ['--quiet', '--set', 'ON_ERROR_STOP=1', '--single-transaction', other], { input: dump });
                return await startInstallation({ data: keys, ports, args: ['--database-url', other] });
              },
            };
          },
        };
      });
    });
  });
});

interface Backup {
  /** The first server, after the backup. */
  again(ports: Ports): Promise<Installation>;
  /** Another one, from the backup. */
  restore(ports: Ports): Promise<Installation>;
}
interface Ports {
  readonly grpc: string;
  readonly enroll: string;
}

/** What happens before the backup, between it and the loss, and after it was put back. */
async function tellOfRestore(begin: () => Promise<{ readonly first: Installation; readonly backUp: () => Promise<Backup> }>): Promise<void> {
  const { first, backUp } = await begin();
  const { grpc, enroll } = first.plane.ready;
  const one = await link(first, 'one');
  const quiet = await link(first, 'quiet'); // it does nothing between backup and loss
  await tell(one, 1);
  const backup = await backUp();

  const second = await backup.again({ grpc, enroll });
  await live(one);
  await tell(one, 2);
  const stolen = readIdentity(one.folder); // somebody copies its keys, before it renews
  await one.keeper.renew();
  await reconnect(one);
  const late = await second.enrol('late');
  await second.stop();
  rmSync(second.data, { recursive: true, force: true });

  const third = await backup.restore({ grpc, enroll });
  cleanups.push(() => third.stop());
  cleanups.push(() => rmSync(third.data, { recursive: true, force: true }));
  await live(quiet);
  await expect.poll(() => third.told.some(({ fault }) => fault === 'certificate-unknown'), { timeout: 60_000 }).toBe(true);
  expect(await third.ask('POST', '/v1/ca/restored')).toMatchObject({ status: 200 });
  await one.stop(); // started again, so that the test need not wait as long as a refused agent does
  const back = linkAgent(one.folder);
  cleanups.push(() => back.stop());
  await live(back);

  // what was acknowledged after the backup is not there; the next report brings it
  expect(await addresses(third)).toEqual(['aws_instance.host[1]']);
  await tell(back, 3);
  await expect.poll(() => addresses(third)).toEqual(['aws_instance.host[3]']);
  const { agents } = (await third.ask('GET', '/v1/agents')).body as { agents: { name: string; state: string }[] };
  expect(agents.map(({ name, state }) => `${name} ${state}`)).toEqual(['one online', 'quiet online']);

  // an older certificate, known or not, is not let in beside the one that was adopted; and who came after the backup is unknown
  const thief = rawLink(stolen.address, stolen.trustBundle, stolen);
  thief.send(hello(randomUUID()));
  expect((await thief.ended).fault).toBe('agent-cloned');
  const stranger = readIdentity(late);
  const newcomer = rawLink(stranger.address, stranger.trustBundle, stranger);
  newcomer.send(hello(randomUUID()));
  expect((await newcomer.ended).fault).toMatch(/^(agent-removed|certificate-unknown|not-found)$/);
  rmSync(late, { recursive: true, force: true });
}

async function link(to: Installation, name: string): Promise<LinkedAgent & { readonly folder: string }> {
  const folder = await to.enrol(name);
  const agent = linkAgent(folder);
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  cleanups.push(() => agent.stop());
  await live(agent);
  return { ...agent, folder };
}

async function live({ uplink }: LinkedAgent): Promise<void> {
  await expect.poll(() => uplink.state, { timeout: 60_000 }).toMatchObject({ kind: 'live' });
}

async function reconnect({ uplink }: LinkedAgent): Promise<void> {
  const epoch = (): number => (uplink.state.kind === 'live' ? uplink.state.welcome.epoch : 0);
  const before = epoch();
  uplink.reconnect();
  await expect.poll(epoch, { timeout: 10_000 }).toBeGreaterThan(before);
}

/** Reports one finding, of which the number tells when, and waits until it is acknowledged. */
async function tell({ spool, uplink }: LinkedAgent, number: number): Promise<void> {
  const told = report('net', [finding(number)], new Date(Date.now() - 60_000 + number * 1_000).toISOString());
  spool.append(splitReport(scrubbed(told), randomUUID()));
  await uplink.flush(AbortSignal.timeout(20_000));
}

async function addresses(of: Installation): Promise<readonly string[]> {
  const { findings } = (await of.ask('GET', '/v1/findings')).body as { findings: { address: string; resolvedAt: string | null }[] };
  return findings.filter(({ resolvedAt }) => resolvedAt === null).map(({ address }) => address);
}

function temporary(prefix: string): string {
  return mkdtempSync(join(tmpdir(), prefix));
}

/** The same database as its administrator: row-level security hides its rows from everybody else, also from its owner. */
function as({ admin }: PostgresServer, url: string): string {
  const address = new URL(admin);
  address.pathname = new URL(url).pathname;
  return address.href;
}
