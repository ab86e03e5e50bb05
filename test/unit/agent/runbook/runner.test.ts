import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FactBody } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import { policyOf } from '#test/fakes/admission.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { fakeSandbox } from '#test/fakes/sandbox.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';
import { openStepBench, type StepBench, type StepBenchOptions } from '#test/fakes/steps.ts';

const ada = signatory('ada');
const probed = planOf(stepOf({ run: { kind: 'command', words: ['systemctl', 'restart', 'api'] }, probe: { kind: 'command', words: ['systemctl', 'is-active', 'api'] } }), { risk: 'caution' });
let dir: string;
let sandbox = fakeSandbox();
let bench: StepBench;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dd0c-runner-'));
  sandbox = fakeSandbox();
  bench = open();
});

afterEach(() => {
  bench.close();
  rmSync(dir, { recursive: true, force: true });
});

function open(options: Partial<StepBenchOptions> = {}): StepBench {
  return openStepBench({ dir, sandbox, desk: { approvers: [ada.pinned()] }, ...options });
}

/** The process dies and another one takes its place: nothing but the journal and what was told is left. */
function restart(options: Partial<StepBenchOptions> = {}): void {
  bench.close();
  sandbox = fakeSandbox();
  bench = open({ told: [...bench.told], ...options });
  bench.runner.recover();
}

function take(number: number, order: StepOrder = orderOf(planOf(), { nonce: number.toString(16).padStart(64, '0') })): string {
  const approvals = order.plan.risk === 'read_only' ? [] : [ada.approve(order)];
  bench.runner.take(deliveryOf(order, approvals, uuidOf(number)));
  return uuidOf(number);
}

function kinds(facts: readonly FactBody[]): readonly string[] {
  return facts.map(({ kind }) => kind);
}

describe('an order', () => {
  test('is received on disk, run, and told: that it began, what it wrote, how it ended', async () => {
    const id = take(1);
    expect(bench.journal.find(id)?.state).toBe('received');

    const run = await sandbox.nextRun();
    expect(bench.journal.find(id)?.state).toBe('started');
    run.emit({ kind: 'output', stream: 'stdout', atMs: 3.4, bytes: Buffer.from('active\n') });
    run.exit({ outputBytes: 7 });
    const result = await bench.result(id);

    expect(kinds(bench.told)).toEqual(['step-started', 'step-output', 'step-end']);
    expect(result).toMatchObject({ execution: uuidOf(3), step: 'look', part: 'run', attempt: 1, lease: uuidOf(4), verdict: { risk: 'read_only' }, approvedBy: [] });
    expect(result.ending).toMatchObject({ state: 'ended', expected: true, cancelled: false, outcome: { tier: 1, exit: 0, outputBytes: 7 }, outputFacts: 1, outputLostBytes: 0 });
    expect(bench.journal.find(id)?.state).toBe('ended');
  });

  test('runs with what the plan asks for, within what the owner allows', async () => {
    bench.close();
    bench = open({ desk: { approvers: [ada.pinned()], policy: policyOf({ limits: { ...policyOf().limits, timeoutMs: 5_000 }, tiers: [2] }) }, secrets: { token: { from: { kind: 'env', name: 'T' }, as: 'API_TOKEN', runbooks: null } } });
    const order = orderOf(planOf(stepOf({ env: { A: '1' }, secrets: ['token'], sandbox: { readable: ['/etc/shop'], writable: ['/srv/shop/x'], network: ['api.shop.example:443'], tier: null } })));
    bench.runner.take(deliveryOf(order, [ada.approve(order)], uuidOf(1)));

    const run = await sandbox.nextRun();
    run.emit({ kind: 'output', stream: 'stdout', atMs: 1, bytes: Buffer.from('the token is value-of-T\n') });
    run.exit();
    await bench.result(uuidOf(1));

    expect(run.spec).toEqual({ command: ['systemctl', 'status', 'api'], workdir: null, readable: ['/etc/shop'], writable: ['/srv/shop/x'], env: { A: '1', API_TOKEN: 'value-of-T' }, network: ['api.shop.example:443'], limits: { ...order.plan.step.limits, timeoutMs: 5_000 }, tier: 2 });
    expect(JSON.stringify(bench.told.map((fact) => (fact.kind === 'step-output' ? Buffer.from(fact.data).toString() : fact)))).not.toContain('value-of-T');
  });

  test.each([
    ['an exit code that the plan does not expect', { exit: 3 }, ''],
    ['a limit', { exit: 0, limit: 'output' as const }, 'ready'],
    ['a missing text', { exit: 0 }, 'almost'],
  ])('that ends with %s is not as expected', async (_, outcome, text) => {
    const id = take(1, orderOf(planOf(stepOf({ expect: { exit: [0], output: text === '' ? null : 'ready' } }))));
    const run = await sandbox.nextRun();
    run.emit({ kind: 'output', stream: 'stdout', atMs: 1, bytes: Buffer.from(text) });
    run.exit(outcome);

    expect((await bench.result(id)).ending).toMatchObject({ state: 'ended', expected: false });
  });

  test('that is refused has a result that says why and what to do, and nothing runs', async () => {
    const id = take(1, orderOf(planOf(), { agent: uuidOf(9) }));

    expect((await bench.result(id)).ending).toMatchObject({ state: 'refused', code: 'order-misaddressed' });
    expect(sandbox.runs).toEqual([]);
    expect(bench.lines).toMatchObject([{ message: 'step refused', code: 'order-misaddressed' }]);
  });

  test('that cannot be read has a result too', async () => {
    bench.runner.take({ kind: 'step', id: uuidOf(1), envelope: Buffer.from('junk'), approvals: [] });

    expect(await bench.result(uuidOf(1))).toMatchObject({ execution: null, lease: null, ending: { state: 'refused', code: 'order-invalid' } });
  });

  test('is run once, however often it is delivered, also after a restart', async () => {
    const id = take(1);
    take(1);
    (await sandbox.nextRun()).exit();
    await bench.result(id);
    take(1);
    restart();
    take(1);

    expect(sandbox.runs).toEqual([]);
    expect(kinds(bench.told)).toEqual(['step-started', 'step-end']);
  });

  test('with other content under a known id changes nothing', async () => {
    const id = take(1);
    take(1, orderOf(planOf(stepOf({ title: 'Another' }))));
    (await sandbox.nextRun()).exit();
    await bench.result(id);

    expect(sandbox.runs).toHaveLength(1);
    expect(bench.lines.map(({ message }) => message)).toContain('another order came under a known id; nothing of it was done');
  });

  test('under another id with a nonce that was used is refused, also after a restart', async () => {
    const order = orderOf(probed);
    take(1, order);
    (await sandbox.nextRun()).exit();
    await bench.result(uuidOf(1));

    take(2, order);
    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'refused', code: 'order-replayed' });
    restart();
    take(3, { ...order, lease: uuidOf(44), notAfterMs: order.notAfterMs + 1 });
    expect((await bench.result(uuidOf(3))).ending).toMatchObject({ state: 'refused' });
    expect(sandbox.runs).toEqual([]);
  });

  test('whose result was confirmed and is asked for again is told again, at most once a minute', async () => {
    let now = orderOf().issuedAtMs + 1_000;
    bench.close();
    bench = open({ clock: () => now });
    take(1);
    (await sandbox.nextRun()).exit();
    await bench.result(uuidOf(1));
    now += 61_000;
    take(1);
    expect(kinds(bench.told)).toEqual(['step-started', 'step-end']); // it is on its way
    bench.confirm();
    take(1);
    take(1);

    expect(kinds(bench.told)).toEqual(['step-started', 'step-end', 'step-end']);
  });
});

describe('attempts', () => {
  const plan = planOf(stepOf({ idempotent: true, retries: 2 }));
  const attempt = (number: number): StepOrder => orderOf(plan, { attempt: number, lease: uuidOf(70 + number) });

  test('follow one another after a failure', async () => {
    take(1, attempt(1));
    (await sandbox.nextRun()).exit({ exit: 1 });
    await bench.result(uuidOf(1));
    take(2, attempt(2));
    (await sandbox.nextRun()).exit();
    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'ended', expected: true });
    take(3, attempt(3));

    expect((await bench.result(uuidOf(3))).ending).toMatchObject({ state: 'refused', code: 'attempt-out-of-turn' });
  });

  test('do not run side by side', async () => {
    take(1, attempt(1));
    await sandbox.nextRun();
    take(2, attempt(2));

    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'refused', code: 'attempt-out-of-turn' });
  });
});

describe('steps side by side', () => {
  test('are as many as the owner allows; the others wait their turn', async () => {
    bench.close();
    bench = open({ parallel: 2 });
    for (const number of [1, 2, 3]) take(number);
    const first = await sandbox.nextRun();
    await sandbox.nextRun();
    expect(sandbox.runs).toHaveLength(2);
    first.exit();
    await sandbox.nextRun();

    expect(sandbox.runs).toHaveLength(3);
  });

  test('that waited too long are refused', async () => {
    let now = orderOf().issuedAtMs;
    bench.close();
    bench = open({ parallel: 1, clock: () => now });
    take(1);
    take(2);
    const run = await sandbox.nextRun();
    now = orderOf().notAfterMs + 120_000;
    run.exit();

    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'refused', code: 'order-expired' });
  });

  test('beyond what a person could have meant are refused', async () => {
    bench.close();
    bench = open({ parallel: 1 });
    for (let number = 1; number <= 66; number += 1) take(number);

    expect((await bench.result(uuidOf(66))).ending).toMatchObject({ state: 'refused', code: 'steps-busy' });
  });
});

describe('a cancel', () => {
  test('kills a step that runs', async () => {
    const id = take(1);
    await sandbox.nextRun();
    bench.runner.cancel(id);

    expect((await bench.result(id)).ending).toMatchObject({ state: 'ended', cancelled: true, expected: false, outcome: { signal: 'SIGKILL' } });
  });

  test('takes an order that waits out of the queue', async () => {
    bench.close();
    bench = open({ parallel: 1 });
    take(1);
    take(2);
    const run = await sandbox.nextRun();
    bench.runner.cancel(uuidOf(2));
    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'refused', code: 'order-cancelled' });
    run.exit();
    await bench.result(uuidOf(1));

    expect(sandbox.runs).toHaveLength(1);
  });

  test('that comes before its order holds, also over a restart', async () => {
    bench.runner.cancel(uuidOf(1));
    restart();
    take(1);

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'refused', code: 'order-cancelled' });
    expect(sandbox.runs).toEqual([]);
  });
});

describe('after a crash', () => {
  test('an order that was received only is run, once', async () => {
    bench.journal.receive(deliveryOf(orderOf(), [], uuidOf(1)), 1);
    restart();
    (await sandbox.nextRun()).exit();

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'ended', expected: true });
    expect(sandbox.runs).toHaveLength(1);
  });

  test('one that was received only and has run out meanwhile is refused', async () => {
    bench.journal.receive(deliveryOf(orderOf(), [], uuidOf(1)), 1);
    restart({ clock: () => orderOf().notAfterMs + 120_000 });

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'refused', code: 'order-expired' });
  });

  test('one that was started is unknown, and is never run again', async () => {
    take(1);
    await sandbox.nextRun();
    restart();

    expect((await bench.result(uuidOf(1))).ending).toEqual({ state: 'unknown', reason: 'the agent ended while the step ran', probe: 'none' });
    expect(sandbox.runs).toEqual([]);
  });

  test.each([
    [0, 'effect-there'],
    [1, 'effect-absent'],
    [2, 'not-told'],
    [null, 'not-told'],
  ])('a probe that exits with %s says %s', async (exit, probe) => {
    take(1, orderOf(probed));
    await sandbox.nextRun();
    restart();
    const run = await sandbox.nextRun();
    run.exit({ exit });

    expect(run.spec.command).toEqual(['systemctl', 'is-active', 'api']);
    expect(await bench.result(uuidOf(1))).toMatchObject({ ending: { state: 'unknown', probe }, verdict: { risk: 'caution' }, approvedBy: [ada.pinned().keyId], lease: uuidOf(4) });
  });

  test.each([
    ['would change something', { probe: { kind: 'command' as const, words: ['systemctl', 'restart', 'api'] } }, {}],
    ['the owner does not allow any more', {}, { programs: [] }],
    ['belongs to a host whose owner disabled steps', {}, { isEnabled: false }],
  ])('a probe that %s is not run', async (_, change, policy) => {
    const order = orderOf(planOf(stepOf({ ...probed.step, ...change }), { risk: 'caution' }));
    take(1, order);
    await sandbox.nextRun();
    restart({ desk: { approvers: [ada.pinned()], policy: policyOf(policy) } });

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'unknown', probe: 'not-told' });
    expect(sandbox.runs).toEqual([]);
  });

  test('a further attempt needs a probe that says the effect is absent', async () => {
    const plan = planOf(stepOf({ ...probed.step, idempotent: true, retries: 3 }), { risk: 'caution' });
    const attempt = (number: number): StepOrder => orderOf(plan, { attempt: number });
    take(1, attempt(1));
    await sandbox.nextRun();
    restart();
    (await sandbox.nextRun()).exit({ exit: 1 });
    await bench.result(uuidOf(1));
    take(2, attempt(2));
    await sandbox.nextRun();
    restart();
    (await sandbox.nextRun()).exit({ exit: 7 });
    await bench.result(uuidOf(2));
    take(3, attempt(3));

    expect((await bench.result(uuidOf(3))).ending).toMatchObject({ state: 'refused', code: 'attempt-out-of-turn' });
  });

  test('a result that was not told is told once', async () => {
    bench.setRoom(false);
    take(1);
    (await sandbox.nextRun()).exit();
    await expect.poll(() => bench.journal.find(uuidOf(1))?.state).toBe('ended');
    expect(bench.told).toEqual([]);
    restart();
    restart();

    expect(kinds(bench.told)).toEqual(['step-end']);
  });

  test('a result that was told just before the crash is not told twice', () => {
    const id = take(1);
    bench.journal.begin(id, 1);
    bench.journal.end(id, { result: Buffer.from('{}'), atMs: 2, isGood: true }, { spool: uuidOf(40), seq: 1 });
    restart({ told: [{ kind: 'step-end', orderId: id, result: Buffer.from('{}') }] });

    expect(kinds(bench.told)).toEqual(['step-end']);
    expect(bench.journal.untold()).toEqual([]);
  });
});

describe('where the sandbox fails', () => {
  test('before anything was started, the order is refused', async () => {
    bench.close();
    bench = open({ sandbox: { run: async () => Promise.reject(new Fault('sandbox-unavailable', { demanded: 'tier 1' })) } });
    take(1);

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'refused', code: 'sandbox-unavailable' });
  });

  test('after that, the step is unknown', async () => {
    take(1);
    (await sandbox.nextRun()).fail(new Fault('sandbox-failed'));

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'unknown', probe: 'none' });
  });
});

describe('a drain', () => {
  test('takes nothing more, lets what runs end, and leaves what waits to the next process', async () => {
    bench.close();
    bench = open({ parallel: 1 });
    take(1);
    take(2);
    const run = await sandbox.nextRun();
    const drained = bench.runner.drain(new AbortController().signal);
    expect(bench.runner.take(deliveryOf(orderOf(), [], uuidOf(3)))).toBe(false);
    run.exit();
    await drained;
    expect(bench.journal.open()).toMatchObject([{ id: uuidOf(2), state: 'received' }]);
    restart();
    (await sandbox.nextRun()).exit();

    expect((await bench.result(uuidOf(2))).ending).toMatchObject({ state: 'ended' });
  });

  test('kills what still runs at its deadline', async () => {
    take(1);
    await sandbox.nextRun();
    await bench.runner.drain(AbortSignal.abort());

    expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'ended', cancelled: true });
  });
});

test('secrets that are not to be had refuse the order, and are named but not shown', async () => {
  const order = orderOf(planOf(stepOf({ secrets: ['token'] })));
  bench.runner.take(deliveryOf(order, [ada.approve(order)], uuidOf(1)));

  expect((await bench.result(uuidOf(1))).ending).toMatchObject({ state: 'refused', code: 'secret-not-granted' });
});
