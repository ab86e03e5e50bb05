import type { Gap, Side, Sighting } from '#proto/domain/resource.ts';
import type { StackResource } from '../drift-sighting.ts';
import { nestedType } from '../drift-sighting.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { resolveTemplate, type WantedResource } from '../template/resolve.ts';
import type { StackFacts } from './cloud.ts';

/** What a template asks for of a stack that is there, by logical id. */
export type Wanted = ReadonlyMap<string, WantedResource>;

/** @throws Fault `template-unreadable` */
export function wantedOf(text: string, source: string, { facts, resources, region }: { facts: StackFacts; resources: readonly StackResource[]; region: string }): Wanted {
  const [, partition = 'aws', account] = /^arn:([\w-]+):cloudformation:[\w-]*:(\d*):/.exec(facts.id) ?? [];
  const wanted = resolveTemplate(parseTemplate(text, source), {
    parameters: facts.parameters,
    pseudo: {
      'AWS::Region': region,
      'AWS::Partition': partition,
      'AWS::StackName': facts.name,
      'AWS::StackId': facts.id,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      ...(account !== undefined && { 'AWS::AccountId': account }),
    },
    physicalIds: Object.fromEntries(resources.flatMap(({ LogicalResourceId: name, PhysicalResourceId: id }) => (id === undefined ? [] : [[name, id]]))),
  });
  return new Map(wanted.map((resource) => [resource.logicalId, resource]));
}

/** Sets the code beside what was seen of a stack: what the template does not name any more, or not yet, is told too. */
export function withCode(sightings: readonly Sighting[], wanted: Wanted, { resources, prefix }: { resources: readonly StackResource[]; prefix: string }): readonly Sighting[] {
  const known = new Set(resources.map(({ LogicalResourceId }) => LogicalResourceId));
  const coded = sightings.map((sighting) => {
    const code = codeSide(wanted.get(sighting.address.slice(prefix.length)));
    return code === undefined ? sighting : { ...sighting, sides: { ...sighting.sides, code } };
  });
  const missing = [...wanted.values()].filter(({ logicalId, presence, type }) => presence === 'present' && type !== nestedType && !known.has(logicalId));
  return [...coded, ...missing.map((resource): Sighting => ({ ...blank(`${prefix}${resource.logicalId}`, resource.type, null), sides: { code: sideOf(resource), recorded: null } }))];
}

/** Two templates of the same stack set against each other: what is asked for, and what was deployed last. */
export function betweenTemplates(wanted: Wanted, deployed: Wanted, { resources, prefix }: { resources: readonly StackResource[]; prefix: string }): { readonly sightings: readonly Sighting[]; readonly gaps: readonly Gap[] } {
  const sightings: Sighting[] = [];
  const gaps: Gap[] = [];
  for (const { LogicalResourceId: name, PhysicalResourceId: id, ResourceType: type } of resources) {
    if (type === nestedType) continue;
    const recorded = deployed.get(name);
    if (recorded?.presence === 'present') sightings.push({ ...blank(`${prefix}${name}`, type, id ?? null), sides: { recorded: sideOf(recorded) } });
    else gaps.push({ address: `${prefix}${name}`, state: 'unsupported', reason: 'the deployed template does not say whether and how it is there' });
  }
  return { sightings: withCode(sightings, wanted, { resources, prefix }), gaps };
}

/** Null where the template does not name it or its condition is false; undefined where that cannot be told. */
function codeSide(wanted: WantedResource | undefined): Side | null | undefined {
  if (wanted === undefined || wanted.presence === 'absent') return null;
  return wanted.presence === 'undecided' ? undefined : sideOf(wanted);
}

function sideOf({ values, unknown, sensitive }: WantedResource): Side {
  return { values, unknown, sensitive, partial: true };
}

function blank(address: string, type: string, id: string | null): Omit<Sighting, 'sides'> {
  return { address, type, provider: null, id, movedFrom: null, ignored: [] };
}
