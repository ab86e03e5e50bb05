import type { Gap, Side } from '#proto/domain/resource.ts';
import type { InstanceKey, ResourceName } from '../address.ts';

/** One object of a state, managed or read. */
export interface RecordedResource extends ResourceName {
  /** With the instance key, and the deposed key where there is one. */
  readonly address: string;
  readonly key: InstanceKey;
  readonly deposed: string | null;
  readonly provider: string | null;
  readonly id: string | null;
  readonly side: Side;
}

/** What the tool remembers of its last apply or refresh. */
export interface RecordedStack {
  readonly lineage: string | null;
  readonly serial: number | null;
  /** Every managed object once. */
  readonly resources: readonly RecordedResource[];
  /** Data sources: read, not managed, so they cannot drift; but code refers to them. */
  readonly data: readonly RecordedResource[];
  /** What is in the state but cannot be understood. */
  readonly gaps: readonly Gap[];
}
