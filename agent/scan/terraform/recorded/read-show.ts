import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { deposedAddress, providerName, resourceAddress, writeKey, type InstanceKey } from '../address.ts';
import { createCollector, type Collector } from './collect.ts';
import type { RecordedResource, RecordedStack } from './recorded.ts';
import { maskedPaths } from './sensitive-path.ts';

const JsonMap = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const AnyJson = z.custom<Json>(() => true);

const ShownResource = z.object({
  mode: z.enum(['managed', 'data']),
  type: z.string().min(1),
  name: z.string().min(1),
  index: z.union([z.int(), z.string()]).nullish(),
  provider_name: z.string().optional(),
  values: JsonMap.nullish(),
  sensitive_values: AnyJson.optional(),
  deposed_key: z.string().nullish(),
});
type ShownResource = z.infer<typeof ShownResource>;

const ShownModule = z.object({
  address: z.string().default(''),
  resources: z.array(z.unknown()).nullish(),
  child_modules: z.array(z.unknown()).nullish(),
});

/**
 * Reads the output of `terraform show -json` of a state. It carries neither lineage nor serial.
 * @throws Fault `state-version-unsupported`, `state-unreadable`
 */
export function readShow(content: JsonObject, source: string): RecordedStack {
  checkFormat(content['format_version'], source);
  return { lineage: null, serial: null, ...readValues(content['values'], source) };
}

/** The `values` of a shown state, or of a plan's `prior_state`. */
export function readValues(values: Json | undefined, source: string): Pick<RecordedStack, 'resources' | 'data' | 'gaps'> {
  const found = createCollector();
  if (isObject(values)) readModule(values['root_module'] ?? {}, found, source);
  return { resources: [...found.resources.values()], data: found.data, gaps: found.gaps };
}

function checkFormat(version: Json | undefined, source: string): void {
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) throw new Fault('state-unreadable', { source, where: 'format_version' });
  if (!/^[01]\./.test(version)) throw new Fault('state-version-unsupported', { source, version });
}

function readModule(written: unknown, found: Collector, source: string): void {
  const module = ShownModule.safeParse(written);
  if (!module.success) throw new Fault('state-unreadable', { source, where: 'values' });
  for (const [index, each] of (module.data.resources ?? []).entries()) {
    const shown = ShownResource.safeParse(each);
    if (!shown.success) found.unreadable(`${module.data.address || 'root'} (resource ${index})`, 'the resource is not of the shape that terraform shows');
    else (shown.data.mode === 'data' ? found.addData : found.add)(toResource(shown.data, module.data.address));
  }
  for (const child of module.data.child_modules ?? []) readModule(child, found, source);
}

function toResource(shown: ShownResource, module: string): RecordedResource {
  const values = shown.values ?? {};
  const key: InstanceKey = shown.index ?? null;
  const deposed = shown.deposed_key ?? null;
  // Put together from its parts: terraform 0.12 shows addresses without module and key.
  const address = `${resourceAddress({ module, type: shown.type, name: shown.name })}${writeKey(key)}`;
  return {
    address: deposed === null ? address : deposedAddress(address, deposed),
    module,
    type: shown.type,
    name: shown.name,
    key,
    deposed,
    provider: providerName(shown.provider_name),
    id: typeof values['id'] === 'string' ? values['id'] : null,
    side: { values, sensitive: maskedPaths(shown.sensitive_values), unknown: [], partial: false },
  };
}
