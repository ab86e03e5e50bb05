import { isList, isObject, type Json, sameJson } from '#proto/domain/json.ts';
import { isAbsent, isUndecided, type Resolved, undecided } from './resolved.ts';

export type Verdict = boolean | typeof undecided;

/** Whether a named condition holds. A name that is not there, or that leads back to itself, is undecided. */
export type Decide = (name: string) => Verdict;

/** The conditions of a template, evaluated when first asked for. Three-valued: `Or` of true and undecided is true. */
export function evaluateConditions(conditions: Readonly<Record<string, Json>>, resolve: (value: Json) => Resolved): Decide {
  const known = new Map<string, Verdict>();
  return decide;

  function decide(name: string): Verdict {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, undecided); // what a circle finds
    const verdict = Object.hasOwn(conditions, name) ? evaluate(conditions[name] ?? null) : undecided;
    known.set(name, verdict);
    return verdict;
  }

  function evaluate(condition: Json): Verdict {
    if (typeof condition === 'boolean') return condition;
    if (!isObject(condition)) return undecided;
    const [name] = Object.keys(condition);
    const argument = name === undefined ? null : (condition[name] ?? null);
    if (name === 'Condition') return typeof argument === 'string' ? decide(argument) : undecided;
    if (!isList(argument)) return undecided;
    if (name === 'Fn::Equals') return equals(argument);
    const parts = argument.map(evaluate);
    if (name === 'Fn::Not') return isUndecided(parts[0]) || parts[0] === undefined ? undecided : !parts[0];
    if (name === 'Fn::And') return parts.includes(false) ? false : parts.some(isUndecided) ? undecided : true;
    if (name === 'Fn::Or') return parts.includes(true) ? true : parts.some(isUndecided) ? undecided : false;
    return undecided;
  }

  function equals([left, right]: readonly Json[]): Verdict {
    const a = resolve(left ?? null);
    const b = resolve(right ?? null);
    if (isUndecided(a) || isUndecided(b) || isAbsent(a) || isAbsent(b)) return undecided;
    return sameJson(scalarText(a), scalarText(b));
  }
}

/** Conditions compare texts: `true` and `"true"` are the same to CloudFormation. */
function scalarText(value: Json): Json {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
