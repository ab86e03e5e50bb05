import { foldName, namesOfType, toolOf, type Tool } from '#proto/domain/resource-type.ts';
import type { Place } from './rule.ts';

/** The key under which a value stands, list indices passed over; empty at the root. */
export function keyOf({ steps }: Place): string {
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (typeof step === 'string') return step;
  }
  return '';
}

/** The same key without its spelling: `cidrblocks` for `cidr_blocks` and `cidrBlocks`. */
export function nameOf(place: Place): string {
  return foldName(keyOf(place));
}

/** All keys on the way, indices left out, spelling folded. */
export function namesOf({ steps }: Place): readonly string[] {
  return steps.filter((step) => typeof step === 'string').map(foldName);
}

/** True where the value is an element of a list, not the value of a key. */
export function isElement({ steps }: Place): boolean {
  return typeof steps.at(-1) === 'number';
}

export function isTool(place: Place, ...tools: readonly Tool[]): boolean {
  return tools.includes(toolOf(place.type));
}

/** True inside an opened text, where the tools' own habits (null is absent, numbers are texts) do not hold. */
export function inDocument({ documents }: Place): boolean {
  return documents.length > 0;
}

export function inPolicy({ documents }: Place): boolean {
  return documents.at(-1)?.format === 'policy';
}

/** Steps from the innermost document's root, indices left out; for `policy` → Statement[0].Action: `Statement`, `Action`. */
export function namesInDocument({ steps, documents }: Place): readonly string[] {
  return steps.slice(documents.at(-1)?.depth ?? 0).filter((step) => typeof step === 'string');
}

/** True where the type, as any tool writes it, starts with one of these Terraform-style beginnings. */
export function isOfFamily(place: Place, ...beginnings: readonly string[]): boolean {
  return namesOfType(place.type).some((name) => beginnings.some((beginning) => name.startsWith(beginning)));
}

/** True inside a map whose keys are the user's own words: there every value is data, and no name means anything. */
export function inUserMap(place: Place): boolean {
  return namesOf(place).slice(0, -1).some((name) => userMaps.has(name));
}

const userMaps = new Set([
  'tags', 'tagsall', 'labels', 'effectivelabels', 'annotations', 'data', 'stringdata', 'binarydata', 'variables', 'environment', 'environmentvariables',
  'matchlabels', 'nodeselector', 'appsettings', 'connectionstring', 'parameters', 'defaultarguments', 'triggers', 'keepers',
]);

/** True for names under which a credential stands, where each byte counts. */
export function isCredential(place: Place): boolean {
  return namesOf(place).some((name) => /password|passwd|secret|token|privatekey|credential|apikey|passphrase/.test(name));
}
