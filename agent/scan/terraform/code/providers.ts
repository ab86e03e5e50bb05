import type { Path } from '#proto/domain/json.ts';
import type { Block, Expression } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';
import type { Evaluate, Scope } from '../hcl/evaluate.ts';
import { reveal } from '../hcl/reveal.ts';
import { isMap, members, sensitive, unknown, type Value } from '../hcl/value.ts';
import { codedValue, type CodedBody } from './coded.ts';
import { addressText, type Module, type PlacedBlock } from './module.ts';

/** A provider block, and what names mean in it. */
export interface ProviderConfig {
  readonly block: PlacedBlock;
  readonly scope: Scope;
}

/** The provider of a resource: its name in the module (`aws`, `aws.east`) and its full name. */
export function providerSource({ labels: [type = ''], body }: Block, required: Module['required']): { readonly local: string; readonly source: string } {
  const local = providerName(body.attributes.get('provider')?.value) ?? type.split('_')[0] ?? type;
  const name = local.split('.')[0] ?? local;
  return { local, source: name === 'terraform' ? 'terraform.io/builtin/terraform' : fullName(required.get(name)?.source ?? name) };
}

function providerName(written: Expression | undefined): string | undefined {
  return written === undefined ? undefined : (constantText(written) ?? addressText(written));
}

function fullName(source: string): string {
  const parts = source.split('/');
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${source}`;
  return parts.length === 2 ? `registry.terraform.io/${source}` : source;
}

/** What a call passes on: `providers = { aws = aws.east }`. */
export function passedProvider(call: Block, name: string): string | undefined {
  const passed = call.body.attributes.get('providers')?.value;
  if (passed?.kind !== 'object') return undefined;
  const entry = passed.entries.find(({ key }) => (constantText(key) ?? addressText(key)) === name);
  return entry === undefined ? undefined : providerName(entry.value);
}

/** Adds the `tags_all` that AWS's `default_tags` make of a resource's tags. */
export function defaultTags(body: CodedBody, { block, scope }: ProviderConfig, evaluate: Evaluate): CodedBody {
  const written = nested(block, 'default_tags')?.body.attributes.get('tags');
  if (written === undefined) return body;
  const own = body.get('tags');
  return new Map([...body, ['tags_all', { kind: 'value', value: mergeTags(evaluate(written.value, scope), own === undefined ? new Map() : codedValue(own)) }]]);
}

function mergeTags(defaults: Value, own: Value): Value {
  const [base, over] = [reveal(defaults), reveal(own)];
  if (!isMap(base.value) || !isMap(over.value)) return unknown('the tags cannot be told');
  const merged = new Map([...base.value, ...over.value]);
  return base.wasSensitive || over.wasSensitive ? sensitive(merged) : merged;
}

/** The tags that AWS's `ignore_tags` leaves to others. */
export function ignoredTags({ block, scope }: ProviderConfig, evaluate: Evaluate): readonly Path[] {
  const written = nested(block, 'ignore_tags')?.body.attributes.get('keys');
  const keys = written === undefined ? [] : (members(reveal(evaluate(written.value, scope)).value) ?? []);
  return keys.filter((key) => typeof key === 'string').flatMap((key) => [['tags', key], ['tags_all', key]]);
}

function nested(block: Block, type: string): Block | undefined {
  return block.body.blocks.find((inner) => inner.type === type);
}
