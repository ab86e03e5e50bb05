import type { Rule } from '../rule.ts';
import { shares } from '../siblings/shares.ts';

/** `ingress` of a security group whose rules are resources of their own; a bucket's `versioning` beside its own resource. */
export const managedElsewhere: Rule = {
  name: 'managed-elsewhere',
  reason: 'Another resource of this stack manages this part, and tells it if it drifts.',
  appliesTo: () => true,
  shares,
};
