import type { Cause, Change, Severity } from '#proto/domain/finding.ts';

type Scalar = string | number | boolean | null;

/** A test of one value. Texts are compared without case, and `true` is also `"true"`, since tools differ there. */
export type Test =
  | { readonly is: Scalar | readonly Scalar[] }
  /** The value, or any value inside it, is one of these. */
  | { readonly has: readonly Scalar[] }
  /** Some text inside matches this regular expression, case ignored. */
  | { readonly like: string }
  /** Absent, null, "", [] or {}. */
  | { readonly empty: true }
  | { readonly below: number }
  | { readonly above: number }
  /** Every named field passes; a field is a path of names, lists are searched. */
  | { readonly fields: Readonly<Record<string, Test>> }
  | { readonly not: Test }
  | { readonly all: readonly Test[] }
  | { readonly some: readonly Test[] };

/** What must have happened for a rule to speak: the direction is part of it. */
export type When =
  /** The observed value passes, and the baseline does not. */
  | { readonly becomes: Test }
  /** The baseline passes, and the observed value does not. */
  | { readonly was: Test }
  /** The property differs, however. */
  | { readonly differs: true }
  /** The resource as a whole; without causes, from whatever cause. */
  | { readonly change: readonly Change[]; readonly causes?: readonly Cause[] };

/** One reason to rank a difference, as data. */
export interface SeverityRule {
  /** Stable, kebab-case. */
  readonly id: string;
  /** Globs over type names in Terraform's notation, or Kubernetes' own (`kubernetes:*\/Pod`); one star within a name. */
  readonly types: readonly string[];
  /** Names from the root, indices left out; `*` is any one name, `**` any number. Spelling of names is folded. */
  readonly paths: readonly string[];
  readonly when: When;
  readonly severity: Severity;
  /** Set where it matters whoever did it: a controller's change is otherwise told and not counted. */
  readonly insists?: true;
  readonly reason: string;
  /** The control it rests on: CIS, AWS FSBP, Kubernetes PSS…, or `dd0c` where it is our own judgement. */
  readonly reference: string;
}
