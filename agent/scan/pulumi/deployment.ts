import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json } from '#proto/domain/json.ts';
import { AsParsed, Deployment } from './schema.ts';

/** Features of version 4 that change nothing for a reader (pulumi 3.259, resource/stack). */
const readableFeatures = new Set(['refreshBeforeUpdate', 'views', 'hooks']);

const Versioned = z.object({
  version: z.number().int(),
  features: z.array(z.string()).nullish(),
  deployment: AsParsed.optional(),
  checkpoint: AsParsed.optional(),
});

/**
 * The deployment of an export or a checkpoint.
 * @throws Fault `pulumi-version-unsupported`, `pulumi-feature-unsupported`, `pulumi-unreadable`
 */
export function readDeployment(document: Json, source: string): Deployment {
  const versioned = Versioned.safeParse(document);
  if (!versioned.success) throw unreadable(source, versioned.error);
  const { version, features } = versioned.data;
  if (version < 1 || version > 4) throw new Fault('pulumi-version-unsupported', { source, version });
  const foreign = (features ?? []).filter((feature) => !readableFeatures.has(feature));
  if (foreign.length > 0) throw new Fault('pulumi-feature-unsupported', { source, features: foreign.join(', ') });

  const body = versioned.data.deployment ?? latestOf(versioned.data.checkpoint);
  if (body === undefined || body === null) return {}; // a stack that was made and never deployed
  const deployment = Deployment.safeParse(body);
  if (!deployment.success) throw unreadable(source, deployment.error);
  return deployment.data;
}

function latestOf(checkpoint: Json | undefined): Json | undefined {
  return isObject(checkpoint) ? checkpoint['latest'] : undefined;
}

function unreadable(source: string, error: z.ZodError): Fault {
  const [issue] = error.issues;
  return new Fault('pulumi-unreadable', { source, at: issue?.path.join('.') || '(root)', detail: issue?.message }, { cause: error });
}
