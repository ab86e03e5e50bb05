import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { JsonObject } from '#proto/domain/json.ts';
import { deposedAddress, providerName, resourceAddress, writeKey, type InstanceKey } from '../address.ts';
import { createCollector } from './collect.ts';
import { unflatten } from './flatmap.ts';
import type { RecordedResource, RecordedStack } from './recorded.ts';

const Primary = z.object({
  id: z.string().nullish(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
});
type Primary = z.infer<typeof Primary>;

const Entry = z.object({
  type: z.string().min(1),
  primary: Primary.nullish(),
  deposed: z.array(Primary.nullable()).nullish(),
  provider: z.string().optional(),
});
type Entry = z.infer<typeof Entry>;

const Modules = z.array(z.object({ path: z.array(z.string()), resources: z.record(z.string(), z.unknown()).nullish() })).nullish();

/** Reads the modules of a version 3 state: terraform 0.7 to 0.11. */
export function readV3(content: JsonObject, source: string): Omit<RecordedStack, 'lineage' | 'serial'> {
  const modules = Modules.safeParse(content['modules']);
  if (!modules.success) throw new Fault('state-unreadable', { source, where: 'modules' });
  const found = createCollector();
  for (const module of modules.data ?? []) {
    const path = module.path.slice(1).map((name) => `module.${name}`).join('.');
    for (const [key, written] of Object.entries(module.resources ?? {})) {
      const entry = Entry.safeParse(written);
      const name = readName(key);
      if (!entry.success || name === undefined) found.unreadable(path === '' ? key : `${path}.${key}`, 'the entry is not of the shape that a state has');
      else for (const resource of toResources({ ...name, module: path }, entry.data)) (name.data ? found.addData : found.add)(resource);
    }
  }
  return { resources: [...found.resources.values()], data: found.data, gaps: found.gaps };
}

interface Name {
  readonly data: boolean;
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey;
}

/** `aws_subnet.a`, `aws_subnet.a.0`, `data.aws_ami.b`. */
function readName(written: string): Name | undefined {
  const [, data, type, name, index] = /^(data\.)?([^.]+)\.([^.]+)(?:\.(\d+))?$/.exec(written) ?? [];
  if (type === undefined || name === undefined) return undefined;
  return { data: data !== undefined, type, name, key: index === undefined ? null : Number(index) };
}

function* toResources(name: Name & { readonly module: string }, entry: Entry): Iterable<RecordedResource> {
  const address = `${resourceAddress(name)}${writeKey(name.key)}`;
  if (entry.primary) yield toResource(name, entry, address, entry.primary, null);
  for (const [index, primary] of (entry.deposed ?? []).entries()) {
    if (primary === null) continue;
    const deposed = String(index).padStart(8, '0'); // version 3 numbers them; later ones give each a key of 8 characters
    yield toResource(name, entry, deposedAddress(address, deposed), primary, deposed);
  }
}

function toResource(name: Name & { readonly module: string }, entry: Entry, address: string, primary: Primary, deposed: string | null): RecordedResource {
  return {
    address,
    module: name.module,
    type: name.type,
    name: name.name,
    key: name.key,
    deposed,
    provider: providerName(entry.provider),
    id: primary.id ?? null,
    side: { values: unflatten(primary.attributes ?? {}), sensitive: [], unknown: [], partial: false },
  };
}
