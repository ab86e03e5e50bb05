import { Fault } from '#proto/domain/fault.ts';
import type { Gap, Sighting } from '#proto/domain/resource.ts';
import { nestedType, readStackDrift, type ResourceDrift, type StackResource } from '../drift-sighting.ts';
import type { Cloud, StackFacts } from './cloud.ts';
import { betweenTemplates, unevaluated, type Wanted, wantedOf, withCode } from './wanted.ts';

export interface Undetected {
  readonly cloud: Pick<Cloud, 'drifts' | 'template' | 'region'>;
  readonly facts: StackFacts;
  readonly resources: readonly StackResource[];
  readonly prefix: string;
  /** The text of the template in the user's own files, or null. */
  readonly template: string | null;
  readonly source: string;
  readonly refusal: Refusal;
}

/** Why AWS does not look at what is there, and what that makes of the stack in the ledger. */
export interface Refusal {
  readonly state: 'stale' | 'unreadable';
  readonly reason: string;
}

interface Found {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/**
 * A stack that drift detection may not be run on: the template against the properties that the last detection recorded,
 * whoever ran it, or else against the template that was deployed. Either way the ledger says what was not looked at.
 */
export async function readUndetected(stack: Undetected, signal: AbortSignal): Promise<Found> {
  const { cloud, facts, resources, prefix, template, source, refusal } = stack;
  const { reason, state } = refusal;
  const drifts = await orNull(cloud.drifts(facts.id, signal));
  const local = template === null ? null : wantedOf(template, source, { facts, resources, region: cloud.region });
  if (drifts !== null && drifts.length > 0) return againstLast(drifts, local ?? (await deployed()), stack);
  const there = await deployed();
  if (local !== null && there !== null) return withNote(beside(local, there), { address: `${prefix}*`, state, reason: `${reason}; the template was compared with the one that was deployed, not with what is there` });
  const why = `${reason}, and ${there === null ? 'neither its template nor an earlier detection can be read' : 'there is no earlier detection to compare the template with'}`;
  const names = resources.length === 0 ? ['*'] : resources.flatMap(({ LogicalResourceId: name, ResourceType: type }) => (type === nestedType ? [] : [name]));
  const gaps = names.map((name): Gap => ({ address: `${prefix}${name}`, state: state === 'stale' ? 'unsupported' : state, reason: why }));
  return { sightings: [], gaps };

  function beside(wanted: Wanted, there: Wanted): Found {
    const { sightings, gaps } = betweenTemplates(wanted, there, stack);
    return { sightings, gaps: [...unevaluated(wanted, prefix), ...gaps] };
  }

  async function deployed(): Promise<Wanted | null> {
    const text = await orNull(cloud.template(facts.id, signal));
    try {
      return text === null ? null : wantedOf(text, source, { facts, resources, region: cloud.region, form: 'processed' });
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  }
}

function againstLast(drifts: readonly ResourceDrift[], wanted: Wanted | null, { facts, resources, prefix, refusal: { state, reason } }: Undetected): Found {
  const found = readStackDrift(drifts, resources, prefix);
  const sightings = wanted === null ? found.sightings : withCode(found.sightings, wanted, { resources, prefix });
  return withNote({ sightings, gaps: [...(wanted === null ? [] : unevaluated(wanted, prefix)), ...found.gaps] }, { address: `${prefix}*`, state, reason: `${reason}; what is there is told as the last detection saw it${facts.checkedAt === null ? '' : `, at ${facts.checkedAt}`}` });
}

function withNote({ sightings, gaps }: Found, note: Gap): Found {
  return { sightings, gaps: [note, ...gaps] };
}

/** What these credentials may not read, or an endpoint does not know, is not there. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && (error.code === 'aws-denied' || error.code === 'aws-failed')) return null;
    throw error;
  }
}
