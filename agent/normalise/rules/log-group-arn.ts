import { spellText } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** `arn:aws:logs:…:log-group:app:*` against the same without `:*`. */
export const logGroupArn: Rule = {
  name: 'log-group-arn',
  reason: 'CloudWatch answers with `:*` after the ARN of a log group, and takes it with or without.',
  appliesTo: (place) => place.documents.at(-1)?.format !== 'policy', // in a policy the star is a pattern
  canonical: spellText((text) => text.replace(/^(arn:aws[a-z-]*:logs:[a-z0-9-]*:\d{12}:log-group:[^:*]+):\*$/, '$1')),
};
