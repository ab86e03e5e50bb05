import { isObject, type Json, type JsonObject, type Path, sameJson } from '#proto/domain/json.ts';
import type { Owner, Side, Sighting } from '#proto/domain/resource.ts';
import { rewrittenByAdmission } from './admission.ts';
import { comparableFields, secretPaths } from './comparable.ts';
import { counterpart, valueAt } from './counterpart.ts';
import type { KubernetesObject } from './documents.ts';
import { dangers } from './dangers.ts';
import { lastApplied } from './last-applied.ts';
import { type OwnedField, ownedFields } from './managed-fields.ts';
import { isForAnyone, type ManagerKind } from './managers.ts';
import { addressOf, identityOf, type ObjectPair, typeOf } from './object-identity.ts';
import { locate, project, translate, type Written } from './projection.ts';
import { withoutAdded } from './set-members.ts';

export interface Comparable extends ObjectPair {
  readonly desired: KubernetesObject;
  /** What the API says that applying the manifest would make of the live object; null where it was not asked. */
  readonly predicted?: KubernetesObject | null;
}

/**
 * A desired object beside the live one. The live side is cut down to what the manifest speaks of and what somebody put
 * there where the manifest is silent: fields of a person's tool or a controller, and fields that an earlier manifest set
 * and this one does not. Defaults, which nobody owns or only who sent the whole object, stay out. Where the API has said
 * what it would make of the manifest, the values of the manifest's fields are taken from there.
 */
export function toSighting({ desired, live, predicted = null }: Comparable, kindOf: (field: OwnedField) => ManagerKind): Sighting {
  const wanted = comparableFields(desired);
  const base = { address: addressOf(identityOf(live ?? desired)), type: typeOf(desired), provider: null, movedFrom: null, ignored: [] };
  if (live === null) return { ...base, id: null, sides: { code: side(wanted, wanted), live: null } };

  const observed = comparableFields(live);
  const fields = ownedFields(observed, live.metadata.managedFields).filter((field) => field.subresource !== 'status' && field.manager !== noOwner && !isBookkeeping(field.path));
  const told = fields.filter((field) => kindOf(field) !== 'applier' || field.operation === 'Apply');
  const added = told.filter((field) => kindOf(field) === 'person').map(({ path }) => path);
  const code = predicted === null ? wanted : object(withoutAdded(asApplied(comparableFields(predicted), wanted, { live: observed, added }), { wanted, live: observed, added }));
  const extra = [...told.map((field) => ({ path: field.path, how: kindOf(field) === 'person' ? 'whole' : 'in part' }) as const), ...[...locate(lastApplied(live), observed), ...(isTold(live) ? [] : dangers(observed))].map((path) => ({ path, how: 'in part' }) as const)];
  const { value, kept } = project(observed, wanted, extra);
  const seen = object(value);
  const owners = fields.flatMap((field) => ownerOf(field, translate(field.path, kept), kindOf(field)));
  const rewritten = predicted === null ? [] : rewrittenByAdmission({ wanted, predicted: code, live: seen });
  const uid = live.metadata['uid'];
  return { ...base, id: typeof uid === 'string' ? uid : null, sides: { code: side(code, seen), live: side(seen, code) }, owners: [...owners.filter(({ path }) => !rewritten.some((one) => sameJson(one, path))), ...rewritten.map(admission)] };
}

/**
 * What applying makes of the manifest's fields. A list or map that a person wrote as one value is one to the API: where
 * the manifest has it, all of it is what the manifest and the API's defaults come to.
 */
function asApplied(predicted: JsonObject, wanted: JsonObject, { live, added }: { readonly live: JsonObject; readonly added: readonly Path[] }): Json {
  const whole = added.flatMap((path): readonly Written[] => {
    const [asked, there] = [counterpart(path, live, wanted), counterpart(path, live, predicted)];
    return there !== null && typeof valueAt(live, path) === 'object' && typeof valueAt(wanted, asked) === 'object' ? [{ path: there, how: 'whole' }] : [];
  });
  return project(predicted, wanted, whole).value;
}

/** Whether the object says anything of who wrote it. */
function isTold({ metadata: { managedFields } }: KubernetesObject): boolean {
  return Array.isArray(managedFields) && managedFields.length > 0;
}

function object(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** What is secret on one side is secret on the other. */
function side(values: JsonObject, other: JsonObject): Side {
  return { values, sensitive: [...secretPaths(values), ...secretPaths(other)], unknown: [], partial: false };
}

/** By this the API names all that was there before it began to keep owners: defaults as well as wishes, and whoever wrote them. */
const noOwner = 'before-first-apply';

/** The machinery that would write there next, whoever wrote last. */
function admission(path: Path): Owner {
  return { path, who: 'admission', when: null, how: 'dry run', kind: 'controller' };
}

function ownerOf(field: OwnedField, path: Path | null, kind: ManagerKind): readonly Owner[] {
  if (path === null) return [];
  const how = field.subresource === null ? field.operation : `${field.operation} of ${field.subresource}`;
  return [{ path, who: field.manager, when: field.time, how, kind: kind === 'applier' && isForAnyone(field.manager) ? 'anyone' : kind }];
}

/** Annotations that the machinery keeps for itself, whoever wrote them. */
function isBookkeeping([first, second, third]: Path): boolean {
  return first === 'metadata' && second === 'annotations' && typeof third === 'string' && /^(?:kubectl\.kubernetes\.io|deployment\.kubernetes\.io|autoscaling\.alpha\.kubernetes\.io)\//.test(third);
}
