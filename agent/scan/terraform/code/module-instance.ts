import { posix, relative, sep } from 'node:path';
import { resourceAddress, writeKey, type InstanceKey } from '../address.ts';
import { toBool } from '../hcl/convert.ts';
import type { Evaluate, Scope } from '../hcl/evaluate.ts';
import { Mistake } from '../hcl/mistake.ts';
import { convertTo } from '../hcl/convert-to.ts';
import { readType } from '../hcl/type-constraint.ts';
import { reveal } from '../hcl/reveal.ts';
import { sensitive, unknown, type Lazy, type Value } from '../hcl/value.ts';
import type { RecordedResource } from '../recorded/recorded.ts';
import { codedValue, cyclic, type CodedBody, type CodedResource, type Undecided } from './coded.ts';
import { expandResource } from './expand-body.ts';
import { expansionOf, gather, instancesOf, type Expansion, type Instance } from './expansion.ts';
import { ignoredPaths } from './ignored-paths.ts';
import { createMemo } from './memo.ts';
import type { ModuleTree, PlacedBlock } from './module.ts';
import { defaultTags, ignoredTags, passedProvider, providerSource, type ProviderConfig } from './providers.ts';
import { recordedAttribute, recordedWhole } from './recorded-value.ts';

/** What all modules of a stack share while they are evaluated. */
export interface StackContext {
  readonly evaluate: Evaluate;
  readonly workspace: string;
  readonly rootFolder: string;
  /** What the state holds at an address, as the code now calls it. */
  readonly recorded: (address: string) => RecordedResource | undefined;
}

/** Where an instance of a module stands: its address, what its variables are given, and the providers that it inherits. */
export interface ModulePlace {
  readonly address: string;
  readonly input: (variable: string) => Value | undefined;
  readonly provider: (name: string) => ProviderConfig | undefined;
}

export interface ModuleInstance {
  readonly output: (name: string) => Value;
  readonly outputs: () => Value;
  /** Every resource of it and of the modules that it calls. */
  readonly collect: (resources: CodedResource[], undecided: Undecided[]) => void;
}

/** One module as it is called once. Everything is evaluated when it is asked for, and once. */
export function createModuleInstance({ module, children }: ModuleTree, place: ModulePlace, context: StackContext): ModuleInstance {
  const { evaluate } = context;
  const values = createMemo<Value>(cyclic);
  const expansions = createMemo<Expansion>({ kind: 'undecided', why: cyclic.why });
  const bodies = createMemo<CodedBody | null>(null);
  const instances = new Map<string, ModuleInstance>();
  const types = new Set([...module.resources.values()].map(({ labels: [type] }) => type));
  const scope: Scope = { resolve };
  return { output, outputs, collect };

  function resolve(name: string): Value | undefined {
    switch (name) {
      case 'var':
        return lazy((key) => values(`var.${key}`, () => variable(key)));
      case 'local':
        return lazy((key) => values(`local.${key}`, () => local(key)));
      case 'module':
        return lazy((key) => values(`module.${key}`, () => call(key)));
      case 'data':
        return lazy((type) => lazy((key) => values(`data.${type}.${key}`, () => block(module.data.get(`${type}.${key}`), 'data'))));
      case 'path':
        return new Map<string, Value>([['module', modulePath()], ['root', '.'], ['cwd', unknown('the working folder is another on every machine')]]);
      case 'terraform':
      case 'tofu':
        return new Map<string, Value>([['workspace', context.workspace], ['applying', unknown('it is not being applied here')]]);
      default:
        return types.has(name) ? lazy((key) => values(`${name}.${key}`, () => block(module.resources.get(`${name}.${key}`), 'managed'))) : undefined;
    }
  }

  function modulePath(): string {
    return relative(context.rootFolder, module.folder).split(sep).join(posix.sep) || '.';
  }

  function variable(name: string): Value {
    const declared = module.variables.get(name);
    if (declared === undefined) return unknown(`there is no variable ${name}`);
    const { attributes } = declared.body;
    const given = place.input(name);
    const nullable = attributes.get('nullable');
    const refusesNull = nullable !== undefined && evaluate(nullable.value, scope) === false;
    const otherwise = attributes.get('default');
    const fallback = (): Value => (otherwise === undefined ? unknown(`the variable ${name} is given no value here`) : evaluate(otherwise.value, scope));
    const value = given === undefined || (given === null && refusesNull) ? fallback() : given;
    const typed = converted(() => convertTo(readType(attributes.get('type')?.value), value, (of) => evaluate(of, scope)), name);
    return isMarked(declared, 'sensitive') || isMarked(declared, 'ephemeral') ? sensitive(typed) : typed;
  }

  function converted(convert: () => Value, name: string): Value {
    try {
      return convert();
    } catch (error) {
      if (error instanceof Mistake) return unknown(`the value of the variable ${name} is not of its type`);
      throw error;
    }
  }

  function isMarked(declared: PlacedBlock, name: string): boolean {
    const mark = declared.body.attributes.get(name);
    return mark !== undefined && evaluate(mark.value, scope) !== false;
  }

  function local(name: string): Value {
    const found = module.locals.get(name);
    return found === undefined ? unknown(`there is no local ${name}`) : evaluate(found.value, scope);
  }

  function block(found: PlacedBlock | undefined, mode: 'managed' | 'data'): Value {
    if (found === undefined) return unknown('there is no such resource');
    return gather(expansion(found), (instance) => instanceValue(found, instance, mode));
  }

  function expansion(found: PlacedBlock): Expansion {
    return expansions(`${found.type} ${found.labels.join('.')}`, () => expansionOf(found.body, scope, evaluate));
  }

  /** What the code sets comes first, as in a plan; what only the provider knows is taken from the record. */
  function instanceValue(found: PlacedBlock, instance: Instance, mode: 'managed' | 'data'): Lazy {
    const address = addressOf(found, instance.key, mode);
    return {
      kind: 'lazy',
      get: (name) => {
        const coded = bodyOf(found, instance, address)?.get(name);
        return coded === undefined ? recordedAttribute(context.recorded(address), address, name) : codedValue(coded);
      },
      whole: () => recordedWhole(context.recorded(address), address, bodyOf(found, instance, address) ?? new Map()),
    };
  }

  function bodyOf(found: PlacedBlock, instance: Instance, address: string): CodedBody | null {
    return bodies(address, () => expandResource(found.body, within(instance), evaluate));
  }

  function within({ names }: Instance): Scope {
    return { resolve: (name) => names.get(name) ?? resolve(name) };
  }

  function addressOf({ labels: [type = '', name = ''] }: PlacedBlock, key: InstanceKey, mode: 'managed' | 'data'): string {
    return `${resourceAddress({ module: place.address, type: mode === 'data' ? `data.${type}` : type, name })}${writeKey(key)}`;
  }

  function call(name: string): Value {
    const found = module.calls.get(name);
    if (found === undefined) return unknown(`no module is called ${name}`);
    const child = children.get(name);
    if (typeof child === 'string' || child === undefined) return unknown(child ?? 'the module is not there');
    return gather(expansion(found), (instance) => {
      const inner = childInstance(found, child, instance);
      return { kind: 'lazy', get: inner.output, whole: inner.outputs };
    });
  }

  function childInstance(found: PlacedBlock, child: ModuleTree, instance: Instance): ModuleInstance {
    const name = found.labels[0] ?? '';
    const address = `${place.address === '' ? '' : `${place.address}.`}module.${name}${writeKey(instance.key)}`;
    const known = instances.get(address);
    if (known !== undefined) return known;
    const input = (variable: string): Value | undefined => {
      const given = found.body.attributes.get(variable);
      return given === undefined ? undefined : values(`${address} ${variable}`, () => evaluate(given.value, within(instance)));
    };
    const made = createModuleInstance(child, { address, input, provider: (asked) => providerFor(asked, found) }, context);
    instances.set(address, made);
    return made;
  }

  /** The configuration of a provider by its local name, `aws` or `aws.east`, for this module or one that it calls. */
  function providerFor(name: string, forCall?: PlacedBlock): ProviderConfig | undefined {
    const passed = forCall === undefined ? undefined : passedProvider(forCall, name);
    if (passed !== undefined) return providerFor(passed);
    if (forCall !== undefined && name.includes('.')) return undefined;
    const own = module.providers.get(name);
    return own === undefined ? place.provider(name) : { block: own, scope };
  }

  function output(name: string): Value {
    const found = module.outputs.get(name);
    const value = found?.body.attributes.get('value');
    if (found === undefined || value === undefined) return unknown(`the module has no output ${name}`);
    const evaluated = values(`output.${name}`, () => evaluate(value.value, scope));
    const mark = found.body.attributes.get('sensitive');
    return mark !== undefined && isTrue(evaluate(mark.value, scope)) ? sensitive(evaluated) : evaluated;
  }

  function outputs(): Value {
    return new Map([...module.outputs.keys()].map((name) => [name, output(name)]));
  }

  function collect(resources: CodedResource[], undecided: Undecided[]): void {
    for (const found of module.resources.values()) {
      const repeated = expansion(found);
      if (repeated.kind === 'undecided') undecided.push({ address: addressOf(found, null, 'managed'), why: repeated.why });
      for (const instance of instancesOf(repeated)) resources.push(toResource(found, instance));
    }
    for (const [name, found] of module.calls) {
      const child = children.get(name);
      const repeated = expansion(found);
      const address = `${place.address === '' ? '' : `${place.address}.`}module.${name}`;
      if (typeof child === 'string' || child === undefined) undecided.push({ address, why: child ?? 'the module is not there' });
      else if (repeated.kind === 'undecided') undecided.push({ address, why: repeated.why });
      else for (const instance of instancesOf(repeated)) childInstance(found, child, instance).collect(resources, undecided);
    }
  }

  function toResource(found: PlacedBlock, instance: Instance): CodedResource {
    const [type = '', name = ''] = found.labels;
    const address = addressOf(found, instance.key, 'managed');
    const { local: localName, source } = providerSource(found, module.required);
    const config = providerFor(localName);
    const body = bodyOf(found, instance, address) ?? new Map();
    return {
      module: place.address,
      type,
      name,
      key: instance.key,
      address,
      provider: source,
      body: type.startsWith('aws_') && config !== undefined ? defaultTags(body, config, evaluate) : body,
      ignored: [...ignoredPaths(found.body), ...(type.startsWith('aws_') && config !== undefined ? ignoredTags(config, evaluate) : [])],
    };
  }
}

function lazy(get: (name: string) => Value): Lazy {
  return { kind: 'lazy', get, whole: () => unknown('the whole of it is not evaluated here') };
}

function isTrue(value: Value): boolean {
  const shown = reveal(value).value;
  return typeof shown === 'boolean' || typeof shown === 'string' ? toBool(shown) : false;
}
