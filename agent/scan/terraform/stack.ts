import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { OpenStack } from '../scanner.ts';

export interface StackParts {
  readonly against: string;
  readonly lineage: string | null;
  readonly serial: number | null;
  readonly sightings: readonly Sighting[];
  readonly gaps: readonly Gap[];
}

/** A stack whose parts are all read. A state's lineage is its identity; without one the caller's label has to do. */
export function toStack({ against, lineage, serial, sightings, gaps }: StackParts): OpenStack {
  return { id: lineage, against, lineage, serial, sightings: () => sightings, gaps: () => gaps };
}
