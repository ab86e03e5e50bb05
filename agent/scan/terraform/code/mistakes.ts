import type { Block, Body, Expression } from '../hcl/ast.ts';
import { constantText } from '../hcl/constant-text.ts';
import { Mistake } from '../hcl/mistake.ts';
import { references } from '../hcl/references.ts';
import { convertTo } from '../hcl/convert-to.ts';
import { readType } from '../hcl/type-constraint.ts';
import type { CodeMistake, Module, PlacedBlock } from './module.ts';
import { constantValue } from './constant-value.ts';

type Checked = Omit<Module, 'mistakes'>;

/** What terraform would refuse although it parses, as far as that can be told without its providers. */
export function findMistakes(module: Checked): readonly CodeMistake[] {
  const found: CodeMistake[] = [];
  for (const block of [...module.resources.values(), ...module.data.values(), ...module.ephemerals.values(), ...module.calls.values()]) check(block, repetitionRules);
  for (const block of [...module.resources.values(), ...module.data.values()]) check(block, resourceRules);
  for (const block of module.data.values()) check(block, [dataLifecycle]);
  for (const block of module.variables.values()) check(block, [variableDefault, variableValidation]);
  for (const block of module.calls.values()) check(block, [localSourceWithVersion]);
  for (const block of module.outputs.values()) check(block, [conditionsRefer]);
  for (const block of module.providers.values()) check(block, [providerLabel]);
  for (const [name, { source, file, line }] of module.required) {
    if (/(?:^|\/)terraform-[^/]*$/.test(source)) found.push({ file, line, reason: `the type of the provider ${name} begins with terraform-` });
  }
  return found;

  function check(block: PlacedBlock, rules: readonly BlockRule[]): void {
    for (const rule of rules) {
      const reason = rule(block);
      if (reason !== undefined) found.push({ file: block.file, line: block.line, reason });
    }
  }
}

type BlockRule = (block: Block) => string | undefined;

const repetitionRules: readonly BlockRule[] = [
  ({ body }) => (repetitions(body).length > 1 ? `${repetitions(body).join(' and ')} exclude one another` : undefined),
];

function repetitions(body: Body): readonly string[] {
  const enabled = lifecycles(body).some((block) => block.body.attributes.has('enabled'));
  return [...['count', 'for_each'].filter((name) => body.attributes.has(name)), ...(enabled ? ['enabled'] : [])];
}

function lifecycles(body: Body): readonly Block[] {
  return body.blocks.filter((block) => block.type === 'lifecycle');
}

const removedProvisioners = new Set(['chef', 'habitat', 'puppet', 'salt-masterless']);
const eachAndCount: ReadonlyMap<string, readonly string[]> = new Map([['each', ['key', 'value']], ['count', ['index']]]);

const resourceRules: readonly BlockRule[] = [
  ({ body }) => (body.blocks.some((block) => block.type === 'locals') ? 'locals is a reserved block inside a resource' : undefined),
  ({ body }) => (body.blocks.some((block) => block.type === 'provisioner' && removedProvisioners.has(block.labels[0] ?? '')) ? 'the provisioner has been removed from terraform' : undefined),
  ({ body }) => providerReference(body.attributes.get('provider')?.value),
  ({ body }) => firstOf(lifecycles(body), lifecycleArguments),
  (block) => firstOf(lifecycles(block.body), (lifecycle) => conditionsRefer(lifecycle) ?? conditionsOfSelf(lifecycle, block)),
];

function firstOf<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  return items.map(check).find((reason) => reason !== undefined);
}

const localName = /^[0-9a-z](?:[0-9a-z-]*[0-9a-z])?$/;

function providerReference(of: Expression | undefined): string | undefined {
  const text = of?.kind === 'name' ? of.name : undefined;
  return text === undefined || localName.test(text) ? undefined : `${text} is not the name of a provider`;
}

const providerLabel: BlockRule = ({ labels: [name = ''] }) => (localName.test(name) ? undefined : `${name} is not the name of a provider`);

function lifecycleArguments({ body }: Block): string | undefined {
  for (const name of ['create_before_destroy', 'prevent_destroy']) {
    const value = body.attributes.get(name)?.value;
    const text = constantText(value);
    if (value?.kind === 'number' || (text !== undefined && text !== 'true' && text !== 'false')) return `${name} must be true or false`;
  }
  const ignored = body.attributes.get('ignore_changes')?.value;
  if (ignored?.kind === 'list' && ignored.items.some((item) => constantText(item) === '*')) return 'ignore_changes takes the keyword all, not "*"';
  const triggers = body.attributes.get('replace_triggered_by')?.value;
  const wrong = triggers === undefined ? undefined : references(triggers).find(([root = '', name]) => name !== undefined && eachAndCount.get(root)?.includes(name) === false);
  return wrong === undefined ? undefined : `there is no ${wrong.join('.')}`;
}

const dataLifecycle: BlockRule = ({ body }) => {
  const wrong = lifecycles(body).flatMap((block) => [...block.body.attributes.keys()]).find((name) => name !== 'enabled');
  return wrong === undefined ? undefined : `${wrong} is not for data sources`;
};

/** A condition that refers to nothing can never change its mind. */
const conditionsRefer: BlockRule = ({ body }) => {
  const conditions = body.blocks.filter((block) => block.type === 'precondition' || block.type === 'postcondition').map((block) => block.body.attributes.get('condition')?.value);
  return conditions.some((condition) => condition !== undefined && references(condition).length === 0) ? 'a condition refers to nothing' : undefined;
};

/** Inside its own conditions a resource is `self`, and before it is made it is nothing. */
function conditionsOfSelf({ body }: Block, { type, labels: [resourceType, name] }: Block): string | undefined {
  const expressions = body.blocks
    .filter((block) => block.type === 'precondition' || block.type === 'postcondition')
    .flatMap((block) => [...block.body.attributes.values()].map(({ value }) => value));
  const own = [...(type === 'data' ? ['data'] : []), resourceType, name];
  const refersToItself = expressions.some((of) => references(of).some((names) => own.every((each, index) => names[index] === each)));
  return refersToItself ? 'a condition refers to its own resource by name' : undefined;
}

const variableDefault: BlockRule = ({ body }) => {
  const given = body.attributes.get('default');
  if (given === undefined) return undefined;
  try {
    convertTo(readType(body.attributes.get('type')?.value), constantValue(given.value), constantValue);
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) return 'the default is not of the type of the variable';
    throw error;
  }
};

const variableValidation: BlockRule = ({ body, labels: [name = ''] }) => {
  const conditions = body.blocks.filter((block) => block.type === 'validation').map((block) => block.body.attributes.get('condition')?.value);
  const refers = (of: Expression | undefined): boolean => of === undefined || references(of).some(([root, second]) => root === 'var' && second === name);
  return conditions.every(refers) ? undefined : 'a validation does not refer to its variable';
};

const localSourceWithVersion: BlockRule = ({ body }) => {
  const source = constantText(body.attributes.get('source')?.value);
  return source !== undefined && /^\.{1,2}\//.test(source) && body.attributes.has('version') ? 'a local module has no version' : undefined;
};
