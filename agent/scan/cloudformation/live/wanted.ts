import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import type { StackResource } from '../drift-sighting.ts';
import { nestedType } from '../drift-sighting.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { isModule, isServerless, macrosOf, onlyServerless } from '../template/macros.ts';
import { resolveWhole, type WantedResource } from '../template/resolve.ts';
import type { StackFacts } from './cloud.ts';

/** What a template asks for of a stack that is there, by logical id. */
export interface Wanted {
  readonly resources: ReadonlyMap<string, WantedResource>;
  /** False where macros or loops make more than can be told here: then what is not named may well be meant. */
  readonly isWhole: boolean;
  /** Macros that only AWS runs. */
  readonly macros: readonly string[];
  /** Modules that only AWS opens, by logical id. */
  readonly modules: readonly string[];
}

export interface WantedOf {
  readonly facts: Pick<StackFacts, 'id' | 'name' | 'parameters' | 'resolved'>;
  readonly resources: readonly StackResource[];
  readonly region: string;
  /** Whether AWS has run the macros already; default `written`. */
  readonly form?: 'written' | 'processed';
}

/** @throws Fault `template-unreadable` */
export function wantedOf(text: string, source: string, { facts, resources, region, form = 'written' }: WantedOf): Wanted {
  const template = parseTemplate(text, source);
  const macros = form === 'processed' ? [] : macrosOf(template);
  const [, partition = 'aws', account] = /^arn:([\w-]+):cloudformation:[\w-]*:(\d*):/.exec(facts.id) ?? [];
  const { resources: wanted, isWhole } = resolveWhole(template, {
    parameters: facts.parameters,
    resolved: facts.resolved,
    pseudo: Object.fromEntries(Object.entries({
      'AWS::Region': region,
      'AWS::StackName': facts.name,
      'AWS::StackId': facts.id,
      'AWS::AccountId': account,
      ...(facts.id !== '' && { 'AWS::Partition': partition, 'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com' }),
    }).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')),
    physicalIds: Object.fromEntries(resources.flatMap(({ LogicalResourceId: name, PhysicalResourceId: id }) => (id === undefined ? [] : [[name, id]]))),
  });
  const told = onlyServerless(macros) ? wanted.filter(({ type }) => macros.length === 0 || !isServerless(type)) : []; // any other macro may change every resource
  const modules = wanted.filter(({ type, presence }) => isModule(type) && presence !== 'absent').map(({ logicalId }) => logicalId);
  const named = told.filter(({ type }) => !isModule(type));
  return { resources: new Map(named.map((resource) => [resource.logicalId, resource])), isWhole: isWhole && macros.length === 0 && modules.length === 0, macros, modules };
}

/** Sets the code beside what was seen of a stack: what the template does not name any more, or not yet, is told too. */
export function withCode(sightings: readonly Sighting[], wanted: Wanted, { resources, prefix }: { resources: readonly StackResource[]; prefix: string }): readonly Sighting[] {
  const known = new Set(resources.map(({ LogicalResourceId }) => LogicalResourceId));
  const coded = sightings.map((sighting) => {
    const code = codeSide(wanted, sighting.address.slice(prefix.length));
    return code === undefined ? sighting : { ...sighting, sides: { ...sighting.sides, code } };
  });
  const missing = [...wanted.resources.values()].filter(({ logicalId, presence, type }) => presence === 'present' && type !== nestedType && !known.has(logicalId));
  return [...coded, ...missing.map((resource): Sighting => ({ ...blank(`${prefix}${resource.logicalId}`, resource.type, null), sides: { code: sideOf(resource), recorded: null } }))];
}

/** Two templates of the same stack set against each other: what is asked for, and what was deployed last. */
export function betweenTemplates(wanted: Wanted, deployed: Wanted, { resources, prefix }: { resources: readonly StackResource[]; prefix: string }): { readonly sightings: readonly Sighting[]; readonly gaps: readonly Gap[] } {
  const sightings: Sighting[] = [];
  const gaps: Gap[] = [];
  for (const { LogicalResourceId: name, PhysicalResourceId: id, ResourceType: type } of resources) {
    if (type === nestedType) continue;
    const recorded = deployed.resources.get(name);
    if (recorded?.presence === 'present') sightings.push({ ...blank(`${prefix}${name}`, type, id ?? null), sides: { recorded: sideOf(recorded) } });
    else gaps.push({ address: `${prefix}${name}`, state: 'unsupported', reason: 'the deployed template does not say whether and how it is there' });
  }
  return { sightings: withCode(sightings, wanted, { resources, prefix }).map(bothWhole), gaps };
}

/** Of two templates, what one leaves out it takes away. */
function bothWhole(sighting: Sighting): Sighting {
  const { code } = sighting.sides;
  return code ? { ...sighting, sides: { ...sighting.sides, code: { ...code, partial: false } } } : sighting;
}

/** What a template cannot be asked here, as a gap of its own. */
export function unevaluated({ macros, modules }: Pick<Wanted, 'macros' | 'modules'>, prefix: string): readonly Gap[] {
  const gaps = modules.map((name): Gap => ({ address: `${prefix}${name}`, state: 'unsupported', reason: 'a module, which only AWS opens: what is in it is not compared with the file' }));
  if (macros.length === 0) return gaps;
  return [{ address: `${prefix}*`, state: 'unsupported', reason: `the template goes through ${macros.join(', ')}, which only AWS runs: what that makes is not compared with the file` }, ...gaps];
}

/** Null where the template does not name it or its condition is false; undefined where that cannot be told. */
function codeSide({ resources, isWhole }: Wanted, name: string): Side | null | undefined {
  const wanted = resources.get(name);
  if (wanted === undefined) return isWhole ? null : undefined;
  if (wanted.presence === 'absent') return null;
  return wanted.presence === 'undecided' ? undefined : sideOf(wanted);
}

function sideOf({ values, unknown, sensitive }: WantedResource): Side {
  return { values, unknown, sensitive, partial: true };
}

function blank(address: string, type: string, id: string | null): Omit<Sighting, 'sides'> {
  return { address, type, provider: null, id, movedFrom: null, ignored: [] };
}
