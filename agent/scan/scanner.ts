import type { Gap, Sighting } from '#proto/domain/resource.ts';
import type { StackKind } from '#proto/domain/report.ts';

/** What the caller asks to compare with; `best` takes the most telling side that can be had. */
export type Against = { readonly side: 'best' | 'live' | 'code' } | { readonly side: 'file'; readonly path: string };

/** A stack that was found under a path, before it is read. */
export interface Target {
  readonly kind: StackKind;
  /** What it was taken for: `terraform-state`, `terraform-plan`, `terraform-folder`… */
  readonly form: string;
  /** Absolute, or a URL. */
  readonly path: string;
  /** How it is called for people and, where it has no identity of its own, for the report: relative to the scan's root. */
  readonly label: string;
}

export interface ScanOptions {
  readonly against: Against;
  /** For programs that are run (terraform): after this they are ended, and the stack is `unreadable`. */
  readonly timeoutMs: number;
  /** The stacks that are opened after this one, so that what takes long can be begun. */
  readonly upcoming?: readonly Target[];
  /** Whether states that code keeps elsewhere are fetched; default `read`. */
  readonly backends?: 'read' | 'leave';
  /** The environment for programs that are run, and for TF_VAR_ variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One stack, opened: whatever makes it unreadable as a whole has been thrown before. */
export interface OpenStack {
  /** The stack's own identity (a state's lineage…), or null: the caller then uses the target's label. */
  readonly id: string | null;
  /** What it is compared with, for people: `code`, `live`, `plan`, `nothing` or a path. */
  readonly against: string;
  readonly lineage: string | null;
  readonly serial: number | null;
  /** Every managed resource once. May throw a Fault; what came before still counts. */
  sightings(): AsyncIterable<Sighting> | Iterable<Sighting>;
  /** What could not be checked; complete once `sightings` has ended. */
  gaps(): readonly Gap[];
}

/** Reads one kind of IaC. It never writes to what it reads, never prompts and never scrubs. */
export interface Scanner {
  readonly kind: StackKind;
  /** The schemes of the URLs that it takes for a path: `s3` in `s3://bucket/key`. */
  readonly schemes?: readonly string[];
  /**
   * The stacks at a path (a file, or a folder that is walked) or at a URL of its schemes. What is not of this kind is left alone; what looks like
   * it but cannot be read is found all the same, and `open` says why.
   */
  find(path: string, signal: AbortSignal): Promise<readonly Target[]>;
  /** Whether opening this is mostly waiting for a program that is run, so that others can be opened meanwhile; default no. */
  waits?(target: Target, options: ScanOptions): boolean;
  /** @throws Fault when the stack as a whole cannot be read */
  open(target: Target, options: ScanOptions, signal: AbortSignal): Promise<OpenStack>;
}

/** The scheme of a URL, or null for a path. */
export function schemeOf(path: string): string | null {
  return /^([a-z][a-z0-9+.-]*):\/\//.exec(path)?.[1] ?? null;
}

/** A URL is for those scanners that know its scheme, a path for all. */
export function takes({ schemes = [] }: Pick<Scanner, 'schemes'>, path: string): boolean {
  const scheme = schemeOf(path);
  return scheme === null || schemes.includes(scheme);
}
