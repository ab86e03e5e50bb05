import { z } from 'zod';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';

/** A resource as DescribeStackResourceDrifts answers it; unknown statuses are kept, so that none is taken for in sync. */
export const ResourceDrift = z.object({
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string(),
  StackResourceDriftStatus: z.string(),
  DriftStatusReason: z.string().optional(),
  /** JSON inside a string; some recordings hold it opened. */
  ExpectedProperties: z.json().optional(),
  ActualProperties: z.json().optional(),
  PropertyDifferences: z
    .array(z.object({ PropertyPath: z.string(), ExpectedValue: z.json().optional(), ActualValue: z.json().optional(), DifferenceType: z.string() }))
    .optional(),
});
export type ResourceDrift = z.infer<typeof ResourceDrift>;

/** A resource of the stack as ListStackResources answers it. */
export const StackResource = z.object({
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string(),
});
export type StackResource = z.infer<typeof StackResource>;

export interface StackDrift {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/**
 * What drift detection came to, set against the list of the stack's resources: AWS leaves the types that it cannot check
 * out of its answer while it calls the stack in sync, so each that is missing is a gap. `prefix` names a nested stack.
 */
export function readStackDrift(drifts: readonly ResourceDrift[], resources: readonly StackResource[], prefix: string): StackDrift {
  const byId = new Map(drifts.map((drift) => [drift.LogicalResourceId, drift]));
  const sightings: Sighting[] = [];
  const gaps: Gap[] = [];
  for (const resource of resources) {
    const address = `${prefix}${resource.LogicalResourceId}`;
    if (resource.ResourceType === 'AWS::CloudFormation::Stack') continue; // nested: walked as a stack of its own
    const drift = byId.get(resource.LogicalResourceId);
    const reason = drift === undefined ? `AWS cannot check ${resource.ResourceType} for drift` : undecidedReason(drift);
    if (drift === undefined || reason !== null) {
      gaps.push({ address, state: drift?.StackResourceDriftStatus === 'UNKNOWN' ? 'unreadable' : 'unsupported', reason: reason ?? '' });
      continue;
    }
    sightings.push(toSighting(drift, address));
  }
  return { sightings, gaps };
}

function undecidedReason(drift: ResourceDrift): string | null {
  const status = drift.StackResourceDriftStatus;
  if (status === 'IN_SYNC' || status === 'MODIFIED' || status === 'DELETED') return null;
  if (status === 'NOT_CHECKED') return `AWS cannot check ${drift.ResourceType} for drift`;
  return drift.DriftStatusReason ?? `AWS answered ${status}`;
}

function toSighting(drift: ResourceDrift, address: string): Sighting {
  const expected = propertiesOf(drift.ExpectedProperties);
  const actual = drift.StackResourceDriftStatus === 'IN_SYNC' ? expected : propertiesOf(drift.ActualProperties);
  return {
    address,
    type: drift.ResourceType,
    provider: null,
    id: drift.PhysicalResourceId ?? null,
    sides: { recorded: side(expected), live: drift.StackResourceDriftStatus === 'DELETED' ? null : side(actual) },
    movedFrom: null,
    ignored: [],
  };
}

function side(values: JsonObject): Side {
  return { values, sensitive: [], unknown: [], partial: false };
}

function propertiesOf(properties: Json | undefined): JsonObject {
  const opened = typeof properties === 'string' ? parsed(properties) : properties;
  return isObject(opened) ? withoutAwsTags(opened) : {};
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** AWS puts `aws:` tags on what it manages and lets nobody change them. */
function withoutAwsTags(properties: JsonObject): JsonObject {
  const tags = properties['Tags'];
  if (isList(tags)) return { ...properties, Tags: tags.filter((tag) => !isObject(tag) || !isAwsTag(tag['Key'])) };
  if (!isObject(tags)) return properties;
  return { ...properties, Tags: Object.fromEntries(Object.entries(tags).filter(([name]) => !isAwsTag(name))) };
}

function isAwsTag(name: Json | undefined): boolean {
  return typeof name === 'string' && name.startsWith('aws:');
}
