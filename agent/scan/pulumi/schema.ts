import { z } from 'zod';
import type { JsonObject } from '#proto/domain/json.ts';

const Properties: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** A resource as checkpoints and engine events write it (apitype.ResourceV3, apitype.StepEventStateMetadata). */
export const PulumiResource = z.object({
  urn: z.string().startsWith('urn:pulumi:'),
  type: z.string(),
  custom: z.boolean().optional(),
  delete: z.boolean().optional(),
  external: z.boolean().optional(),
  pendingReplacement: z.boolean().optional(),
  id: z.string().optional(),
  provider: z.string().optional(),
  inputs: Properties.nullish(),
  outputs: Properties.nullish(),
  ignoreChanges: z.array(z.string()).nullish(),
  additionalSecretOutputs: z.array(z.string()).nullish(),
  initErrors: z.array(z.string()).nullish(),
});
export type PulumiResource = z.infer<typeof PulumiResource>;

const PendingOperation = z.object({ type: z.string(), resource: z.object({ urn: z.string() }) });

/** The deployment inside an export or a checkpoint, versions 2 to 4 (apitype.DeploymentV3). */
export const Deployment = z.object({
  resources: z.array(PulumiResource).nullish(),
  pending_operations: z.array(PendingOperation).nullish(),
});
export type Deployment = z.infer<typeof Deployment>;
