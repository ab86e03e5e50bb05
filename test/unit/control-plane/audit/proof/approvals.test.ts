import { describe, expect, test } from 'vitest';
import { verifyBundle } from '#control-plane/audit/proof/verify.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import { agent, approvalOf, execution, keyAdded, makeLog, makePerson } from '#test/fakes/audit-log.ts';

const person = makePerson();
const added = keyAdded(person);
const approve = (changed: { readonly tenant?: string }): JsonObject => approvalOf(person, changed);
const approved = { topic: 'approval.approved', body: approve({}) };

test('an approval that a person signed over what the entry says holds', async () => {
  expect(await verify([added, approved])).toMatchObject({ entries: 2, approvals: 1 });
  expect(await verify([added, approved], [person.publicKey])).toMatchObject({ approvals: 1 });
});

describe('an approval does not hold', () => {
  test.each([
    ['by a key that was never added', [approved], 'never added'],
    ['that was signed for another plan', [added, { topic: 'approval.approved', body: { ...approve({}), planHash: '3'.repeat(64) } }], 'another planHash'],
    ['that was signed for another execution', [added, { topic: 'approval.approved', body: { ...approve({}), execution: agent } }], 'another execution'],
    ['of another tenant', [added, { topic: 'approval.approved', body: approve({ tenant: agent }) }], 'something else'],
    ['whose signature is another’s', [added, { topic: 'approval.approved', body: { ...approve({}), signature: Buffer.alloc(64).toString('base64') } }], 'not signed by its key'],
    ['without a signature', [added, { topic: 'approval.approved', body: { execution } }], 'no signature'],
    ['by a key under a false id', [{ ...added, body: { ...added.body, key: '4'.repeat(64) } }, approved], 'not the one of its id'],
  ])('%s', async (_what, entries, reason) => {
    await expect(verify(entries)).rejects.toMatchObject({ code: 'audit-broken', facts: { reason: expect.stringContaining(reason) } });
  });

  test('by a key that the verifier does not trust', async () => {
    await expect(verify([added, approved], [makePerson().publicKey])).rejects.toMatchObject({ facts: { reason: expect.stringContaining('none of the trusted') } });
  });
});

function verify(entries: readonly { readonly topic: string; readonly body: Json }[], approvers: readonly string[] = []) {
  const { lines } = makeLog(entries);
  return verifyBundle(
    (async function* () {
      yield* lines;
    })(),
    { approvers },
  );
}
