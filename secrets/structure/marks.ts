import { isList, isObject, type Json, type JsonObject, type Path } from '#proto/domain/json.ts';
import type { NameVerdict } from '../names.ts';
import { helmSensitive, secureParameter, storageKeys } from './answers.ts';
import { noEcho } from './cloudformation.ts';
import { curated } from './curated.ts';
import { dockerAuths, kubernetesSecret } from './kubernetes.ts';
import { kindOf, type Mark, type StructureRule } from './mark.ts';
import { namesBeside, secretNames, valuesBelowNames } from './named.ts';
import { pulumiSecrets } from './pulumi.ts';
import { planSensitive, sensitiveValue, stateSensitive } from './terraform.ts';

/** What is known of the shapes in which tools keep secrets; a new one is a new rule and a line here. */
export const shapeRules: readonly StructureRule[] = [stateSensitive, planSensitive, sensitiveValue, curated, kubernetesSecret, dockerAuths, noEcho, pulumiSecrets, secureParameter, storageKeys, helmSensitive];

/** The shapes, and what names say of values; in text the names are read by the pattern pass. */
export const structureRules: readonly StructureRule[] = [...shapeRules, secretNames, namesBeside, valuesBelowNames];

/** Values nested deeper are not looked at; nothing that a tool writes is. */
const maxDepth = 200;

/** Names seen before are remembered up to this many, since a state repeats a few names a million times. */
const maxRemembered = 4_096;

/** Finds every secret place in a value, by the shapes and names that stand in it. */
export type FindMarks = (root: Json) => readonly Mark[];

/**
 * Asks a rule only where an object has a field that the rule speaks of: which rules a name calls is worked out once and
 * kept as a set of bits, so that an object which calls none costs one look-up for each of its names.
 */
export function createMarks(judge: (name: string) => NameVerdict, rules: readonly StructureRule[] = structureRules): FindMarks {
  const remembered = new Map<string, number>();
  return (root) => {
    const marks: Mark[] = [];
    const at: (string | number)[] = [];
    walk(root);
    return marks;

    function walk(value: Json): void {
      if (at.length > maxDepth) return;
      if (isList(value)) value.forEach(enter);
      else if (isObject(value)) {
        ask(value);
        // oxlint-disable-next-line guard-for-in -- parsed JSON inherits nothing enumerable, and for-in is twice as fast as keys()
        for (const name in value) enter(value[name] ?? null, name);
      }
    }

    function enter(inner: Json, step: string | number): void {
      if (typeof inner !== 'object' || inner === null) return;
      at.push(step);
      walk(inner);
      at.pop();
    }

    function ask(object: JsonObject): void {
      let called = 0;
      // oxlint-disable-next-line guard-for-in -- as above
      for (const name in object) called |= remembered.get(name) ?? remember(name);
      for (let rule = 0; called !== 0; rule += 1, called >>>= 1) {
        if ((called & 1) === 1) marks.push(...marksBy(rules[rule], object, at));
      }
    }
  };

  function* marksBy(rule: StructureRule | undefined, object: JsonObject, at: Path): Generator<Mark> {
    if (rule === undefined) return;
    for (const found of rule.marks(object, judge)) yield { path: [...at, ...found.path], rule: rule.name, kind: found.kind ?? kindOf(found.path) };
  }

  function remember(name: string): number {
    let calls = 0;
    for (const [index, rule] of rules.entries()) if (rule.isCalledBy(name, judge)) calls |= 1 << index;
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(name, calls);
    return calls;
  }
}

/** Every secret place in a value, where there is only one to look at. */
export function marksOf(root: Json, judge: (name: string) => NameVerdict, rules: readonly StructureRule[] = structureRules): readonly Mark[] {
  return createMarks(judge, rules)(root);
}
