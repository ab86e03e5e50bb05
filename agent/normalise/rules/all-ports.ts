import { isObject, type JsonObject } from '#proto/domain/json.ts';
import { foldName } from '#proto/domain/resource-type.ts';
import { field } from '../fields.ts';
import { inDocument } from '../place.ts';
import type { Rule, Value } from '../rule.ts';

/** With protocol "all" a rule has no ports, and providers write that as 0, -1 or nothing. */
export const allPorts: Rule = {
  name: 'all-ports',
  reason: 'The rule is for every protocol, where ports of 0, -1 or none all mean "any".',
  appliesTo: (place) => !inDocument(place),
  canonical: (value) => (isObject(value) && isForAll(value) ? withoutPorts(value) : value),
  explains: ({ before, after, parent }, place) =>
    portNames.has(place.name) && isForAll(parent.before) && isForAll(parent.after) && isAnyPort(before) && isAnyPort(after),
};

const portNames = new Set(['fromport', 'toport']);

function isForAll(rule: JsonObject): boolean {
  const protocol = ['protocol', 'ip_protocol', 'ipProtocol', 'IpProtocol'].map((name) => field(rule, name)).find((value) => value !== undefined);
  return protocol === '-1' || protocol === -1 || protocol === 'all';
}

function isAnyPort(value: Value): boolean {
  return value === undefined || value === null || value === 0 || value === -1 || value === '0' || value === '-1';
}

function withoutPorts(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([key, value]) => !(portNames.has(foldName(key)) && isAnyPort(value))));
}
