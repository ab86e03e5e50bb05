import { foldName, namesOfType, toolOf, type Tool } from '#proto/domain/resource-type.ts';
import type { Place, Spot } from './rule.ts';

/** Works out what rules ask of a place; types and names repeat, so what was found is kept for the life of the chain. */
export function createPlaces(): (spot: Spot) => Place {
  const types = new Map<string, Pick<Place, 'tool' | 'types'>>();
  const folded = new Map<string, string>();
  return placeOf;

  function placeOf({ type, steps, documents }: Spot): Place {
    const names: string[] = [];
    for (const step of steps) if (typeof step === 'string') names.push(fold(step));
    const { tool, types: known } = ofType(type);
    return { type, steps, documents, tool, types: known, names, name: tool === 'kubernetes' && isUserKey(steps) ? '' : (names.at(-1) ?? '') };
  }

  function ofType(type: string): Pick<Place, 'tool' | 'types'> {
    const known = types.get(type) ?? { tool: toolOf(type), types: namesOfType(type) };
    if (types.size < maxKept) types.set(type, known);
    return known;
  }

  function fold(name: string): string {
    const known = folded.get(name) ?? foldName(name);
    if (folded.size < maxKept) folded.set(name, known);
    return known;
  }
}

/** Keys of a ConfigMap's data, of labels and annotations: `timeout` or `cidr` says nothing there of what the text means. */
function isUserKey(steps: Spot['steps']): boolean {
  const [first, second] = steps;
  if (typeof second === 'string' && (first === 'data' || first === 'stringData' || first === 'binaryData')) return true;
  return steps.slice(0, -1).some((step, index) => (step === 'labels' || step === 'annotations') && steps[index - 1] === 'metadata');
}

/** Beyond this many different names nothing more is kept: keys of maps are the user's, and there may be millions. */
const maxKept = 10_000;

/** The key under which a value stands, list indices passed over; empty at the root. */
export function keyOf({ steps }: Place): string {
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (typeof step === 'string') return step;
  }
  return '';
}

/** True where the value is an element of a list, not the value of a key. */
export function isElement({ steps }: Place): boolean {
  return typeof steps.at(-1) === 'number';
}

export function isTool(place: Place, ...tools: readonly Tool[]): boolean {
  return tools.includes(place.tool);
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
  return place.types.some((name) => beginnings.some((beginning) => name.startsWith(beginning)));
}

/** True inside a map whose keys are the user's own words: there every value is data, and no name means anything. */
export function inUserMap(place: Place): boolean {
  return place.names.slice(0, -1).some((name) => userMaps.has(name));
}

const userMaps = new Set([
  'tags', 'tagsall', 'labels', 'effectivelabels', 'annotations', 'data', 'stringdata', 'binarydata', 'variables', 'environment', 'environmentvariables',
  'matchlabels', 'nodeselector', 'appsettings', 'connectionstring', 'parameters', 'defaultarguments', 'triggers', 'keepers',
]);

/** True for what a ConfigMap or a Secret holds: a program reads it byte by byte. */
export function isBytes({ tool, steps }: Place): boolean {
  return tool === 'kubernetes' && steps.length > 1 && isUserKey(steps) && !steps.includes('metadata');
}

/** True for names under which a credential stands, where each byte counts. */
export function isCredential(place: Place): boolean {
  return place.names.some((name) => /password|passwd|secret|token|privatekey|credential|apikey|passphrase/.test(name));
}
