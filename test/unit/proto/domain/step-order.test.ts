import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Approval, approvalBytes, readApproval, whyNotFor } from '#proto/domain/approval.ts';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import { canonicalBytes, isCanonical } from '#proto/domain/canonical.ts';
import { readStepOrder, writeStepOrder } from '#proto/domain/step-order.ts';
import { hashPlan } from '#proto/domain/step-plan.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';

function approvalOf(change: Partial<Approval> = {}): Approval {
  const { tenant, agent, execution, part, planHash, nonce, notAfterMs, plan, requester } = orderOf();
  return { schema: 'dd0c.approval/v1', tenant, agent, execution, step: plan.step.id, part, planHash, nonce, notAfterMs, requester: requester.id, keyId: 'c0'.repeat(32), ...change };
}

describe('an order', () => {
  test('is read as it was written', () => {
    expect(readStepOrder(writeStepOrder(orderOf()))).toEqual(orderOf());
  });

  test('with any one byte changed is another order or none', () => {
    const bytes = writeStepOrder(orderOf());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;

        expect(attempt(() => readStepOrder(changed))).not.toEqual(orderOf());
      }),
    );
  });

  test.each([
    ['a plan that is not the one of the hash', { plan: planOf(stepOf({ title: 'Another' })), planHash: hashPlan(planOf()) }],
    ['a part that the step has not', { part: 'rollback' as const }],
    ['a second attempt at what is not idempotent', { attempt: 2 }],
  ])('with %s is refused', (_, change) => {
    expect(() => readStepOrder(writeStepOrder(orderOf(planOf(), change)))).toThrow(/order-invalid/);
  });

  test('of which the writing could be read in two ways is refused', () => {
    const twice = Buffer.from(writeStepOrder(orderOf()).toString().replace('{', '{"agent":"x",'));
    const spaced = Buffer.from(`${writeStepOrder(orderOf()).toString()} `);

    for (const bytes of [twice, spaced, Buffer.from([0xff]), Buffer.alloc(0)]) expect(() => readStepOrder(bytes)).toThrow(/order-invalid/);
  });

  test('with a field that this version does not know is refused: it could be a restriction', () => {
    expect(() => readStepOrder(canonicalBytes({ ...orderOf(), onlyAtNight: true }))).toThrow(/order-invalid/);
  });
});

describe('the hash of a plan', () => {
  test('is another one for every change of the step', () => {
    const changes = [{ run: { kind: 'command' as const, words: ['systemctl', 'stop', 'api'] } }, { env: { A: '1' } }, { secrets: ['token'] }, { sandbox: { ...stepOf().sandbox, tier: 2 as const } }, { retries: 1 }, { expect: { exit: [1], output: null } }];

    const hashes = [planOf(), ...changes.map((change) => planOf(stepOf(change))), planOf(stepOf(), { risk: 'caution' }), planOf(stepOf(), { parameters: { a: 'b' } })].map(hashPlan);

    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('an approval', () => {
  test('is for its order, until it expires', () => {
    expect(whyNotFor(readApproval(approvalBytes(approvalOf())), orderOf(), orderOf().notAfterMs)).toBeNull();
    expect(whyNotFor(approvalOf(), orderOf(), orderOf().notAfterMs + 1)).toBe('it has expired');
  });

  test.each([{ tenant: uuidOf(9) }, { agent: uuidOf(9) }, { execution: uuidOf(9) }, { step: 'other' }, { part: 'rollback' as const }, { planHash: '00'.repeat(32) }, { nonce: '00'.repeat(32) }, { requester: uuidOf(9) }])(
    'for %o is for no other order',
    (change) => {
      expect(whyNotFor(approvalOf(change), orderOf(), 0)).toMatch(/^it is for another/);
    },
  );

  test('is signed and verified over the same bytes, with keys as ssh and as we write them', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
    const ssh = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32]), raw]).toString('base64');
    const pem = publicKey.export({ format: 'pem', type: 'spki' });
    const bytes = approvalBytes(approvalOf());
    const signature = sign(null, bytes, privateKey);

    const keys = [`ed25519:${raw.toString('base64')}`, `ssh-ed25519 ${ssh} jo@desk`, pem].map(readApproverKey);

    expect(keys.map(({ key }) => verify(null, bytes, key, signature))).toEqual([true, true, true]);
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
  });

  test.each(['', 'ed25519:', 'ssh-rsa AAAA', 'ed25519:AAAA', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'])('%j is no key', (text) => {
    expect(() => readApproverKey(text)).toThrow(/approver-key-invalid/);
  });
});

test('canonical bytes are canonical, whatever the value', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => { expect(isCanonical(canonicalBytes(value))).toBe(true); }));
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return null;
  }
}
