import { type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { readApproval } from '#proto/domain/approval.ts';
import { readApproverKey } from '#proto/domain/approver-key.ts';
import type { AuditEntry } from './entry.ts';

/** What the trail says of people's approvals, checked against their own signatures. */
export interface ApprovalCheck {
  /** Takes the entries in order; answers what does not hold of this one, or null. */
  take(entry: AuditEntry): string | null;
  /** How many approvals were checked. */
  readonly checked: number;
}

const KeyAdded = z.object({ key: z.string(), publicKey: z.string() });
const Approved = z.object({ execution: z.string(), step: z.string(), part: z.string(), planHash: z.string(), nonce: z.string(), key: z.string(), statement: z.string(), signature: z.base64() });

/** What an entry says and what was signed must be one. */
const told = ['execution', 'step', 'part', 'planHash', 'nonce'] as const;

/**
 * Checks each approval in a trail: that it is signed, by a key that was added before, over just what the entry says.
 * `trusted` are public keys got elsewhere; with them an approval by any other key does not hold.
 * @throws Fault `approver-key-invalid`
 */
export function createApprovalCheck(trusted: readonly string[]): ApprovalCheck {
  const elsewhere = trusted.map((text) => readApproverKey(text).keyId);
  const keys = new Map<string, KeyObject>();
  let checked = 0;

  return {
    take({ topic, body, tenant }) {
      if (topic === 'key.added') return learn(body);
      if (topic !== 'approval.approved') return null;
      checked += 1;
      return whyNot(body, tenant);
    },
    get checked() {
      return checked;
    },
  };

  function learn(body: unknown): string | null {
    const added = KeyAdded.safeParse(body);
    if (!added.success) return 'it names no key';
    try {
      const { keyId, key } = readApproverKey(added.data.publicKey);
      if (keyId !== added.data.key) return 'the key is not the one of its id';
      keys.set(keyId, key);
      return null;
    } catch {
      return 'it names no key';
    }
  }

  function whyNot(body: unknown, tenant: string): string | null {
    const approved = Approved.safeParse(body);
    if (!approved.success) return 'the approval carries no signature';
    const { key: keyId, statement, signature } = approved.data;
    const key = keys.get(keyId);
    if (key === undefined) return 'the approval is by a key that was never added';
    if (elsewhere.length > 0 && !elsewhere.includes(keyId)) return `the approval is by the key ${keyId}, which is none of the trusted ones`;
    if (!verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64'))) return 'the approval is not signed by its key';
    try {
      const approval = readApproval(Buffer.from(statement));
      const differing = told.find((field) => approval[field] !== approved.data[field]);
      if (approval.tenant !== tenant || approval.keyId !== keyId) return 'the approval was signed for something else';
      return differing === undefined ? null : `the approval was signed for another ${differing}`;
    } catch {
      return 'what was signed is no approval';
    }
  }
}
