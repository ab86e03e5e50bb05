import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { parseDocument } from '../document.ts';
import { field, isEmpty, keyOfValue } from '../fields.ts';
import type { Rule, Value } from '../rule.ts';

/** ECS answers with the defaults filled in and the environment in its own order. */
export const containerDefinitions: Rule = {
  name: 'container-definitions',
  reason: 'The containers are the same: ECS adds defaults, drops empty lists and orders the environment its own way.',
  appliesTo: (place) => place.name === 'containerdefinitions' && place.documents.length <= 1,
  canonical: (value) => {
    const list = typeof value === 'string' ? parseDocument(value) : value;
    return isList(list) && list.every(isObject) ? byKey(list.map(container)) : value;
  },
  explains: ({ before, after, whole }, place) => {
    const modes = [modeOf(whole.before), modeOf(whole.after)].filter((mode) => mode !== undefined);
    if (modes.length === 0 || !modes.every((mode) => mode === 'awsvpc' || mode === 'host')) return false; // there the host's port is the container's own
    const [one, other] = [before, after].map((side) => samePorts(containerDefinitions.canonical?.(side, place)));
    return isList(one) && isList(other) && keyOfValue(byKey(one)) === keyOfValue(byKey(other));
  },
};

function modeOf(task: JsonObject): Value {
  return field(task, 'network_mode') ?? field(task, 'networkMode') ?? field(task, 'NetworkMode');
}

function samePorts(containers: Value): Value {
  if (!isList(containers)) return containers;
  return containers.map((one) => {
    const ports = isObject(one) ? field(one, 'portMappings') : undefined;
    if (!isObject(one) || !isList(ports)) return one;
    return { ...one, portMappings: byKey(ports.map((mapping) => (isObject(mapping) && mapping['hostPort'] === mapping['containerPort'] ? withoutHostPort(mapping) : mapping))) };
  });
}

function withoutHostPort({ hostPort: _host, ...mapping }: JsonObject): JsonObject {
  return mapping;
}

/** What ECS fills in (RegisterTaskDefinition, ContainerDefinition). */
const defaults: Readonly<Record<string, Json>> = { cpu: 0, essential: true };

/** Lists without an order of their own; `command`, `entryPoint` and `dependsOn` have one. */
const unordered = new Set(['environment', 'secrets', 'portMappings', 'mountPoints', 'volumesFrom', 'ulimits', 'systemControls', 'environmentFiles']);

function container(written: JsonObject): JsonObject {
  const entries = Object.entries(written).filter(([name, value]) => !isEmpty(value) && defaults[name] !== value);
  return Object.fromEntries(entries.map(([name, value]) => [name, unordered.has(name) && isList(value) ? byKey(value.map((item) => (name === 'portMappings' ? port(item) : item))) : value]));
}

function port(mapping: Json): Json {
  if (!isObject(mapping)) return mapping;
  return Object.fromEntries(Object.entries(mapping).filter(([name, value]) => !(name === 'protocol' && value === 'tcp') && !(name === 'hostPort' && value === 0)));
}

function byKey(items: readonly Json[]): readonly Json[] {
  const keyed = items.map((item) => ({ item, key: keyOfValue(item) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
}
