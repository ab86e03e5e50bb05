import { isList, isObject, type Json, type Path, writePath } from '#proto/domain/json.ts';
import type { Side, Sighting } from '#proto/domain/resource.ts';
import type { PulumiResource } from './schema.ts';
import { openProperties, type Opened } from './values.ts';

/** Whether dd0c compares it: a provider's object that the stack manages, not a component, a provider or something only read. */
export function isManaged(resource: PulumiResource): boolean {
  const isObject = resource.custom ?? (resource.provider ?? '') !== ''; // engine events leave the mark out at times
  if (!isObject || resource.external === true) return false;
  return !resource.type.startsWith('pulumi:providers:') && resource.type !== 'pulumi:pulumi:Stack';
}

/** `project/stack` of a URN: the identity of its stack. */
export function stackOf(urn: string): string | null {
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return stack === undefined || project === undefined ? null : `${project}/${stack}`;
}

/** The URN, or for the old half of a replacement that waits for its deletion the URN and its id, as both may exist at once. */
export function addressOf(resource: PulumiResource): string {
  return resource.delete === true ? `${resource.urn} (pending deletion of ${resource.id ?? 'unknown id'})` : resource.urn;
}

/**
 * A resource with the sides that are known: `code` from its inputs, `recorded` from its outputs, `live` from what a
 * refresh read (null where it was gone, undefined where there was none).
 */
export function toSighting(recorded: PulumiResource, live?: PulumiResource | null): Sighting {
  const inputs = openProperties(recorded.inputs ?? {});
  const outputs = openProperties(recorded.outputs ?? {});
  const secrets = secretsOf(recorded, inputs, outputs);
  const wanted = recorded.delete === true ? null : side(withoutContentOf(inputs, outputs), secrets, { partial: true });
  return {
    address: addressOf(recorded),
    type: typeOf(recorded),
    provider: providerOf(recorded),
    id: recorded.id ?? null,
    sides: {
      code: wanted,
      recorded: side(outputs, secrets, { partial: false }),
      ...(live === undefined ? {} : { live: live === null ? null : side(openProperties(live.outputs ?? {}), secrets, { partial: false }) }),
    },
    movedFrom: null,
    ignored: (recorded.ignoreChanges ?? []).flatMap((text) => [inputs.values, outputs.values, ...(live?.outputs ? [live.outputs] : [])].flatMap((values) => pathsIn(values, toSteps(text)))),
  };
}

/** Some providers answer with the path of an archive, where the program gave one: that says nothing of what is in it. */
function withoutContentOf(inputs: Opened, outputs: Opened): Opened {
  const known = new Set(outputs.content.map((path) => writePath(path)));
  return { ...inputs, unknown: [...inputs.unknown, ...inputs.content.filter((path) => !known.has(writePath(path)))] };
}

/** Objects of Kubernetes by the name that rules know them by: `kubernetes:core/v1:Secret` is `kubernetes:v1/Secret`. */
export function typeOf({ type }: Pick<PulumiResource, 'type'>): string {
  const [, group, kind] = /^kubernetes:([\w.-]+\/v\w+):(\w+)$/.exec(type) ?? [];
  return group === undefined || kind === undefined ? type : `kubernetes:${group.replace(/^core\//, '')}/${kind}`;
}

/** What was asked for, as a whole: beside other inputs an absent key means absent. */
export function inputsOf(resource: PulumiResource): Side {
  const inputs = openProperties(resource.inputs ?? {});
  return side(inputs, secretsOf(resource, inputs, openProperties(resource.outputs ?? {})), { partial: false });
}

function secretsOf({ additionalSecretOutputs }: PulumiResource, inputs: Opened, outputs: Opened): readonly Path[] {
  return [...inputs.sensitive, ...outputs.sensitive, ...(additionalSecretOutputs ?? []).map((name): Path => [name])];
}

/** A secret on one side is a secret on every side: inputs can hold in clear what outputs hold encrypted. */
function side(opened: Opened, secrets: readonly Path[], { partial }: { partial: boolean }): Side {
  return { values: opened.values, sensitive: [...secrets, ...opened.sensitive], unknown: opened.unknown, partial };
}

function providerOf({ provider }: PulumiResource): string | null {
  return provider?.match(/pulumi:providers:([^:]+)/)?.[1] ?? null;
}

/** Property paths as Pulumi writes them: `a.b[0]["c.d"]`, `*` for every element or key. */
function toSteps(text: string): Path {
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[?([^.[\]]+)\]?/g)].map(
    ([, quoted, index, name]) => (index === undefined ? (quoted ?? name ?? '') : Number(index)),
  );
}

/** The paths that steps with `*` stand for in these values. */
function pathsIn(value: Json | undefined, steps: Path, at: Path = []): readonly Path[] {
  const [step, ...rest] = steps;
  if (step === undefined || !steps.includes('*')) return [[...at, ...steps]];
  const keys: Path = step !== '*' ? [step] : isList(value) ? [...value.keys()] : isObject(value) ? Object.keys(value) : [];
  return keys.flatMap((key) => pathsIn(isList(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined, rest, [...at, key]));
}
