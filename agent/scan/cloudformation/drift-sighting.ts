import { z } from 'zod';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import { parseExactly } from '../source/parse-json.ts';
import { applyDifferences, firstStep, PropertyDifference } from './property-differences.ts';

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
  PropertyDifferences: z.array(PropertyDifference).optional(),
});
export type ResourceDrift = z.infer<typeof ResourceDrift>;

/** A resource of the stack as ListStackResources answers it. */
export const StackResource = z.object({
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceType: z.string(),
  ResourceStatus: z.string().optional(),
  /** How the last detection left it. */
  DriftInformation: z.object({ StackResourceDriftStatus: z.string() }).optional(),
});
export type StackResource = z.infer<typeof StackResource>;

/** Resources that the stack has left behind: destroyed, or kept when it was asked to let go of them. */
export const leftBehind: ReadonlySet<string> = new Set(['DELETE_COMPLETE', 'DELETE_SKIPPED']);

export interface StackDrift {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/** The type of a stack in a stack: walked as a stack of its own. */
export const nestedType = 'AWS::CloudFormation::Stack';

/**
 * What drift detection came to, set against the list of the stack's resources: AWS leaves the types that it cannot check
 * out of its answer while it calls the stack in sync, so each that is missing is a gap. `prefix` names a nested stack;
 * `failure` is why the detection as a whole did not succeed.
 */
export function readStackDrift(drifts: readonly ResourceDrift[], resources: readonly StackResource[], prefix: string, failure: string | null = null): StackDrift {
  const byId = new Map(drifts.map((drift) => [drift.LogicalResourceId, drift]));
  const sightings: Sighting[] = [];
  const gaps: Gap[] = [];
  for (const resource of resources) {
    const address = `${prefix}${resource.LogicalResourceId}`;
    const drift = byId.get(resource.LogicalResourceId);
    const status = drift?.StackResourceDriftStatus;
    if (resource.ResourceType === nestedType && status !== 'DELETED' && status !== 'MODIFIED') continue;
    const gap = gapOf(resource, drift, failure);
    const sighting = gap === null && drift !== undefined ? toSighting(drift, address) : null;
    if (sighting !== null) sightings.push(sighting);
    else gaps.push({ address, ...(gap ?? untold) });
  }
  return { sightings, gaps };
}

/** That something differs is known then, and not what. */
const untold: Omit<Gap, 'address'> = { state: 'unreadable', reason: 'AWS says that it is modified, and of its properties nothing that can be read' };

/** What the stack was left with in the middle of something. */
const unsettled = /_FAILED$|_IN_PROGRESS$/;

function gapOf({ ResourceType: type, ResourceStatus: state }: StackResource, drift: ResourceDrift | undefined, failure: string | null): Omit<Gap, 'address'> | null {
  const status = drift?.StackResourceDriftStatus;
  if (status === 'IN_SYNC' || status === 'MODIFIED' || status === 'DELETED') return null;
  if (failure !== null && status === undefined) return { state: 'unreadable', reason: failure };
  if (status === undefined && state !== undefined && unsettled.test(state)) return { state: 'unreadable', reason: `AWS did not look at it: it is ${state}` };
  if (status === undefined || status === 'NOT_CHECKED') return { state: 'unsupported', reason: drift?.DriftStatusReason ?? `AWS cannot check ${type} for drift` };
  return { state: status === 'UNKNOWN' ? 'unreadable' : 'unsupported', reason: drift?.DriftStatusReason ?? `AWS answered ${status}` };
}

/** Null where the answer does not hold what differs. */
function toSighting(drift: ResourceDrift, address: string): Sighting | null {
  const [told, read] = [propertiesOf(drift.ExpectedProperties), propertiesOf(drift.ActualProperties)];
  const status = drift.StackResourceDriftStatus;
  const isUntold = told === null || (read === null && (drift.PropertyDifferences ?? []).length === 0);
  if (status === 'MODIFIED' && isUntold) return null;
  const expected = told ?? {};
  return {
    address,
    type: drift.ResourceType,
    provider: null,
    id: drift.PhysicalResourceId ?? null,
    sides: { recorded: side(expected), live: status === 'DELETED' ? null : side(status === 'IN_SYNC' ? expected : actualOf(drift, expected, read)) },
    movedFrom: null,
    ignored: [],
  };
}

/**
 * What is there, as far as AWS calls it different: a property that it names no difference in is as expected, however it
 * is written. Where AWS tells only the differences, what they make of the expected properties.
 */
function actualOf({ PropertyDifferences: differences = [] }: ResourceDrift, expected: JsonObject, actual: JsonObject | null): JsonObject {
  if (actual === null) return withoutAwsTags(applyDifferences(expected, differences));
  const different = new Set(differences.map(({ PropertyPath }) => firstStep(PropertyPath)));
  if (different.size === 0 || different.has('')) return actual;
  return Object.fromEntries([...Object.entries(expected).filter(([name]) => !different.has(name)), ...Object.entries(actual).filter(([name]) => different.has(name))]);
}

function side(values: JsonObject): Side {
  return { values, sensitive: [], unknown: [], partial: false };
}

/** Null where they are missing, or are no properties. */
function propertiesOf(properties: Json | undefined): JsonObject | null {
  const opened = typeof properties === 'string' ? parsed(properties) : properties;
  return isObject(opened) ? withoutAwsTags(opened) : null;
}

function parsed(text: string): Json {
  try {
    return parseExactly(text);
  } catch {
    return null;
  }
}

/** AWS puts `aws:` tags on what it manages and lets nobody change them: in `Tags`, `HostedZoneTags`, `FileSystemTags`… */
function withoutAwsTags(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, name.endsWith('Tags') ? withoutAws(value) : value]));
}

function withoutAws(tags: Json): Json {
  if (isList(tags)) return tags.filter((tag) => !isObject(tag) || !isAwsTag(tag['Key']));
  return isObject(tags) ? Object.fromEntries(Object.entries(tags).filter(([name]) => !isAwsTag(name))) : tags;
}

function isAwsTag(name: Json | undefined): boolean {
  return typeof name === 'string' && name.startsWith('aws:');
}
