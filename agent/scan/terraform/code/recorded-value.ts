import { fromJson } from '../hcl/functions/json.ts';
import { untyped } from '../hcl/typed.ts';
import { sensitive, unknown, type Value } from '../hcl/value.ts';
import type { RecordedResource } from '../recorded/recorded.ts';
import { codedValue, type CodedBody } from './coded.ts';

/** An attribute that the code does not set: what the state holds, as sensitive as it is there. */
export function recordedAttribute(recorded: RecordedResource | undefined, address: string, name: string): Value {
  if (recorded === undefined || !Object.hasOwn(recorded.side.values, name)) return unknown(`${address}.${name} is known only after it is applied`);
  const value = untyped(fromJson(recorded.side.values[name] ?? null));
  const secret = recorded.side.sensitive.some((path) => path.length === 0 || path[0] === name);
  return secret ? sensitive(value) : value;
}

/** All of a resource: the code's arguments over the recorded ones. */
export function recordedWhole(recorded: RecordedResource | undefined, address: string, body: CodedBody): Value {
  if (recorded === undefined) return unknown(`${address} is known only after it is applied`);
  const held = Object.keys(recorded.side.values).map((name) => [name, recordedAttribute(recorded, address, name)] as const);
  return new Map([...held, ...[...body].map(([name, coded]) => [name, codedValue(coded)] as const)]);
}
