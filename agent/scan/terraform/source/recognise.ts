import { Fault } from '#proto/domain/fault.ts';
import { isList, isObject, type Json, type JsonObject } from '#proto/domain/json.ts';

export type DocumentForm = 'state' | 'plan' | 'show';

/** A file that terraform wrote: what it is, and its content. */
export interface Document {
  readonly form: DocumentForm;
  readonly content: JsonObject;
}

/**
 * Tells a state from a plan from the output of `terraform show -json`, by their top-level keys.
 * @throws Fault `state-encrypted`, `state-pointer`, `source-unknown-shape`
 */
export function recognise(content: Json, source: string): Document {
  if (!isObject(content)) throw new Fault('source-unknown-shape', { source });
  if (has(content, 'encrypted_data') && has(content, 'encryption_version')) throw new Fault('state-encrypted', { source });
  if (has(content, 'version') && stateKeys.some((key) => has(content, key))) {
    if (isPointer(content)) throw new Fault('state-pointer', { source, backend: backendType(content) });
    return { form: 'state', content };
  }
  if (!has(content, 'format_version')) throw new Fault('source-unknown-shape', { source });
  if (planKeys.some((key) => has(content, key))) return { form: 'plan', content };
  const known = new Set(['format_version', 'terraform_version', 'values', 'checks', 'timestamp']);
  if (has(content, 'values') || Object.keys(content).every((key) => known.has(key))) return { form: 'show', content };
  throw new Fault('source-unknown-shape', { source });
}

const stateKeys = ['resources', 'modules', 'lineage', 'serial', 'backend', 'terraform_version'];
const planKeys = ['resource_changes', 'planned_values', 'resource_drift', 'prior_state'];

function has(content: JsonObject, key: string): boolean {
  return Object.hasOwn(content, key);
}

/** `.terraform/terraform.tfstate` has the shape of a version 3 state, a backend, and no resources of its own. */
function isPointer(content: JsonObject): boolean {
  if (!isObject(content['backend']) || has(content, 'resources')) return false;
  const modules = content['modules'];
  return !isList(modules) || modules.every((module) => !isObject(module) || isEmpty(module['resources']));
}

function isEmpty(value: Json | undefined): boolean {
  return !isObject(value) || Object.keys(value).length === 0;
}

function backendType(content: JsonObject): string {
  const backend = content['backend'];
  const type = isObject(backend) ? backend['type'] : undefined;
  return typeof type === 'string' ? type : 'unknown';
}
