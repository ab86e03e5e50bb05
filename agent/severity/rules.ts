import type { SeverityRule } from './rule.ts';
import { awsIdentity } from './rules/aws-identity.ts';
import { awsNetwork } from './rules/aws-network.ts';
import { wholeResources } from './rules/whole-resources.ts';

/** Every rule that knows a type; which one counts is decided by severity, not by place. */
export const severityRules: readonly SeverityRule[] = [...wholeResources, ...awsNetwork, ...awsIdentity];
