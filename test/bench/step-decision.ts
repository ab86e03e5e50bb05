import { asTenant } from '#control-plane/store/tenant-tx.ts';
import { makeTenant, type OpenedDatabase, openPgliteForTest, openPostgresForTest } from '#test/harness/databases.ts';
import { makeAgent } from '#test/harness/link.ts';
import { findPostgres } from '#test/harness/postgres-server.ts';
import { connectAgent, makeApprover, openRunbooks, signQuestion } from '#test/harness/runbooks.ts';
import { spread } from './figures.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * The control plane's half of a step that waited for a person: from a signature to the order that is committed, and from the
 * bell that follows it to the order as it goes into a frame.
 */
export async function benchStepDecision(count: number): Promise<void> {
  await measure('PGlite', await openPgliteForTest(), count);
  const postgres = await findPostgres()?.start();
  if (postgres === undefined) return say('no Postgres here: not measured over it');
  await measure('Postgres', await openPostgresForTest(postgres), count);
  await postgres.stop();
}

async function measure(database: string, opened: OpenedDatabase, count: number): Promise<void> {
  const { db } = opened;
  const tenant = await makeTenant(db);
  const agent = await makeAgent(db, tenant);
  await connectAgent(db, tenant, agent);
  const runbooks = openRunbooks(db);
  const [jo, kim] = [makeApprover(tenant, 'jo'), makeApprover(tenant, 'kim')];
  await runbooks.use.addKey(kim.person, { publicKey: kim.publicKey, name: 'kim' });
  const { version } = await runbooks.use.importRunbook(jo.person, 'name: restart\ntitle: Restart\nsteps: [{ id: restart, run: systemctl restart api }]');
  await runbooks.use.setTrust(jo.person, 'restart', version, { trust: 'manual' });
  const decided: number[] = [];
  const looked: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const { id } = await runbooks.use.startExecution(jo.person, { runbook: 'restart', agent, parameters: {} });
    const signature = signQuestion(await runbooks.use.getQuestion(kim.person, id), kim);
    const signedAt = performance.now();
    await runbooks.use.approve(kim.person, id, signature);
    const committedAt = performance.now();
    const [order] = await asTenant(db, tenant, (tx) => runbooks.orders.waiting(tx, [agent]));
    looked.push(performance.now() - committedAt);
    decided.push(committedAt - signedAt);
    if (order === undefined) throw new Error('no order waits');
    await asTenant(db, tenant, (tx) => tx.query('update step_order set ended_at = now() where ended_at is null'));
  }
  say(`the control plane's half over ${database}, ${count} times, ms`);
  say(`  signature to order committed    ${spread(decided)}`);
  say(`  bell to order for the frame     ${spread(looked)}\n`);
  await opened.close();
}
