import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, type AdmissionDesk, clockSkewMs, maxOrderLifeMs } from '#agent/runbook/admit.ts';
import { approvalBytes, readApproval } from '#proto/domain/approval.ts';
import { canonicalBytes } from '#proto/domain/canonical.ts';
import { type StepOrder, writeStepOrder } from '#proto/domain/step-order.ts';
import { type Step, type StepPlan, hashPlan } from '#proto/domain/step-plan.ts';
import { deskOf, policyOf } from '#test/fakes/admission.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';

const ada = signatory('ada');
const bob = signatory('bob');
const eve = signatory('eve');
const now = orderOf().issuedAtMs + 1_000;
const desk = deskOf({ approvers: [ada.pinned(), bob.pinned()] });

const restart: Partial<Step> = { run: { kind: 'command', words: ['systemctl', 'restart', 'api'] } };
const destroy: Partial<Step> = { run: { kind: 'command', words: ['terraform', 'destroy'] } };

function dangerous(change: Partial<Step> = {}, plan: Partial<StepPlan> = {}): StepOrder {
  return orderOf(planOf(stepOf({ ...destroy, ...change }), { risk: 'dangerous', ...plan }));
}

/** How an order fares that these people approved. */
function fate(order: StepOrder, approvals = [ada.approve(order)], at: Partial<AdmissionDesk> = {}, nowMs = now): string {
  const admission = admit(deliveryOf(order, approvals), { ...desk, ...at }, nowMs);
  return admission.kind === 'refused' ? admission.fault.code : 'admitted';
}

describe('an order', () => {
  test('that a pinned approver signed is admitted, and says who did and how serious it is', () => {
    const order = dangerous();

    const admission = admit(deliveryOf(order, [ada.approve(order)]), desk, now);

    expect(admission).toMatchObject({ kind: 'admitted', order, verdict: { risk: 'dangerous' }, approvedBy: [ada.pinned().keyId], run: order.plan.step.run });
  });

  test('with any field changed after it was signed is refused', () => {
    const order = dangerous({ secrets: [], idempotent: true, retries: 2 });
    const approvals = [ada.approve(order)];
    const free = ['lease', 'attempt', 'issuedAtMs', 'notAfterMs', 'requester/name']; // not what was approved: bound by other means, or no power at all

    for (const path of leavesOf(order).filter((path) => !free.includes(path.join('/')))) {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant([])), (value) => {
          const altered = replaced(order, path, value);
          fc.pre(JSON.stringify(altered) !== JSON.stringify(order));
          const rehashed = { ...altered, planHash: path[0] === 'plan' ? hashPlan(altered.plan) : altered.planHash };
          for (const forged of [altered, rehashed]) {
            const admission = admit({ kind: 'step', id: uuidOf(9), envelope: canonicalBytes(forged), approvals }, desk, now);
            expect(admission.kind, `${path.join('/')}`).toBe('refused');
          }
        }),
        { numRuns: 20 },
      );
    }
  });

  test('whose approval has any field changed is refused, whoever signs that', () => {
    const order = dangerous();
    const { statement, signature } = ada.approve(order);
    const approval = readApproval(statement);

    for (const field of Object.keys(approval)) {
      const value: unknown = Reflect.get(approval, field);
      const other = typeof value === 'number' ? value - 10_000_000_000 : field === 'part' ? 'rollback' : /^[0-9a-f]{64}$/.test(String(value)) ? '00'.repeat(32) : uuidOf(77);
      const altered = canonicalBytes({ ...approval, [field]: other });
      const attempts = [{ statement: altered, signature }, { statement: altered, signature: sign(null, altered, ada.privateKey) }, { statement: altered, signature: sign(null, altered, eve.privateKey) }];
      for (const attempt of attempts) expect(fate(order, [attempt]), `${field}`).not.toBe('admitted');
    }
  });

  test.each([
    ['for another tenant', { tenant: uuidOf(8) }, 'order-misaddressed'],
    ['for another agent', { agent: uuidOf(8) }, 'order-misaddressed'],
    ['that ran out', { notAfterMs: now - clockSkewMs - 1 }, 'order-expired'],
    ['of the future', { issuedAtMs: now + clockSkewMs + 1, notAfterMs: now + 2 * clockSkewMs }, 'order-too-early'],
    ['that could be begun for ever', { notAfterMs: now + maxOrderLifeMs + 1 }, 'order-invalid'],
  ])('%s is refused', (_, change, code) => {
    const order = orderOf(planOf(), change);

    expect(fate(order)).toBe(code);
  });

  test.each([
    ['within the allowance after its end', { notAfterMs: now - clockSkewMs }],
    ['within the allowance before its beginning', { issuedAtMs: now + clockSkewMs }],
  ])('%s is admitted: clocks differ', (_, change) => {
    const order = orderOf(planOf(), change);

    expect(fate(order)).toBe('admitted');
  });

  test('is refused where steps are not enabled, however harmless', () => {
    expect(fate(orderOf(), [], { policy: policyOf({ isEnabled: false }) })).toBe('steps-disabled');
  });

  test('that is too large, or no order at all, is refused and its fields stay unknown', () => {
    const junk = [Buffer.alloc(0), Buffer.from('{}'), Buffer.alloc(300 * 1024, '1'), Buffer.concat([writeStepOrder(orderOf()), Buffer.from(' ')])];

    const fates = junk.map((envelope) => admit({ kind: 'step', id: uuidOf(9), envelope, approvals: [] }, desk, now));

    expect(fates).toMatchObject(junk.map(() => ({ kind: 'refused', order: null, verdict: null, fault: { code: 'order-invalid' } })));
  });
});

describe('approvals', () => {
  test.each([
    ['none', dangerous(), [], 'order-not-approved'],
    ['by a key that is not pinned here', dangerous(), [eve.approve(dangerous())], 'order-not-approved'],
    ['by a key that is not pinned beside a good one', dangerous(), [eve.approve(dangerous()), bob.approve(dangerous())], 'admitted'],
    ['in the name of a pinned key', dangerous(), [eve.approve(dangerous(), { keyId: ada.pinned().keyId })], 'approval-invalid'],
    ['a forged one beside a good one', dangerous(), [bob.approve(dangerous()), eve.approve(dangerous(), { keyId: ada.pinned().keyId })], 'approval-invalid'],
    ['that ran out', dangerous(), [ada.approve(dangerous(), { notAfterMs: now - clockSkewMs - 1 })], 'approval-invalid'],
    ['a signature cut short', dangerous(), [{ ...ada.approve(dangerous()), signature: ada.approve(dangerous()).signature.subarray(1) }], 'approval-invalid'],
    ['none for caution', orderOf(planOf(stepOf(restart), { risk: 'caution' })), [], 'order-not-approved'],
    ['none for what only reads', orderOf(), [], 'admitted'],
  ])('%s: %#', (_, order, approvals, code) => {
    expect(fate(order, approvals)).toBe(code);
  });

  test('without pinned approvers only what reads runs, and the refusal says so', () => {
    expect(fate(orderOf(), [], { approvers: [] })).toBe('admitted');
    expect(fate(dangerous(), [ada.approve(dangerous())], { approvers: [] })).toBe('approvers-not-pinned');
    expect(fate(orderOf(planOf(stepOf(restart), { risk: 'caution' })), [], { approvers: [], policy: policyOf({ unsigned: 'caution' }) })).toBe('approvers-not-pinned');
  });

  test('the owner says up to which risk none is needed', () => {
    const cautious = orderOf(planOf(stepOf(restart), { risk: 'caution' }));

    expect(fate(orderOf(), [], { policy: policyOf({ unsigned: 'none' }) })).toBe('order-not-approved');
    expect(fate(cautious, [], { policy: policyOf({ unsigned: 'caution' }) })).toBe('admitted');
    expect(fate(dangerous(), [], { policy: policyOf({ unsigned: 'caution' }) })).toBe('order-not-approved');
  });

  test('count by person, not by signature', () => {
    const order = dangerous();
    const two = { policy: policyOf({ approvals: 2 }) };

    expect(fate(order, [ada.approve(order), ada.approve(order)], two)).toBe('order-not-approved');
    expect(fate(order, [ada.approve(order), bob.approve(order)], two)).toBe('admitted');
    expect(fate(order, [ada.approve(order), bob.approve(order)], { ...two, approvers: [ada.pinned('x'), bob.pinned('x')] })).toBe('order-not-approved');
  });

  test('of the person who asked do not count for what is dangerous', () => {
    const own = { ...dangerous(), requester: { id: uuidOf(6), name: 'Ada ' } };
    const byId = { approvers: [ada.pinned(uuidOf(6)), bob.pinned()] };
    const cautious = { ...orderOf(planOf(stepOf(restart), { risk: 'caution' })), requester: own.requester };

    expect(fate(own, [ada.approve(own)])).toBe('order-self-approved');
    expect(fate(own, [ada.approve(own), bob.approve(own)])).toBe('admitted');
    expect(fate(dangerous(), [ada.approve(dangerous())], byId)).toBe('order-self-approved');
    expect(fate(cautious, [ada.approve(cautious)])).toBe('admitted');
  });

  test('are for the requester that the approver saw', () => {
    const order = dangerous();
    const renamed = { ...order, requester: { id: uuidOf(66), name: 'somebody' } };

    expect(fate(renamed, [ada.approve(order)])).toBe('approval-invalid');
  });

  test('secrets are for approved steps alone', () => {
    const order = orderOf(planOf(stepOf({ secrets: ['token'] })));

    expect(fate(order, [])).toBe('secret-not-granted');
    expect(fate(order)).toBe('admitted');
  });
});

describe('the agent judges again itself', () => {
  test('a risk that the plan understates is refused, whoever approved it', () => {
    const order = orderOf(planOf(stepOf(destroy), { risk: 'caution' }));

    expect(fate(order, [ada.approve(order), bob.approve(order)])).toBe('risk-understated');
  });

  test('a risk that the plan overstates needs what the plan says', () => {
    const order = orderOf(planOf(stepOf(), { risk: 'dangerous' }));

    expect(fate(order, [])).toBe('order-not-approved');
    expect(fate(order)).toBe('admitted');
  });

  test('what is forbidden never runs, approved by everybody, by whichever of the two it is found', () => {
    const found = orderOf(planOf(stepOf({ run: { kind: 'script', shell: 'bash', text: 'wipe' } }), { risk: 'dangerous' }));
    const told = orderOf(planOf(stepOf(), { risk: 'forbidden' }));

    for (const order of [found, told]) expect(fate(order, [ada.approve(order), bob.approve(order)])).toBe('step-forbidden');
  });

  test('a probe that would change something is refused', () => {
    const order = orderOf(planOf(stepOf({ probe: { kind: 'command', words: ['systemctl', 'restart', 'api'] } }), { risk: 'caution' }), { part: 'probe' });

    expect(fate(order)).toBe('step-forbidden');
  });

  test('a refusal still names the verdict and the good approvals', () => {
    const order = dangerous();

    const admission = admit(deliveryOf(order, [ada.approve(order)]), { ...desk, policy: policyOf({ maxRisk: 'caution' }) }, now);

    expect(admission).toMatchObject({ kind: 'refused', fault: { code: 'step-policy-denied', facts: { rule: 'maxRisk' } }, verdict: { risk: 'dangerous' }, approvedBy: [ada.pinned().keyId] });
  });
});

test('an approval is the same bytes for whoever writes it', () => {
  const { statement } = ada.approve(orderOf());

  expect(approvalBytes(readApproval(statement)).equals(statement)).toBe(true);
});

function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
  return inner.length === 0 ? [path] : inner;
}

function replaced(order: StepOrder, path: readonly string[], value: unknown): StepOrder {
  const copy: unknown = structuredClone(order);
  let at: unknown = copy;
  for (const key of path.slice(0, -1)) at = Reflect.get(at as object, key);
  Reflect.set(at as object, path.at(-1) ?? '', value);
  return copy as StepOrder;
}
