import type { DraftFinding } from '#proto/domain/finding.ts';
import { controllerOwned } from './diff/attribute.ts';
import type { Comparison, Difference } from './diff/difference.ts';
import type { Chain } from './normalise/chain.ts';
import type { Ignore } from './ignore/ignore.ts';
import type { Judge } from './severity/judge.ts';

export interface Weights {
  readonly stackId: string;
  /** What the resources of the stack manage of one another, complete by now. */
  readonly siblings: ReturnType<Chain['siblings']>;
  readonly judge: Judge;
  /** What the user has decided to live with. */
  readonly ignore?: Pick<Ignore, 'resource' | 'property' | 'voices'>;
}

/**
 * What a comparison amounts to: what a sibling manages and what the user ignores becomes noise, what a controller wrote counts all the same where a
 * severity rule insists, and the rest decides how severe the finding is.
 */
export function weigh({ finding, differences }: Comparison, { stackId, siblings, judge, ignore }: Weights): DraftFinding {
  const place = { stack: stackId, address: finding.address, type: finding.type };
  const ignoredBy = finding.noise ? null : (ignore?.resource(place) ?? null);
  const told = differences.map((one) => ({ ...one, property: { ...one.property, noise: noiseOf(one) } }));
  const isSilent = told.length > 0 && told.every(({ property }) => property.noise !== null);
  const noise = ignoredBy !== null || (told.length > 0 ? isSilent : finding.noise);
  const verdict = ignoredBy === null ? judge.judge({ ...finding, noise }, told) : ({ severity: 'low', severityRule: `ignored by ${ignoredBy}` } as const);
  return { ...finding, noise, properties: told.map(({ property }) => property), ...verdict };

  function noiseOf(one: Difference): string | null {
    const { noise: rule, path } = one.property;
    if (rule === controllerOwned && judge.insists(finding.type, one)) return null;
    const sibling = rule === null ? siblings.find((kind) => kind.siblings.explain(finding.type, one)) : undefined;
    return rule ?? sibling?.name ?? ignoredBy ?? ignore?.property(place, path) ?? null;
  }
}
