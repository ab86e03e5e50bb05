import type { Block, Body, Expression } from '../hcl/ast.ts';
import { addressText } from './module.ts';
import { constantText } from '../hcl/constant-text.ts';
import type { Evaluate, Scope } from '../hcl/evaluate.ts';
import { isLazy, isMap, isSensitive, isUnknown, members, type Value } from '../hcl/value.ts';
import type { Coded, CodedBody } from './coded.ts';

/** Arguments and blocks of a resource that are terraform's own, not the provider's. */
export const metaArguments: ReadonlySet<string> = new Set(['count', 'for_each', 'provider', 'depends_on']);
export const metaBlocks: ReadonlySet<string> = new Set(['lifecycle', 'provisioner', 'connection']);

/** More blocks of one kind than this are not counted out. */
const maxBlocks = 10_000;

/** Evaluates the body of a resource: arguments, blocks, and dynamic blocks over what they repeat for. */
export function expandResource(body: Body, scope: Scope, evaluate: Evaluate): CodedBody {
  const escaped = body.blocks.filter((block) => block.type === '_').map((block) => block.body);
  const own: Body = {
    attributes: new Map([...body.attributes].filter(([name]) => !metaArguments.has(name))),
    blocks: body.blocks.filter((block) => !metaBlocks.has(block.type) && block.type !== '_'),
  };
  return new Map([own, ...escaped].flatMap((part) => [...expand(part, scope, evaluate)]));
}

function expand(body: Body, scope: Scope, evaluate: Evaluate): CodedBody {
  const found = new Map<string, Coded>();
  for (const [name, { value }] of body.attributes) {
    const evaluated = evaluate(value, scope);
    if (evaluated !== null) found.set(name, { kind: 'value', value: evaluated }); // null is not set
  }
  for (const block of body.blocks) {
    const name = block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type;
    found.set(name, append(found.get(name), block.type === 'dynamic' ? repeat(block, name, scope, evaluate) : { kind: 'blocks', items: [expand(block.body, scope, evaluate)] }));
  }
  return found;
}

function append(before: Coded | undefined, next: Coded): Coded {
  if (before === undefined || next.kind === 'undecided') return next;
  if (before.kind !== 'blocks' || next.kind !== 'blocks') return before;
  return { kind: 'blocks', items: [...before.items, ...next.items] };
}

function repeat(block: Block, name: string, scope: Scope, evaluate: Evaluate): Coded {
  const over = block.body.attributes.get('for_each');
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  if (over === undefined || content === undefined) return { kind: 'undecided', why: 'the dynamic block lacks for_each or content' };
  const pairs = pairsOf(evaluate(over.value, scope));
  if (typeof pairs === 'string') return { kind: 'undecided', why: pairs };
  const iterator = iteratorName(block.body.attributes.get('iterator')?.value) ?? name;
  const items = pairs.map(([key, value]) => {
    const bound = new Map([['key', key], ['value', value]]);
    return expand(content.body, { resolve: (asked) => (asked === iterator ? bound : scope.resolve(asked)) }, evaluate);
  });
  return { kind: 'blocks', items };
}

/** A name, or in quotes as old code and the JSON syntax have it. */
function iteratorName(written: Expression | undefined): string | undefined {
  return written === undefined ? undefined : (constantText(written) ?? addressText(written));
}

/** What is gone through, or why it cannot be. */
function pairsOf(over: Value): readonly (readonly [Value, Value])[] | string {
  const value = isSensitive(over) ? over.value : over;
  if (isUnknown(value)) return value.why;
  if (isLazy(value)) return pairsOf(value.whole());
  if (isMap(value)) return limited([...value].sort(([a], [b]) => (a < b ? -1 : 1)));
  const items = members(value);
  if (items === undefined) return 'the dynamic block is not over a list or map';
  return limited(Array.isArray(value) ? items.map((item, index) => [index, item]) : items.map((item) => [item, item]));
}

function limited(pairs: readonly (readonly [Value, Value])[]): readonly (readonly [Value, Value])[] | string {
  return pairs.length > maxBlocks ? `the dynamic block asks for more than ${maxBlocks} blocks` : pairs;
}
