import type { Expression } from '../ast.ts';
import type { Budget } from '../budget.ts';
import { toList } from '../convert.ts';
import { Mistake } from '../mistake.ts';
import { reveal } from '../reveal.ts';
import { failed, findUnknown, isSensitive, isUnknown, sensitive, unknown, type Value } from '../value.ts';
import type { FunctionRule, FunctionTable } from './rule.ts';

interface Call {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly spread: boolean;
}

export type EvaluateArgument = (of: Expression) => Value;
export type CallFunction = (call: Call, argument: EvaluateArgument, budget: Budget) => Value;

/** A caller of the functions of a table, and of those that look at how their arguments are evaluated. */
export function createCaller(table: FunctionTable): CallFunction {
  const rules = new Map(Object.entries(table));
  return (call, argument, budget) => {
    const name = call.name.replace(/^core::/, '');
    if (name === 'try') return tryEach(call.args, argument);
    if (name === 'can') return can(call.args, argument);
    const rule = rules.get(name);
    if (rule === undefined) return unknown(name.includes('::') ? 'it is made by a function of a provider' : `the function ${name} is not evaluated here`);
    return apply(name, rule, spreadOut(call, argument), budget);
  };
}

function spreadOut({ args, spread }: Call, argument: EvaluateArgument): readonly Value[] {
  const values = args.map(argument);
  const last = values.at(-1);
  if (!spread || last === undefined) return values;
  const { value, wasSensitive } = reveal(last);
  if (isUnknown(value)) return [...values.slice(0, -1), value];
  const rest = toList(value);
  return [...values.slice(0, -1), ...(wasSensitive ? rest.map(sensitive) : rest)];
}

function apply(name: string, { takes: [least, most], partial, run }: FunctionRule, args: readonly Value[], budget: Budget): Value {
  if (args.length < least || args.length > most) throw new Mistake(`${name} does not take so many arguments`);
  if (name === 'sensitive') return sensitive(args[0] ?? null);
  if (name === 'nonsensitive') return reveal(args[0] ?? null).value;
  if (name === 'issensitive') return args.some(isSensitive);
  if (name === 'ephemeralasnull' && args.some(isSensitive)) return unknown('whether the value is an ephemeral one is not kept here');
  const revealed = args.map(reveal);
  const values = revealed.map(({ value }) => value);
  const missing = partial === true ? values.find(isUnknown) : values.map(findUnknown).find((found) => found !== undefined);
  budget.spend(values.length);
  const result = missing === undefined ? normal(run(values, budget)) : missing.failed ? missing : unknown(missing.why);
  return revealed.some(({ wasSensitive }) => wasSensitive) ? sensitive(result) : result;
}

/** Texts are kept in one normal form, so what was put together is put in it again. */
function normal(value: Value): Value {
  return typeof value === 'string' ? value.normalize('NFC') : value;
}

/** The first argument that does not fail; one that is unknown, even in part, might, so nothing after it can be taken. */
function tryEach(args: readonly Expression[], argument: EvaluateArgument): Value {
  for (const arg of args) {
    const value = argument(arg);
    const missing = findUnknown(value);
    if (missing === undefined) return value;
    if (!missing.failed) return isSensitive(value) ? sensitive(unknown(missing.why)) : unknown(missing.why);
  }
  return failed('no argument of try could be evaluated');
}

function can(args: readonly Expression[], argument: EvaluateArgument): Value {
  const [only] = args;
  if (only === undefined || args.length !== 1) throw new Mistake('can does not take so many arguments');
  const missing = findUnknown(argument(only));
  if (missing === undefined) return true;
  return missing.failed ? false : unknown(missing.why);
}
