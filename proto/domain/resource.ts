import type { JsonObject, Path } from './json.ts';

/**
 * The sides from which a resource can be seen. `code` is what the configuration asks for, `recorded` what the tool
 * remembers of its last apply or refresh, `live` what the provider answers now.
 */
export const sideNames = ['code', 'recorded', 'live'] as const;
export type SideName = (typeof sideNames)[number];

/** One side of a resource. */
export interface Side {
  readonly values: JsonObject;
  /** Values that must never leave the host; a path covers everything below it. */
  readonly sensitive: readonly Path[];
  /** Values that cannot be known here (after apply, or undecidable); never compared. A path covers all below it. */
  readonly unknown: readonly Path[];
  /** True where an absent key says nothing (code names only what it sets); false where absent means absent. */
  readonly partial: boolean;
}

/** Who wrote a value last, as far as the source can tell. */
export interface Owner {
  /** In the observed side; it covers everything below it. */
  readonly path: Path;
  readonly who: string;
  /** RFC 3339, or null. */
  readonly when: string | null;
  readonly how: string | null;
  /**
   * A person's tool; what carries code into the platform; the platform's own machinery, whose changes are told and not
   * counted; or a tool of which nobody can say whether a person or a pipeline ran it.
   */
  readonly kind: OwnerKind;
}

export type OwnerKind = 'person' | 'applier' | 'controller' | 'anyone';

/**
 * One managed resource as a scanner saw it. A side that is missing was not looked at; a side that is null was looked
 * at and the resource is not there.
 */
export interface Sighting {
  /** Unique within its stack, in the tool's own notation: `module.net.aws_subnet.a["x"]`. */
  readonly address: string;
  readonly type: string;
  /** `registry.terraform.io/hashicorp/aws`, or null where the source does not say. */
  readonly provider: string | null;
  /** The provider's own id of the object (ARN, self link…), or null. */
  readonly id: string | null;
  readonly sides: Readonly<Partial<Record<SideName, Side | null>>>;
  /** Where it was addressed before, when it was moved. */
  readonly movedFrom: string | null;
  /** Paths whose changes the code declares irrelevant (`lifecycle.ignore_changes`); `[[]]` means all. */
  readonly ignored: readonly Path[];
  /** Where the source keeps them (`managedFields`); absent where it does not. */
  readonly owners?: readonly Owner[];
  /** True where the tool itself says that an update would bring the code: a difference that nothing else explains was never applied. */
  readonly isAhead?: boolean;
}

/** Why a resource was not, or not surely, checked. */
export const gapStates = ['unsupported', 'unreadable', 'throttled', 'stale'] as const;
export type GapState = (typeof gapStates)[number];

/** A row of the completeness ledger: something that was not checked. */
export interface Gap {
  readonly address: string;
  readonly state: GapState;
  readonly reason: string;
}
