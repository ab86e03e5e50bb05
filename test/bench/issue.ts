import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Pkcs10CertificateRequest, X509CertificateGenerator } from '#ca/x509/library.ts';
import { ecdsaP256 } from '#ca/x509/p256.ts';
import { writeRequest } from '#ca/x509/request.ts';
import type { Database } from '#control-plane/store/database.ts';
import { toAgentId } from '#proto/domain/identity.ts';
import { makeTenant, type OpenedDatabase } from '#test/harness/databases.ts';
import { makeFleet, withToken } from '#test/harness/enrolment.ts';
import { makeKey, openTestPki } from '#test/harness/pki.ts';
import { onEachDatabase } from './each-database.ts';

/**
 * How many certificates a second are issued to new agents, from the join token to the commit, beside the bare limit: the
 * library's check of a request and its signature on a certificate, in the same process and the same round. Medians, by the
 * clock and by the processor time of this process, which a busy machine disturbs less; Postgres has a processor of its own.
 */
export async function benchIssue(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { certificates: { type: 'string', default: '400' }, rounds: { type: 'string', default: '5' }, atOnce: { type: 'string', default: '8' }, database: { type: 'string', default: 'both' } },
  });
  const size = { certificates: Number(values.certificates), rounds: Number(values.rounds), atOnce: Number(values.atOnce) };
  print(`${size.certificates} certificates a round, ${size.atOnce} at once, median of ${size.rounds} rounds\n`);
  await onEachDatabase(values.database, (name, opened) => benchDatabase(name, opened, size));
}

interface Size {
  readonly certificates: number;
  readonly rounds: number;
  readonly atOnce: number;
}

interface Time {
  readonly wallMs: number;
  readonly processorMs: number;
}

const kinds = ['bare', 'policy', 'enrolled', 'renewed'] as const;
type Figures<Figure> = Record<(typeof kinds)[number], Figure>;

const names: Figures<string> = {
  bare: 'bare: request verified, certificate signed',
  policy: 'the same by our authority, with its policy',
  enrolled: 'agents enrolled: token, record and commit',
  renewed: 'agents renewed: generation, record, commit',
};

async function benchDatabase(name: string, opened: OpenedDatabase, size: Size): Promise<void> {
  const rates = await measure(opened.db, size);
  await opened.close();
  print(`${`${name}, certificates/s`.padEnd(46)} by the clock   by processor time`);
  for (const kind of kinds) {
    const { wall, processor } = rates[kind];
    print(`  ${names[kind].padEnd(43)} ${told(wall)} ${share(wall, rates.bare.wall)}   ${told(processor)} ${share(processor, rates.bare.processor)}`);
  }
  print('');
}

async function measure(db: Database, { certificates, rounds, atOnce }: Size): Promise<Figures<Rate>> {
  const pki = await openTestPki();
  const fleet = makeFleet(db, pki);
  const tenant = await makeTenant(db);
  const sign = await bareSigner();
  const someAgent = toAgentId(randomUUID());
  const times: Figures<Time>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const requests = await Promise.all(Array.from({ length: certificates }, async () => writeRequest(makeKey())));
    const { token } = await fleet.tokens.createToken(tenant, { uses: 10_000 });
    const joined: Awaited<ReturnType<typeof fleet.enrolment.enrol>>[] = [];
    const successors = await Promise.all(Array.from({ length: certificates }, async () => writeRequest(makeKey())));
    times.push({
      bare: await timed(requests, atOnce, sign),
      policy: await timed(requests, atOnce, async (csr) => void (await (await pki.authority.acceptRequest(csr)).issueFor(tenant, someAgent)) ),
      enrolled: await timed(requests, atOnce, async (csr) => void joined.push(await fleet.enrolment.enrol(withToken(token, csr)))),
      renewed: await timed(joined, atOnce, async ({ agent: id, serial }, index) => {
        const csr = successors[index];
        if (csr !== undefined) await fleet.renewal.renew({ identity: { trustDomain: 'test.dd0c', tenant, agent: id }, serial, csr, remoteAddress: '192.0.2.1:1' });
      }),
    });
  }
  const warm = times.slice(1); // the first round warms the compiler and the database
  const rate = (kind: keyof Figures<Time>): Rate => ({
    wall: (certificates * 1_000) / median(warm.map((round) => round[kind].wallMs)),
    processor: (certificates * 1_000) / median(warm.map((round) => round[kind].processorMs)),
  });
  return { bare: rate('bare'), policy: rate('policy'), enrolled: rate('enrolled'), renewed: rate('renewed') };
}

interface Rate {
  readonly wall: number;
  readonly processor: number;
}

/** What the library alone takes for it. */
async function bareSigner(): Promise<(csr: Uint8Array) => Promise<void>> {
  const issuer = await crypto.subtle.generateKey(ecdsaP256, true, ['sign', 'verify']);
  return async (csr) => {
    const request = new Pkcs10CertificateRequest(Buffer.from(csr));
    if (!(await request.verify())) throw new Error('the request is not signed');
    await X509CertificateGenerator.create({
      serialNumber: randomBytes(16).toString('hex'), subject: 'CN=agent', issuer: 'CN=issuer', notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000),
      signingKey: issuer.privateKey, publicKey: request.publicKey, signingAlgorithm: ecdsaP256,
    });
  };
}

async function timed<Item>(items: readonly Item[], atOnce: number, work: (item: Item, index: number) => Promise<void>): Promise<Time> {
  const waiting = items.entries();
  const started = performance.now();
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of waiting) await work(item, index);
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - started, processorMs: (user + system) / 1_000 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function share(rate: number, limit: number): string {
  return `${Math.round((100 * rate) / limit)} %`.padStart(6);
}

function told(rate: number): string {
  return Math.round(rate).toLocaleString('en').padStart(6);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
