import { spellText } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** `/subscriptions/…/resourceGroups/RG` against `/subscriptions/…/resourcegroups/rg`. */
export const azureIdCase: Rule = {
  name: 'azure-id-case',
  reason: 'Azure ignores letter case in resource ids, and its services answer with different ones.',
  appliesTo: () => true,
  canonical: spellText((text) => (/^\/subscriptions\/[0-9a-f-]{36}(?:\/|$)/i.test(text) ? text.toLowerCase() : text)),
};
