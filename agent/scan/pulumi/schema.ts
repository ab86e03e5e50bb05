import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

/** What was parsed, itself: a copy would lose keys such as `__proto__`. */
export const AsParsed = z.custom<Json>();
const Properties = z.custom<JsonObject>((value) => isObject(value as Json), 'expected an object');

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
