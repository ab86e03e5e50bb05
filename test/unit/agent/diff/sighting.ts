import { createDiff, type Outcome } from '#agent/diff/diff.ts';
import { createHasher, type Recollection } from '#agent/diff/recollection.ts';
import { createChain } from '#agent/normalise/chain.ts';
import { rules } from '#agent/normalise/rules.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import type { Side, Sighting } from '#proto/domain/resource.ts';

/** A side that is wholly known, unless told otherwise. */
export function side(values: JsonObject, more: Partial<Omit<Side, 'values'>> = {}): Side {
  return { values, sensitive: [], unknown: [], partial: false, ...more };
}

export function sighting(sides: Sighting['sides'], more: Partial<Omit<Sighting, 'sides'>> = {}): Sighting {
  return { address: 'aws_x.a', type: 'aws_x', provider: null, id: null, movedFrom: null, ignored: [], sides, ...more };
}

/** One comparison with every rule; `last` is what the report before remembered. */
export function compareOne(seen: Sighting, last: Recollection | null = null): Outcome {
  return createDiff({ stackId: 'stack', normaliser: createChain(rules), hasher: createHasher(new Uint8Array(32)), recall: () => last })(seen);
}

/** The differences as lines: `* update tags.a "1" -> "2"`, with the rule's name in place of the star where it is noise. */
export function lines({ comparison }: Outcome): readonly string[] {
  return (comparison?.finding.properties ?? []).map(({ noise, change, path, before, after }) =>
    `${noise ?? '*'} ${change} ${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
}
