import { isList, isObject, type JsonObject } from '#proto/domain/json.ts';
import { canonicalCidr } from '../internet-address.ts';
import type { Value } from '../rule.ts';
import { fieldNamed } from './field-named.ts';
import type { Addition, Child } from './share.ts';

/** True where every way that was added to a security group is one that a rule resource of its own makes. */
export function isTrafficOf({ element, within }: Addition, children: readonly Child[], direction: 'ingress' | 'egress'): boolean {
  if (!isObject(element)) return false;
  const added = within === null ? waysOf(element) : waysOf({ ...withoutSources(element), [within.field]: within.field === 'self' ? (within.value ?? null) : [within.value ?? null] });
  const made = new Set(children.filter(({ type, values }) => directionOf(type, values) === direction).flatMap(({ values }) => waysOf(values)));
  return added.length > 0 && added.every((way) => made.has(way));
}

/** The fields that name a source, in a group's own rules and in both kinds of rule resources, by what they name. */
const sources: readonly (readonly [string, string])[] = [
  ['cidr_blocks', 'range'], ['ipv6_cidr_blocks', 'range'], ['cidr_ipv4', 'range'], ['cidr_ipv6', 'range'],
  ['prefix_list_ids', 'list'], ['prefix_list_id', 'list'],
  ['security_groups', 'group'], ['source_security_group_id', 'group'], ['referenced_security_group_id', 'group'],
];

/** Each single way through: protocol, ports and one source. */
function waysOf(rule: JsonObject): readonly string[] {
  const protocol = text(fieldNamed(rule, 'protocol') ?? fieldNamed(rule, 'ip_protocol'));
  const isAll = protocol === '-1' || protocol === 'all';
  const ports = isAll ? 'any' : `${text(fieldNamed(rule, 'from_port'))}-${text(fieldNamed(rule, 'to_port'))}`;
  const named = sources.flatMap(([field, kind]) => listOf(fieldNamed(rule, field)).map((value) => `${kind} ${canonicalCidr(value) ?? value}`));
  const own = fieldNamed(rule, 'self') === true ? ['self'] : [];
  return [...named, ...own].map((source) => `${isAll ? 'all' : protocol} ${ports} ${source}`);
}

function withoutSources(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'self' && !sources.some(([field]) => field === name)));
}

function directionOf(type: string, values: JsonObject): string {
  return type.endsWith('_rule') && type.includes('gress') ? (type.includes('_ingress_') ? 'ingress' : 'egress') : text(fieldNamed(values, 'type'));
}

function listOf(value: Value): readonly string[] {
  return (isList(value) ? value : [value]).filter((item) => typeof item === 'string' && item !== '').map(text);
}

function text(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
