import { randomBytes, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSteps, type Steps } from '#agent/cli/steps/open-steps.ts';
import { createScrubbers } from '#agent/scrub/scrubber.ts';
import { openSpool, type Spool } from '#agent/spool/spool.ts';
import { createUplink, type Uplink } from '#agent/uplink/uplink.ts';
import { type Approval, readApproval, type SignedApproval } from '#proto/domain/approval.ts';
import { canonicalBytes } from '#proto/domain/canonical.ts';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import type { StepOrderDelivery } from '#proto/domain/order.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import { hashPlan, type Step } from '#proto/domain/step-plan.ts';
import { policyOf } from '#test/fakes/admission.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { fakeSandbox, type FakeSandbox } from '#test/fakes/sandbox.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';
import { type HostileServer, startHostileServer } from '#test/harness/hostile-server.ts';
import { listen } from '#test/harness/link.ts';
import { type Credentials, type LinkPki, makeLinkPki } from '#test/harness/link-pki.ts';

const [ada, bob, eve] = [signatory('ada'), signatory('bob'), signatory('eve')];
const identity = { tenant: toTenantId(uuidOf(1)), agent: toAgentId(uuidOf(2)) };
const newScrubber = createScrubbers({ key: randomBytes(32) });
const destroy: Partial<Step> = { run: { kind: 'command', words: ['terraform', 'destroy', '-auto-approve'] } };
let pki: LinkPki;
let credentials: Credentials;
let server: HostileServer;
let dir: string;
let sandbox: FakeSandbox;
let agent: { spool: Spool; steps: Steps; uplink: Uplink };

beforeAll(async () => {
  pki = await makeLinkPki();
  credentials = await pki.agent({ trustDomain: 'test.dd0c', ...identity });
  dir = mkdtempSync(join(tmpdir(), 'dd0c-hostile-'));
  server = await startHostileServer(pki);
  start();
});

afterAll(async () => {
  await stop();
  server.stop();
  rmSync(dir, { recursive: true, force: true });
});

function start(): void {
  const { log } = listen();
  sandbox = fakeSandbox();
  const spool = openSpool({ dir, maxBytes: 64 * 1024 * 1024, newId: randomUUID, clock: Date.now, warn: () => {} });
  const policy = policyOf({ programs: ['systemctl', 'terraform'], tiers: [1] });
  const settings = { policy, approvers: [ada.pinned(), bob.pinned()], secrets: {}, parallel: 4, drainMs: 1_000 };
  const steps = openSteps({ settings, identity, dataDir: dir, env: {}, spool, sandbox, newScrubber, log });
  steps.recover();
  const uplink = createUplink({
    identity: () => ({ ...credentials, trustBundle: pki.root, address: server.address }),
    spool,
    about: { agentVersion: '0.1.0', capabilities: steps.capabilities, hostname: 'host', os: 'linux', arch: 'x64' },
    clock: Date.now,
    random: () => 0.01,
    log,
    onOrder: () => {},
    onStepOrder: (order) => steps.take(order),
    onCancel: (id) => steps.cancel(id),
  });
  uplink.start();
  agent = { spool, steps, uplink };
}

async function stop(): Promise<void> {
  await agent.uplink.close();
  agent.steps.close();
  agent.spool.close();
}

/** An order of this moment that nobody had before. */
function fresh(step: Partial<Step> = destroy, change: Partial<StepOrder> = {}): StepOrder {
  const now = Date.now();
  return orderOf(planOf(stepOf(step), { risk: step === destroy ? 'dangerous' : 'read_only' }), { nonce: randomBytes(32).toString('hex'), lease: randomUUID(), execution: randomUUID(), issuedAtMs: now, notAfterMs: now + 600_000, ...change });
}

async function deliver(order: StepOrder | Uint8Array, approvals: readonly SignedApproval[] = []): Promise<unknown> {
  const id = randomUUID();
  const delivery: StepOrderDelivery = order instanceof Uint8Array ? { kind: 'step', id, envelope: order, approvals } : deliveryOf(order, approvals, id);
  await server.say({ kind: 'order', order: delivery });
  const { ending } = await server.result(id);
  return ending.state === 'refused' ? ending.code : ending.state;
}

/** The same order with something else in its plan, and a hash that fits. */
function replanned(order: StepOrder, step: Partial<Step>, plan: Partial<StepOrder['plan']> = {}): StepOrder {
  const altered = { ...order.plan, ...plan, step: { ...order.plan.step, ...step } };
  return { ...order, plan: altered, planHash: hashPlan(altered) };
}

function altered({ statement }: SignedApproval, change: Partial<Approval>, key: typeof ada.privateKey): SignedApproval {
  const bytes = canonicalBytes({ ...readApproval(statement), ...change });
  return { statement: bytes, signature: sign(null, bytes, key) };
}

describe('a control plane that was taken over', () => {
  test('learns what holds on the agent', async () => {
    await expect.poll(() => server.hellos.length).toBeGreaterThan(0);

    expect(server.hellos[0]?.capabilities).toEqual(['steps', 'sandbox-tier-1', 'steps-approved']);
  });

  const attacks: readonly (readonly [name: string, code: string, attack: () => Promise<unknown>])[] = [
    ['unsigned', 'order-not-approved', async () => deliver(fresh())],
    ['signed by a key of its own', 'order-not-approved', async () => deliver(...signedBy(eve))],
    ['signed in the name of a pinned key', 'approval-invalid', async () => deliver(...signedBy(eve, { keyId: ada.pinned().keyId }))],
    ['with junk for a signature', 'approval-invalid', async () => { const [order, [approval]] = signedBy(ada); return deliver(order, approval && [{ ...approval, signature: randomBytes(64) }]); }],
    ['with an approval of another order', 'approval-invalid', async () => deliver(fresh(), [ada.approve(fresh())])],
    ['with another command than was approved', 'approval-invalid', async () => { const [order, approvals] = signedBy(ada); return deliver(replanned(order, { run: { kind: 'command', words: ['terraform', 'destroy', '-target=all'] } }), approvals); }],
    ['with another command under the approved hash', 'order-invalid', async () => { const [order, approvals] = signedBy(ada); return deliver({ ...replanned(order, { title: 'x' }), planHash: order.planHash }, approvals); }],
    ['with a wider sandbox than was approved', 'approval-invalid', async () => { const [order, approvals] = signedBy(ada); return deliver(replanned(order, { sandbox: { ...order.plan.step.sandbox, writable: ['/etc'] } }), approvals); }],
    ['with a wider sandbox that somebody did approve, and the owner did not', 'step-policy-denied', async () => { const order = fresh(destroy); const wide = replanned(order, { sandbox: { ...order.plan.step.sandbox, network: ['evil.example:443'] } }); return deliver(wide, [ada.approve(wide)]); }],
    ['with a weaker tier than the owner allows', 'step-policy-denied', async () => { const weak = replanned(fresh(destroy), { sandbox: { ...stepOf().sandbox, tier: 2 } }); return deliver(weak, [ada.approve(weak)]); }],
    ['with a risk played down, and nobody asked', 'risk-understated', async () => deliver(replanned(fresh(), {}, { risk: 'read_only' }))],
    ['with a risk played down to those who approved', 'risk-understated', async () => { const order = replanned(fresh(), {}, { risk: 'caution' }); return deliver(order, [ada.approve(order), bob.approve(order)]); }],
    ['of what never runs, approved by everybody', 'step-forbidden', async () => { const order = replanned(fresh(), { run: { kind: 'script', shell: 'bash', text: 'rm -rf /' } }, { risk: 'dangerous' }); return deliver(order, [ada.approve(order), bob.approve(order)]); }],
    ['of a program that the owner does not allow', 'step-policy-denied', async () => deliver(fresh({ run: { kind: 'command', words: ['cat', '/etc/passwd'] } }))],
    ['of harmless words that start something else', 'step-policy-denied', async () => deliver(fresh({ run: { kind: 'script', shell: 'sh', text: 'systemctl status api; uname -a' } }))],
    ['with a variable that loads code', 'risk-understated', async () => deliver(fresh({ env: { LD_PRELOAD: '/tmp/x.so' } }))],
    ['that asks for a secret, unsigned', 'secret-not-granted', async () => deliver(fresh({ secrets: ['token'] }))],
    ['for another agent of the tenant', 'order-misaddressed', async () => { const order = fresh(destroy, { agent: uuidOf(22) }); return deliver(order, [ada.approve(order)]); }],
    ['for the same agent of another tenant', 'order-misaddressed', async () => { const order = fresh(destroy, { tenant: uuidOf(11) }); return deliver(order, [ada.approve(order)]); }],
    ['for another agent, readdressed', 'approval-invalid', async () => { const order = fresh(destroy, { agent: uuidOf(22) }); return deliver({ ...order, agent: identity.agent }, [ada.approve(order)]); }],
    ['that ran out', 'order-expired', async () => { const order = fresh(destroy, { issuedAtMs: Date.now() - 900_000, notAfterMs: Date.now() - 300_000 }); return deliver(order, [ada.approve(order)]); }],
    ['that ran out, made to last', 'approval-invalid', async () => { const order = fresh(destroy, { issuedAtMs: Date.now() - 900_000, notAfterMs: Date.now() - 300_000 }); return deliver({ ...order, notAfterMs: Date.now() + 300_000 }, [ada.approve(order)]); }],
    ['with an approval made to last', 'approval-invalid', async () => { const [order, [approval]] = signedBy(ada); return deliver(order, approval && [altered(approval, { notAfterMs: order.notAfterMs + 1 }, eve.privateKey)]); }],
    ['approved by who asked for it', 'order-self-approved', async () => { const order = fresh(destroy, { requester: { id: uuidOf(7), name: 'ada' } }); return deliver(order, [ada.approve(order)]); }],
    ['approved by who asked for it, in the name of another', 'approval-invalid', async () => { const order = fresh(destroy, { requester: { id: uuidOf(7), name: 'ada' } }); return deliver({ ...order, requester: { id: uuidOf(8), name: 'jo' } }, [ada.approve(order)]); }],
    ['of the rollback, under the approval of the step', 'approval-invalid', async () => { const order = fresh({ ...destroy, rollback: { kind: 'command', words: ['systemctl', 'stop', 'api'] } }); const plan = replanned(order, {}, { risk: 'dangerous' }); return deliver({ ...plan, part: 'rollback' }, [ada.approve(plan)]); }],
    ['to try again what may run once', 'order-invalid', async () => { const order = fresh(); return deliver({ ...order, attempt: 2 }, [ada.approve(order)]); }],
    ['to try again before the first try', 'attempt-out-of-turn', async () => { const order = replanned(fresh(), { idempotent: true, retries: 3 }); return deliver({ ...order, attempt: 2 }, [ada.approve(order)]); }],
    ['of a kind that it made up', 'order-invalid', async () => deliver(canonicalBytes({ ...fresh(), sudo: true }))],
    ['that could be read in two ways', 'order-invalid', async () => { const text = canonicalBytes(fresh()).toString(); return deliver(Buffer.from(text.replace('{', `{"agent":"${identity.agent}",`))); }],
    ['of a size that it made up', 'order-invalid', async () => deliver(Buffer.alloc(250 * 1024, '['))],
  ];

  test.each(attacks)('gets nothing run by an order %s: %s', async (_, code, attack) => {
    expect(await attack()).toBe(code);
    expect(sandbox.runs).toEqual([]);
  });

  test('gets a good order run, and none of its copies, now or after a restart', async () => {
    const [order, approvals] = signedBy(ada);
    const first = deliver(order, approvals);
    (await sandbox.nextRun()).exit();
    expect(await first).toBe('ended');

    expect(await deliver(order, approvals)).toBe('order-replayed');
    expect(await deliver({ ...order, lease: randomUUID() }, approvals)).toBe('order-replayed');
    expect(await deliver(order, [...approvals, bob.approve(order)])).toBe('order-replayed');
    await stop();
    start();
    expect(await deliver(order, approvals)).toBe('order-replayed');
    expect(sandbox.runs).toEqual([]);
  });

  test('gets one thing run under one approval, also where the same person approved another', async () => {
    const order = fresh();
    const other = { ...replanned(order, { title: 'Another' }), nonce: order.nonce };
    const first = deliver(order, [ada.approve(order)]);
    (await sandbox.nextRun()).exit();
    await first;

    expect(await deliver(other, [ada.approve(other)])).toBe('order-replayed');
    expect(sandbox.runs).toHaveLength(1);
  });

  test('gets nothing run that was cancelled before it came', async () => {
    const [order, approvals] = signedBy(ada);
    const id = randomUUID();
    await server.say({ kind: 'cancel', orderId: id });
    await server.say({ kind: 'order', order: deliveryOf(order, approvals, id) });

    expect((await server.result(id)).ending).toMatchObject({ state: 'refused', code: 'order-cancelled' });
    expect(sandbox.runs).toHaveLength(1);
  });

  test('hears of each refusal that the agent has it, how serious it finds it, and what to do', async () => {
    const order = fresh();
    const id = randomUUID();
    await server.say({ kind: 'order', order: deliveryOf(order, [eve.approve(order)], id) });
    const result = await server.result(id);

    expect(server.received).toContain(id);
    expect(result).toMatchObject({ execution: order.execution, lease: order.lease, planHash: order.planHash, verdict: { risk: 'dangerous' }, approvedBy: [], ending: { state: 'refused', next: expect.stringMatching(/\w/) } });
  });

  test('is left when it sends what no frame can hold, and the agent comes again', async () => {
    const before = server.hellos.length;
    await server.say({ kind: 'order', order: { kind: 'step', id: randomUUID(), envelope: Buffer.alloc(600 * 1024), approvals: [] } });

    await expect.poll(() => server.hellos.length).toBeGreaterThan(before);
    expect(sandbox.runs).toHaveLength(1);
  });
});

function signedBy(person: typeof ada, change: Partial<Approval> = {}): [StepOrder, readonly SignedApproval[]] {
  const order = fresh();
  return [order, [person.approve(order, change)]];
}
