import { type CloudFormationParts, createCloudFormationScanner } from './cloudformation/cloudformation-scanner.ts';
import { createKubernetesScanner } from './kubernetes/kubernetes-scanner.ts';
import { createPulumiScanner } from './pulumi/pulumi-scanner.ts';
import type { KubernetesSettings } from './kubernetes/settings.ts';
import type { ScanOptions, Scanner } from './scanner.ts';
import { createTerraformScanner } from './terraform/terraform-scanner.ts';

/** What scanners take from dd0c.yaml and the environment when they are made. */
export interface ScannerParts {
  readonly cloudFormation?: CloudFormationParts;
  readonly kubernetes?: KubernetesSettings;
  /** Where a kubeconfig is looked for while stacks are found. */
  readonly env?: ScanOptions['env'];
}

/** Every kind of IaC that can be read. A new kind is a new folder and one line here. */
export function createScanners({ cloudFormation, kubernetes, env }: ScannerParts = {}): readonly Scanner[] {
  return [createTerraformScanner(), createCloudFormationScanner(cloudFormation), createKubernetesScanner(kubernetes, env), createPulumiScanner()];
}
