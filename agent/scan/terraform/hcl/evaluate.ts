import type { Expression, ForExpression, ObjectEntry, TemplatePart } from './ast.ts';
import type { Budget } from './budget.ts';
import { maxLength } from './budget.ts';
import { describe, numberOf, toBool, toText } from './convert.ts';
import type { CallFunction } from './functions/call.ts';
import { Mistake, OutOfBudget, Untold } from './mistake.ts';
import { applyBinary, applyUnary } from './operators.ts';
import { attributeOf, elementOf } from './traverse.ts';
import { dependsOnOther, unified } from './unify.ts';
import { failed, isLazy, isMap, isSensitive, isUnknown, members, sensitive, unknown, type Value } from './value.ts';

/** What names mean at a place, and the member of the innermost splat. */
export interface Scope {
  readonly resolve: (name: string) => Value | undefined;
  readonly member?: Value;
}

/** What an expression comes to. Never throws: what cannot be told is an unknown value that says why. */
export type Evaluate = (expression: Expression, scope: Scope) => Value;

/** An evaluator that stays within a budget, with the functions of a caller. */
export function createEvaluator({ budget, call }: { readonly budget: Budget; readonly call: CallFunction }): Evaluate {
  return at;

  function at(of: Expression, within: Scope): Value {
    return attempt(() => walk(of, within));
  }

  function attempt(work: () => Value): Value {
    try {
      return budget.deeper(work);
    } catch (error) {
      if (error instanceof Mistake) return failed(error.message);
      if (error instanceof OutOfBudget || error instanceof Untold) return unknown(error.message);
      if (error instanceof RangeError) return unknown('the value nests too deeply'); // the stack is exhausted
      throw error;
    }
  }

  function walk(of: Expression, within: Scope): Value {
    budget.spend(1);
    switch (of.kind) {
      case 'null':
        return null;
      case 'bool':
        return of.value;
      case 'number':
        return numberOf(of.digits);
      case 'template':
        return template(of.parts, within);
      case 'wrap':
        return at(of.of, within);
      case 'list':
        return of.items.map((item) => at(item, within));
      case 'object':
        return object(of.entries, within);
      case 'name':
        return known(within.resolve(of.name), `nothing here is called ${of.name}`);
      case 'member':
        return known(within.member, 'a splat has no member here');
      case 'attribute':
        return attributeOf(at(of.of, within), of.name);
      case 'index':
        return elementOf(at(of.of, within), at(of.key, within));
      case 'splat':
        return splat(at(of.of, within), of.each, within);
      case 'call':
        return call(of, (arg) => at(arg, within), budget);
      case 'unary':
        return applyUnary(of.operator, at(of.of, within));
      case 'binary':
        return applyBinary(of.operator, at(of.left, within), at(of.right, within));
      case 'conditional':
        return conditional(at(of.test, within), of.yes, of.no, within);
      case 'for':
        return loop(of, within);
    }
  }

  function object(entries: readonly ObjectEntry[], within: Scope): Value {
    const found = new Map<string, Value>();
    let secret = false;
    for (const { key, value, isBare } of entries) {
      if (isBare && (key.kind === 'attribute' || key.kind === 'index')) throw new Mistake('a key that is a reference stands in brackets');
      const name = at(key, within);
      if (isUnknown(name)) return unknown(name.why);
      secret ||= isSensitive(name);
      found.set(toText(isSensitive(name) ? name.value : name), at(value, within));
    }
    return secret ? sensitive(found) : found;
  }

  function conditional(test: Value, yes: Expression, no: Expression, within: Scope): Value {
    if (isSensitive(test)) return sensitive(conditional(test.value, yes, no, within));
    if (isUnknown(test)) return unknown(test.why);
    const [taken, left] = toBool(test) ? [yes, no] : [no, yes];
    const chosen = at(taken, within);
    return dependsOnOther(chosen) ? unified(chosen, at(left, within)) : chosen;
  }

  function splat(over: Value, each: Expression, within: Scope): Value {
    if (isSensitive(over)) return sensitive(splat(over.value, each, within));
    if (isUnknown(over)) return over;
    if (over === null) return [];
    const items = members(over) ?? [over]; // a single object is taken for a list of one
    budget.spend(items.length);
    return items.map((member) => at(each, { resolve: within.resolve, member }));
  }

  function loop(of: ForExpression, within: Scope): Value {
    return overEach(at(of.over, within), (pairs) => (of.key === null ? listLoop(of, pairs, within) : objectLoop(of, of.key, pairs, within)));
  }

  function listLoop(of: ForExpression, pairs: readonly Pair[], within: Scope): Value {
    const found: Value[] = [];
    for (const pair of pairs) {
      const scope = bind(of, pair, within);
      const wanted = meets(of.condition, scope);
      if (isUnknown(wanted)) return unknown(wanted.why);
      if (wanted === true) found.push(at(of.value, scope));
    }
    return found;
  }

  function objectLoop(of: ForExpression, key: Expression, pairs: readonly Pair[], within: Scope): Value {
    const found = new Map<string, Value>();
    for (const pair of pairs) {
      const scope = bind(of, pair, within);
      const wanted = meets(of.condition, scope);
      const name = wanted === false ? null : at(key, scope);
      if (isUnknown(wanted) || isUnknown(name)) return unknown(isUnknown(wanted) ? wanted.why : 'a key is unknown');
      if (wanted === false) continue;
      const text = toText(isSensitive(name) ? name.value : name);
      if (!of.grouped && found.has(text)) throw new Mistake('a for expression makes the same key twice');
      const value = at(of.value, scope);
      const before = found.get(text);
      found.set(text, of.grouped ? [...(before === undefined ? [] : (members(before) ?? [])), value] : value);
    }
    return found;
  }

  function meets(condition: Expression | null, scope: Scope): Value {
    if (condition === null) return true;
    const found = at(condition, scope);
    const plain = isSensitive(found) ? found.value : found;
    return isUnknown(plain) ? plain : toBool(plain);
  }

  function overEach(over: Value, each: (pairs: readonly Pair[]) => Value): Value {
    if (isSensitive(over)) return sensitive(overEach(over.value, (pairs) => each(pairs)));
    if (isUnknown(over)) return unknown(over.why);
    if (isLazy(over)) return overEach(over.whole(), each);
    const pairs = pairsOf(over);
    budget.spend(pairs.length);
    return each(pairs);
  }

  function template(parts: readonly TemplatePart[], within: Scope): Value {
    let text = '';
    let secret = false;
    for (const part of parts) {
      const piece = part.kind === 'text' ? part.text : templatePart(part, within);
      const plain = isSensitive(piece) ? piece.value : piece;
      secret ||= isSensitive(piece);
      if (isUnknown(plain)) return secret ? sensitive(plain) : plain;
      text += toText(plain);
      if (text.length > maxLength) throw new OutOfBudget('a text grows without end');
    }
    budget.spend(text.length / 64);
    const found = text.normalize('NFC');
    return secret ? sensitive(found) : found;
  }

  function templatePart(part: Exclude<TemplatePart, { kind: 'text' }>, within: Scope): Value {
    if (part.kind === 'value') return at(part.of, within);
    if (part.kind === 'each') {
      return overEach(at(part.over, within), (pairs) => joined(pairs.map((pair) => attempt(() => template(part.body, bind(part, pair, within))))));
    }
    const test = at(part.test, within);
    const plain = isSensitive(test) ? test.value : test;
    if (isUnknown(plain)) return unknown(plain.why);
    const found = attempt(() => template(toBool(plain) ? part.yes : part.no, within));
    return isSensitive(test) ? sensitive(found) : found;
  }

  function joined(pieces: readonly Value[]): Value {
    const plain = pieces.map((piece) => (isSensitive(piece) ? piece.value : piece));
    const missing = plain.find(isUnknown);
    const found = missing ?? plain.map(toText).join('');
    return pieces.some(isSensitive) ? sensitive(found) : found;
  }
}

/** A name that means nothing is refused before anything is evaluated, so that `try` and `can` cannot catch it. */
function known(found: Value | undefined, otherwise: string): Value {
  return found === undefined ? unknown(otherwise) : found;
}

interface Pair {
  readonly key: Value;
  readonly value: Value;
}

/** Keys and values in the order in which terraform goes through them. */
function pairsOf(over: Value): readonly Pair[] {
  if (isMap(over)) return [...over].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
  const items = members(over);
  if (items === undefined) throw new Mistake(`${describe(over)} cannot be gone through`);
  return Array.isArray(over) ? items.map((value, key) => ({ key, value })) : items.map((value) => ({ key: value, value }));
}

function bind({ keyName, valueName }: { readonly keyName: string | null; readonly valueName: string }, pair: Pair, within: Scope): Scope {
  const resolve = (name: string): Value | undefined => {
    if (name === valueName) return pair.value;
    return name === keyName ? pair.key : within.resolve(name);
  };
  return within.member === undefined ? { resolve } : { resolve, member: within.member };
}
