import { nameGlob, pathGlob } from './glob.ts';
import type { IgnoreRule } from './ignore-rule.ts';

/** What an ignore rule is asked about. */
export interface Place {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
}

/** An ignore rule that did nothing, and why. */
export interface IgnoreNote {
  readonly name: string;
  readonly state: 'expired' | 'unused';
  readonly reason: string;
  readonly owner: string | null;
}

/** An ignore rule that covers a place, whether it holds or not. */
export interface IgnoreVoice {
  readonly name: string;
  readonly state: 'holds' | 'expired';
  readonly reason: string;
  readonly owner: string | null;
  readonly until: string | null;
}

export interface Ignore {
  /** The name of the rule for the whole resource, or null. */
  resource(place: Place): string | null;
  /** The name of the rule for this property, or null. */
  property(place: Place, path: string): string | null;
  /** Every rule that covers this property, or for null the whole resource, in their order; asking counts as no match. */
  voices(place: Place, path: string | null): readonly IgnoreVoice[];
  /** Rules that have expired, and rules that nothing has matched so far. */
  notes(): readonly IgnoreNote[];
}

/** The ignore rules of a run; a rule whose last day is over no longer holds. The first that matches speaks. */
export function createIgnore(rules: readonly IgnoreRule[], now: () => Date): Ignore {
  const prepared = rules.map((rule, index) => prepare(rule, rule.name ?? `ignore-${index + 1}`));
  const used = new Set<string>();
  return { resource, property, voices, notes };

  function resource(place: Place): string | null {
    return spoken(prepared.find((rule) => rule.path === null && rule.covers(place) && !isExpired(rule)));
  }

  function property(place: Place, path: string): string | null {
    return spoken(prepared.find((rule) => rule.path !== null && rule.covers(place) && rule.path(path) && !isExpired(rule)));
  }

  function voices(place: Place, path: string | null): readonly IgnoreVoice[] {
    const covering = prepared.filter((one) => one.covers(place) && (path === null ? one.path === null : one.path?.(path) === true));
    return covering.map((one) => {
      const { name, rule: { reason, owner = null, until = null } } = one;
      return { name, state: isExpired(one) ? 'expired' : 'holds', reason, owner, until };
    });
  }

  function isExpired({ rule: { until } }: Prepared): boolean {
    return until !== undefined && until < now().toISOString().slice(0, 10);
  }

  function spoken(rule: Prepared | undefined): string | null {
    if (rule === undefined) return null;
    used.add(rule.name);
    return rule.name;
  }

  function notes(): readonly IgnoreNote[] {
    return prepared.flatMap((one): IgnoreNote[] => {
      const { name, rule: { reason, owner = null } } = one;
      if (isExpired(one)) return [{ name, state: 'expired', reason, owner }];
      return used.has(name) ? [] : [{ name, state: 'unused', reason, owner }];
    });
  }
}

interface Prepared {
  readonly name: string;
  readonly rule: IgnoreRule;
  readonly covers: (place: Place) => boolean;
  readonly path: ((path: string) => boolean) | null;
}

function prepare(rule: IgnoreRule, name: string): Prepared {
  const [stack, address, type] = [rule.stack, rule.address, rule.type].map((glob) => (glob === undefined ? null : nameGlob(glob)));
  return {
    name,
    rule,
    covers: (place) => (stack?.(place.stack) ?? true) && (address?.(place.address) ?? true) && (type?.(place.type) ?? true),
    path: rule.property === undefined ? null : pathGlob(rule.property),
  };
}
