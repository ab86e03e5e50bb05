import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import type { Json, JsonObject } from '#proto/domain/json.ts';

const AnyJson = z.custom<Json>(() => true);
const JsonMap = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

export const actions = ['no-op', 'create', 'read', 'update', 'delete', 'forget', 'open'] as const;

/** What other modes do changes with their versions; nothing of them is compared. */
const OtherMode = z.object({ mode: z.string().refine((mode) => mode !== 'managed') });

/** One entry of `resource_changes` or `resource_drift`. */
export const ResourceChange = z.object({
  address: z.string().min(1),
  previous_address: z.string().nullish(),
  mode: z.literal('managed'),
  action_reason: z.string().nullish(),
  type: z.string().min(1),
  provider_name: z.string().nullish(),
  deposed: z.string().nullish(),
  change: z.object({
    actions: z.array(z.enum(actions)).min(1),
    before: JsonMap.nullish(),
    after: JsonMap.nullish(),
    before_sensitive: AnyJson.optional(),
    after_sensitive: AnyJson.optional(),
    after_unknown: AnyJson.optional(),
    importing: AnyJson.optional(),
  }),
});
export type ResourceChange = z.infer<typeof ResourceChange>;

export const PlanDocument = z.object({
  format_version: z.string(),
  errored: z.boolean().nullish(),
  resource_changes: z.array(z.unknown()).nullish(),
  resource_drift: z.array(z.unknown()).nullish(),
  deferred_changes: z.array(z.unknown()).nullish(),
  prior_state: z.object({ values: AnyJson.optional() }).nullish(),
});
export type PlanDocument = z.infer<typeof PlanDocument>;

/**
 * The parts of a plan in JSON that are asked for.
 * @throws Fault `plan-unreadable`, `plan-version-unsupported`, `plan-errored`
 */
export function parsePlan(content: JsonObject, source: string): PlanDocument {
  const plan = PlanDocument.safeParse(content);
  if (!plan.success) throw new Fault('plan-unreadable', { source, where: plan.error.issues[0]?.path.join('.') ?? '' });
  const version = plan.data.format_version;
  if (!/^\d+\.\d+$/.test(version)) throw new Fault('plan-unreadable', { source, where: 'format_version' });
  if (!/^(?:0\.[12]|1\.\d+)$/.test(version)) throw new Fault('plan-version-unsupported', { source, version });
  if (plan.data.errored === true) throw new Fault('plan-errored', { source });
  return plan.data;
}

/** Managed entries of one of the two lists; a malformed one makes the plan unreadable, for a change might hide in it. */
export function parseChanges(list: readonly unknown[] | null | undefined, name: string, source: string): readonly ResourceChange[] {
  const found: ResourceChange[] = [];
  for (const [index, written] of (list ?? []).entries()) {
    if (OtherMode.safeParse(written).success) continue;
    const entry = ResourceChange.safeParse(written);
    if (!entry.success) throw new Fault('plan-unreadable', { source, where: `${name}[${index}]` });
    found.push(entry.data);
  }
  return found;
}

const Deferred = z.object({ reason: z.string().default('no reason is given'), resource_change: z.object({ address: z.string().min(1), mode: z.string() }) });

/** What terraform put off to a later plan, and why, by address. */
export function deferredChanges({ deferred_changes }: PlanDocument): ReadonlyMap<string, string> {
  const read = (deferred_changes ?? []).map((written) => Deferred.safeParse(written)).filter(({ success }) => success);
  const managed = read.flatMap(({ data }) => (data?.resource_change.mode === 'managed' ? [data] : []));
  return new Map(managed.map(({ reason, resource_change: { address } }) => [address, reason]));
}
