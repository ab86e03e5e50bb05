import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '#agent/normalise/rules.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';
import { compare, realPaths } from './compare.ts';

/** Each law here has its own idea of what is equal, written another way than the rule. */
function isSame(type: string, before: JsonObject, after: JsonObject): boolean {
  return realPaths(compare(rules, type, before, after)).length === 0;
}

test('two IPv4 ranges are one exactly where they hold the same addresses', () => {
  const cidr = fc.record({ bytes: fc.tuple(fc.constantFrom(10, 11), fc.nat(1), fc.nat(1), fc.nat(255)), prefix: fc.integer({ min: 0, max: 32 }) });

  fc.assert(fc.property(cidr, cidr, (one, other) => {
    const isOne = one.prefix === other.prefix && bitsOf(one).slice(0, one.prefix) === bitsOf(other).slice(0, other.prefix);
    expect(isSame('aws_vpc', { cidr_block: spell(one) }, { cidr_block: spell(other) })).toBe(isOne);
  }), { numRuns: 1_000 });

  function bitsOf({ bytes }: { bytes: readonly number[] }): string {
    return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  }
  function spell({ bytes, prefix }: { bytes: readonly number[]; prefix: number }): string {
    return `${bytes.join('.')}/${prefix}`;
  }
});

test('two spans of time are one exactly where they last equally long', () => {
  const span = fc.record({ hours: fc.nat(2), minutes: fc.nat(120), seconds: fc.nat(120) });

  fc.assert(fc.property(span, span, fc.boolean(), (one, other, isIso) => {
    const before = isIso ? `PT${one.hours}H${one.minutes}M${one.seconds}S` : `${one.hours}h${one.minutes}m${one.seconds}s`;
    const after = `${other.hours * 3600 + other.minutes * 60 + other.seconds}s`;
    const isOne = one.hours * 3600 + one.minutes * 60 + one.seconds === Number.parseInt(after, 10);
    expect(isSame('google_x', { timeout: before }, { timeout: after })).toBe(isOne);
  }), { numRuns: 1_000 });
});

test('two amounts are one exactly where they are equally much', () => {
  const sizes = { m: 0.001, '': 1, k: 1e3, M: 1e6, Ki: 1024, Mi: 1024 ** 2 } as const;
  const unit = fc.constantFrom<keyof typeof sizes>('m', '', 'k', 'M', 'Ki', 'Mi');
  const amount = fc.record({ count: fc.constantFrom(1, 2, 1000, 1024, 1_000_000, 1_048_576), unit });

  fc.assert(fc.property(amount, amount, (one, other) => {
    const hold = ({ count, unit: of }: { count: number; unit: string }): JsonObject => ({ spec: { hard: { memory: `${count}${of}` } } });
    const isOne = Math.abs(one.count * sizes[one.unit] - other.count * sizes[other.unit]) < 1e-9;
    expect(isSame('kubernetes:v1/ResourceQuota', hold(one), hold(other))).toBe(isOne);
  }), { numRuns: 1_000 });
});

test('a set in another order is the same, and with another element it is not', () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[a-f]{2,4}$/), { minLength: 1, maxLength: 8 });

  fc.assert(fc.property(words, fc.infiniteStream(fc.nat(1_000)), fc.stringMatching(/^[x-z]{3}$/), (set, order, stranger) => {
    const shuffled = set.map((word) => ({ word, at: order.next().value as number })).toSorted((a, b) => a.at - b.at).map(({ word }) => word);
    expect(isSame('aws_lb', { subnets: set }, { subnets: shuffled })).toBe(true);
    expect(isSame('aws_lb', { subnets: set }, { subnets: [...shuffled.slice(1), stranger] })).toBe(false);
    expect(isSame('aws_lb', { subnets: set }, { subnets: [...shuffled, set[0] ?? ''] })).toBe(false);
  }), { numRuns: 500 });
});

test('only the rules that came or went are told of a security group', () => {
  const rule = fc.record({ from_port: fc.nat(9), to_port: fc.nat(9), protocol: fc.constantFrom('tcp', 'udp'), cidr_blocks: fc.constant(['10.0.0.0/8']) });
  const group = fc.uniqueArray(rule, { minLength: 1, maxLength: 6, selector: (one) => JSON.stringify(one) });

  fc.assert(fc.property(group, fc.nat(5), (kept, at) => {
    const added: Json = { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };
    const after = [...kept.toReversed().slice(0, at), added, ...kept.toReversed().slice(at)];
    const told = compare(rules, 'aws_security_group', { ingress: kept }, { ingress: after });
    expect(told.map(({ property: { change, before, after: now } }) => ({ change, before, now }))).toEqual([{ change: 'add', before: null, now: added }]);
  }), { numRuns: 500 });
});

test('a document whose keys are shuffled and whose white space differs is the same, and one changed leaf is told alone', () => {
  const leaf = fc.stringMatching(/^[a-d]{1,4}$/);
  const record = fc.dictionary(fc.stringMatching(/^k[a-f]$/), leaf, { minKeys: 1, maxKeys: 6 });

  fc.assert(fc.property(record, fc.nat(5), (given, index) => {
    const entries = Object.entries(given);
    const [changed = ''] = entries[index % entries.length] ?? [];
    const shuffled = Object.fromEntries(entries.toReversed());
    expect(isSame('aws_x', { body: JSON.stringify(given) }, { body: JSON.stringify(shuffled, null, 2) })).toBe(true);
    const told = compare(rules, 'aws_x', { body: JSON.stringify(given) }, { body: JSON.stringify({ ...shuffled, [changed]: 'other' }) });
    expect(realPaths(told)).toEqual([`body.${changed}`]);
  }), { numRuns: 300 });
});
