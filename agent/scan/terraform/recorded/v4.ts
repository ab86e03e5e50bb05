import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { isObject, type Json, type JsonObject } from '#proto/domain/json.ts';
import { deposedAddress, providerName, resourceAddress, writeKey, type ResourceName } from '../address.ts';
import { type Collector, createCollector } from './collect.ts';
import { unwrapDynamic } from './dynamic.ts';
import { unflatten } from './flatmap.ts';
import type { RecordedResource, RecordedStack } from './recorded.ts';
import { sensitivePaths } from './sensitive-path.ts';

const Resources = z.array(z.unknown()).nullish();

const Block = z.object({
  module: z.string().default(''),
  mode: z.enum(['managed', 'data']),
  type: z.string().min(1),
  name: z.string().min(1),
  provider: z.string().optional(),
  instances: z.array(z.unknown()).nullish(),
});
type Block = z.infer<typeof Block>;

const JsonMap = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** What is asked of an instance; `private` is the provider's own and is never read. */
const Instance = z.object({
  index_key: z.union([z.int(), z.string()]).nullish(),
  deposed: z.string().nullish(),
  provider: z.string().optional(),
  attributes: JsonMap.nullish(),
  attributes_flat: JsonMap.nullish(),
  sensitive_attributes: z.array(z.unknown()).nullish(),
});
type Instance = z.infer<typeof Instance>;

/** Reads the resources of a version 4 state: terraform 0.12 and later, and OpenTofu. */
export function readV4(content: JsonObject, source: string): Omit<RecordedStack, 'lineage' | 'serial'> {
  const blocks = Resources.safeParse(content['resources']);
  if (!blocks.success) throw new Fault('state-unreadable', { source, where: 'resources' });
  const found = createCollector();
  (blocks.data ?? []).forEach((written, index) => readBlock(written, { source, index }, found));
  return { resources: [...found.resources.values()], data: found.data, gaps: found.gaps };
}

/**
 * Reads one element of the `resources` of a version 4 state, or a part of one: its instances from `first` on.
 * @throws Fault `state-unreadable`
 */
export function readBlock(written: unknown, { source, index: at, first = 0 }: { readonly source: string; readonly index: number; readonly first?: number }, found: Pick<Collector, 'add' | 'addData' | 'unreadable'>): void {
  const parsed = Block.safeParse(written);
  if (!parsed.success) throw new Fault('state-unreadable', { source, where: `resources[${at}]` });
  const block = parsed.data;
  const base = resourceAddress(block);
  (block.instances ?? []).forEach((written, index) => {
    const instance = Instance.safeParse(written);
    const resource = instance.success ? toResource(block, base, instance.data) : undefined;
    if (resource === undefined) found.unreadable(`${base} (instance ${first + index})`, 'the instance is not of the shape that a state has');
    else if (block.mode === 'data') found.addData(resource);
    else found.add(resource);
  });
}

function toResource(block: ResourceName & Pick<Block, 'provider'>, base: string, instance: Instance): RecordedResource | undefined {
  const values = instance.attributes ? unwrapDynamic(instance.attributes) : (isObject(instance.attributes_flat ?? null) ? unflatten(instance.attributes_flat ?? {}) : undefined);
  if (values === undefined) return undefined;
  const key = instance.index_key ?? null;
  const deposed = instance.deposed ?? null;
  const address = `${base}${writeKey(key)}`;
  return {
    address: deposed === null ? address : deposedAddress(address, deposed),
    module: block.module,
    type: block.type,
    name: block.name,
    key,
    deposed,
    provider: providerName(instance.provider ?? block.provider),
    id: textOrNull(values['id']),
    side: { values, sensitive: sensitivePaths(instance.sensitive_attributes), unknown: [], partial: false },
  };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
