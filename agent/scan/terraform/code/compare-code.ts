import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import type { RecordedStack } from '../recorded/recorded.ts';
import type { CodedBody, CodedResource, CodedStack } from './coded.ts';
import { implicitMove, type Moved } from './moves.ts';
import { toSide } from './shape.ts';

/** What code and record say of each resource, and what could not be compared. */
export interface Compared {
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/**
 * Joins what the code asks for with what is recorded. A recorded object that the code does not ask for is sighted with
 * a code side of null. What belongs to something whose number the code leaves open, or of which nothing can be told, is a
 * gap and no sighting: it was not compared.
 */
export function compareCode(coded: CodedStack, recorded: ReadonlyMap<string, Moved>, gaps: RecordedStack['gaps']): Compared {
  const sightings = new Map<string, Sighting>();
  const found: Gap[] = [...gaps];
  const taken = new Set<string>();
  for (const resource of coded.resources) {
    const held = recorded.get(resource.address) ?? implicitMove(resource, resource.key, recorded);
    if (held !== undefined) taken.add(held.resource.address);
    const side = toSide(withoutTagsOfOthers(resource.body, held), held?.resource.side.values ?? null);
    if (held !== undefined && tellsNothing(side)) found.push({ address: resource.address, state: 'unsupported', reason: 'nothing that the code sets here can be told without running it' });
    else sightings.set(resource.address, toSighting(resource, side, held));
  }
  for (const { address, why } of coded.undecided) if (!holds(recorded, address)) found.push({ address, state: 'unsupported', reason: why });
  for (const [address, { resource, movedFrom }] of recorded) {
    if (taken.has(resource.address)) continue;
    const open = coded.undecided.find((undecided) => belongs(address, undecided.address));
    const { type, provider, id, side } = resource;
    if (open !== undefined) found.push({ address, state: 'unsupported', reason: open.why });
    else sightings.set(address, { address, type, provider, id, movedFrom, ignored: [], sides: { code: null, recorded: side } });
  }
  return { sightings: [...sightings.values()], gaps: found };
}

/** A state has every argument of a type: where it has no `tags_all`, the type takes no tags, by default or otherwise. */
function withoutTagsOfOthers(body: CodedBody, held: Moved | undefined): CodedBody {
  if (held === undefined || Object.hasOwn(held.resource.side.values, 'tags_all')) return body;
  return new Map([...body].filter(([name]) => name !== 'tags_all'));
}

function toSighting(resource: CodedResource, code: Side, held: Moved | undefined): Sighting {
  return {
    address: resource.address,
    type: resource.type,
    provider: held?.resource.provider ?? resource.provider,
    id: held?.resource.id ?? null,
    sides: { code, recorded: held?.resource.side ?? null },
    movedFrom: held?.movedFrom ?? null,
    ignored: resource.ignored,
  };
}

/** Whether everything that the code sets is unknown, so that nothing of the resource is compared. */
function tellsNothing({ values, unknown }: Side): boolean {
  const names = Object.keys(values);
  return names.length > 0 && names.every((name) => unknown.some((path) => path.length === 1 && path[0] === name));
}

function holds(recorded: ReadonlyMap<string, Moved>, address: string): boolean {
  for (const each of recorded.keys()) if (belongs(each, address)) return true;
  return false;
}

/** Whether an address is that of an instance or a part of `whole`. */
function belongs(address: string, whole: string): boolean {
  return address === whole || address.startsWith(`${whole}[`) || address.startsWith(`${whole}.`) || address.startsWith(`${whole} (`);
}
