import { createHash } from 'node:crypto';
import type { Rule, Value } from '../rule.ts';

/** `user_data` as the code has it against its SHA-1, which is what older AWS providers keep in the state. */
export const textHash: Rule = {
  name: 'text-hash',
  reason: 'The state keeps the hash of this text instead of the text, and it is the hash of the other side.',
  appliesTo: (place) => /^(?:userdata|userdatabase64|customdata)$/.test(place.name),
  explains: ({ before, after }) => isHashOf(before, after) || isHashOf(after, before),
};

function isHashOf(hash: Value, text: Value): boolean {
  if (typeof hash !== 'string' || typeof text !== 'string' || !/^[0-9a-f]{40}$/.test(hash)) return false;
  return sha1(Buffer.from(text, 'utf8')) === hash || sha1(Buffer.from(text, 'base64')) === hash;
}

/** The provider's choice of hash, not ours; nothing here rests on its strength. */
function sha1(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
