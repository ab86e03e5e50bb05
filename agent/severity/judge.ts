import { type DraftFinding, type Severity, severities } from '#proto/domain/finding.ts';
import { type Json, type Path, sameJson } from '#proto/domain/json.ts';
import { foldName, namesOfType } from '#proto/domain/resource-type.ts';
import { dig, follow, isEnd, type NamePath, parsePath } from './name-path.ts';
import type { SeverityRule, When } from './rule.ts';
import { passes } from './test-value.ts';

type Value = Json | undefined;

/** A property that differs, and the values on the way to it, outermost first and itself last. */
export interface Evidence {
  readonly property: { readonly noise: string | null };
  readonly trail: readonly { readonly steps: Path; readonly before: Value; readonly after: Value }[];
}

/** How much a finding matters, and the rule that says so. */
export interface Verdict {
  readonly severity: Severity;
  readonly severityRule: string;
}

/** A severity rule that spoke, and whether none that spoke of the same is more severe. */
export interface SeverityVoice extends Pick<SeverityRule, 'severity' | 'reason' | 'reference'> {
  readonly rule: string;
  readonly isMostSevere: boolean;
}

export interface Judge {
  judge(finding: Pick<DraftFinding, 'type' | 'change' | 'cause' | 'noise'>, evidence: readonly Evidence[]): Verdict;
  /** True where a rule says that this matters whoever did it, the platform's own machinery too. */
  insists(type: string, evidence: Evidence): boolean;
  /** Every rule that speaks of this property, or for null of the resource as a whole; those by name come after those that know the type. */
  voices(finding: Pick<DraftFinding, 'type' | 'change' | 'cause'>, evidence: Evidence | null): readonly SeverityVoice[];
}

/** The values on the way, each with the folded names that lead to it. */
type Trail = readonly { readonly names: readonly string[]; readonly before: Value; readonly after: Value }[];

interface Prepared {
  readonly rule: SeverityRule;
  readonly paths: readonly NamePath[];
}

/**
 * Judges by the rules that know the type; where none of them speaks about a property, by its name; where nothing speaks,
 * it is medium. The finding is as severe as its most severe property that means something.
 */
export function createJudge(rules: readonly SeverityRule[], byName: readonly SeverityRule[]): Judge {
  const prepared = rules.map(prepare);
  const named = byName.map(prepare);
  const perType = new Map<string, readonly Prepared[]>();
  return { judge, insists, voices };

  function judge(finding: Pick<DraftFinding, 'type' | 'change' | 'cause' | 'noise'>, evidence: readonly Evidence[]): Verdict {
    if (finding.noise) return { severity: 'low', severityRule: 'noise: nothing here means anything' };
    const known = rulesFor(finding.type);
    if (finding.change !== 'modified') return told(mostSevere(known.filter(({ rule }) => speaksOfWhole(rule.when, finding))), 'no rule knows this type');
    const [first = low, ...others] = evidence.filter(({ property }) => property.noise === null).map((one) => judgeProperty(one, known));
    return others.reduce((a, b) => (rank(b.severity) > rank(a.severity) ? b : a), first);
  }

  function insists(type: string, evidence: Evidence): boolean {
    const insisting = rulesFor(type).filter(({ rule }) => rule.insists === true);
    if (insisting.length === 0) return false;
    const trail = trailOf(evidence);
    return insisting.some((candidate) => speaks(candidate, trail));
  }

  function voices(finding: Pick<DraftFinding, 'type' | 'change' | 'cause'>, evidence: Evidence | null): readonly SeverityVoice[] {
    const known = rulesFor(finding.type);
    const trail = evidence === null ? null : trailOf(evidence);
    const specific = known.filter((candidate) => (trail === null ? speaksOfWhole(candidate.rule.when, finding) : speaks(candidate, trail)));
    const general = trail === null ? [] : named.filter((candidate) => isNamed(candidate, trail));
    const most = mostSevere(specific) ?? general[0];
    return [...specific, ...general].map((one) => ({ rule: one.rule.id, severity: one.rule.severity, reason: one.rule.reason, reference: one.rule.reference, isMostSevere: one === most }));
  }

  function judgeProperty(one: Evidence, known: readonly Prepared[]): Verdict {
    const trail = trailOf(one);
    const specific = mostSevere(known.filter((candidate) => speaks(candidate, trail)));
    return told(specific ?? named.find((candidate) => isNamed(candidate, trail)), 'no rule weighs this property, so it counts as medium');
  }

  function rulesFor(type: string): readonly Prepared[] {
    const cached = perType.get(type);
    if (cached !== undefined) return cached;
    const names = namesOfType(type);
    const found = prepared.filter(({ rule }) => rule.types.some((glob) => names.some((name) => isMatch(name, glob))));
    perType.set(type, found);
    return found;
  }
}

const low: Verdict = { severity: 'low', severityRule: 'nothing here means anything' };

function prepare(rule: SeverityRule): Prepared {
  return { rule, paths: rule.paths.map(parsePath) };
}

function told(found: Prepared | undefined, otherwise: string): Verdict {
  if (found === undefined) return { severity: 'medium', severityRule: `default: ${otherwise}` };
  return { severity: found.rule.severity, severityRule: `${found.rule.id}: ${found.rule.reason}` };
}

function mostSevere(found: readonly Prepared[]): Prepared | undefined {
  return found.reduce<Prepared | undefined>((a, b) => (a === undefined || rank(b.rule.severity) > rank(a.rule.severity) ? b : a), undefined);
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

function speaksOfWhole(when: When, { change, cause }: Pick<DraftFinding, 'change' | 'cause'>): boolean {
  return 'change' in when && when.change.includes(change) && (when.causes === undefined || when.causes.includes(cause));
}

function speaks({ rule: { when }, paths }: Prepared, trail: Trail): boolean {
  if ('change' in when) return false;
  return paths.some((path) => {
    const at = placesOf(path, trail);
    if (at === null) return false;
    if ('differs' in when) return true;
    const [from, to, test] = 'becomes' in when ? [at.before, at.after, when.becomes] : [at.after, at.before, when.was];
    const [old, young] = [from.length === 0 ? [undefined] : from, to.length === 0 ? [undefined] : to];
    return young.some((value) => passes(value, test) && !old.some((other) => isStill(other, value)))
      && !(old.length === 1 && young.length === 1 && passes(old[0], test));
  });
}

/** True where the difference stands at or below one of the names (what it merely contains is not its name), or became what the rule asks about. */
function isNamed(candidate: Prepared, trail: Trail): boolean {
  const { rule, paths } = candidate;
  if (!('differs' in rule.when)) return speaks(candidate, trail);
  return trail.some(({ names }) => paths.some((path) => follow(path, names).some(isEnd)));
}

function isStill(other: Value, value: Value): boolean {
  return other === value || (other !== undefined && value !== undefined && sameJson(other, value));
}

/**
 * The values of both sides to which a rule's path leads near this difference: the deepest value on the way whose names
 * are the path, else what the path finds inside the difference. Null where it leads elsewhere.
 */
function placesOf(path: NamePath, trail: Trail): { before: readonly Value[]; after: readonly Value[] } | null {
  const waypoint = trail.findLast(({ names }) => follow(path, names).some(isEnd));
  if (waypoint !== undefined) return { before: [waypoint.before], after: [waypoint.after] };
  const last = trail.at(-1);
  if (last === undefined) return null;
  const rests = follow(path, last.names);
  if (rests.length === 0) return null;
  const before = rests.flatMap((rest) => dig(last.before, rest));
  const after = rests.flatMap((rest) => dig(last.after, rest));
  return before.length + after.length === 0 ? null : { before, after };
}

function trailOf({ trail }: Evidence): Trail {
  const folded = (trail.at(-1)?.steps ?? []).map((step) => (typeof step === 'string' ? foldName(step) : null));
  return trail.map(({ steps, before, after }) => ({ names: folded.slice(0, steps.length).filter((name) => name !== null), before, after }));
}

function isMatch(name: string, glob: string): boolean {
  const pattern = glob.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`).test(name);
}
