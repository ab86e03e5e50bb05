import { createCloudFormationScanner } from './cloudformation/cloudformation-scanner.ts';
import { createKubernetesScanner } from './kubernetes/kubernetes-scanner.ts';
import { createPulumiScanner } from './pulumi/pulumi-scanner.ts';
import type { Scanner } from './scanner.ts';
import { createTerraformScanner } from './terraform/terraform-scanner.ts';

/** Every kind of IaC that can be read. A new kind is a new folder and one line here. */
export function createScanners(): readonly Scanner[] {
  return [createTerraformScanner(), createCloudFormationScanner(), createKubernetesScanner(), createPulumiScanner()];
}
