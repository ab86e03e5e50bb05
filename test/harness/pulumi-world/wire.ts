/** A value as the wire has it: one of these, and `kind` is which. */
interface Wire {
  readonly kind?: string;
  readonly [kind: string]: unknown;
}

/** An object as google.protobuf.Struct has it. */
export function toStruct(value: object): object {
  return { fields: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toValue(inner)])) };
}

/** What a google.protobuf.Struct holds. */
export function fromStruct(struct: unknown): Record<string, unknown> {
  const { fields } = struct as { fields: Record<string, Wire> };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fromValue(value)]));
}

function fromValue(value: Wire): unknown {
  if (value.kind === 'structValue') return fromStruct(value['structValue']);
  if (value.kind === 'listValue') return (value['listValue'] as { values: Wire[] }).values.map(fromValue);
  return value.kind === undefined || value.kind === 'nullValue' ? null : value[value.kind];
}

function toValue(value: unknown): object {
  if (value === null) return { nullValue: 0 };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { listValue: { values: value.map(toValue) } };
  return { structValue: toStruct(value as object) };
}
