import type { SeverityRule } from './rule.ts';
import { awsDatabases } from './rules/aws-databases.ts';
import { awsIdentity } from './rules/aws-identity.ts';
import { awsNetwork } from './rules/aws-network.ts';
import { awsServices } from './rules/aws-services.ts';
import { awsStorage } from './rules/aws-storage.ts';
import { azure } from './rules/azure.ts';
import { google } from './rules/google.ts';
import { kubernetes } from './rules/kubernetes.ts';
import { wholeResources } from './rules/whole-resources.ts';

/** Every rule that knows a type; which one counts is decided by severity, not by place. */
export const severityRules: readonly SeverityRule[] = [
  ...wholeResources,
  ...awsNetwork,
  ...awsIdentity,
  ...awsStorage,
  ...awsDatabases,
  ...awsServices,
  ...azure,
  ...google,
  ...kubernetes,
];
