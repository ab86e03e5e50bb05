import { isList, isObject, type Json, type Path } from '#proto/domain/json.ts';
import type { NameVerdict } from '../names.ts';
import { noEcho } from './cloudformation.ts';
import { curated } from './curated.ts';
import { dockerAuths, kubernetesSecret } from './kubernetes.ts';
import { kindOf, type Mark, type StructureRule } from './mark.ts';
import { namesBeside, secretNames, valuesBelowNames } from './named.ts';
import { pulumiSecrets } from './pulumi.ts';
import { planSensitive, sensitiveValue, stateSensitive } from './terraform.ts';

/** What is known of the shapes in which tools keep secrets; a new one is a new rule and a line here. */
export const shapeRules: readonly StructureRule[] = [stateSensitive, planSensitive, sensitiveValue, curated, kubernetesSecret, dockerAuths, noEcho, pulumiSecrets];

/** The shapes, and what names say of values; in text the names are read by the pattern pass. */
export const structureRules: readonly StructureRule[] = [...shapeRules, secretNames, namesBeside, valuesBelowNames];

/** Values nested deeper are not looked at; nothing that a tool writes is. */
const maxDepth = 200;

/** Every secret place in a value, by the shapes and names that stand in it. */
export function marksOf(root: Json, judge: (name: string) => NameVerdict, rules: readonly StructureRule[] = structureRules): readonly Mark[] {
  const marks: Mark[] = [];
  walk(root, []);
  return marks;

  function walk(value: Json, path: Path): void {
    if (path.length > maxDepth) return;
    if (isList(value)) {
      value.forEach((item, index) => walk(item, [...path, index]));
      return;
    }
    if (!isObject(value)) return;
    for (const rule of rules) {
      for (const found of rule.marks(value, judge)) {
        marks.push({ path: [...path, ...found.path], rule: rule.name, kind: found.kind ?? kindOf(found.path) });
      }
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
  }
}
