/** What else holds a step, which decides what the filter has to do by itself. */
export interface Surroundings {
  /** Own namespaces for files, processes and network. */
  readonly namespaces: boolean;
  /** Whether some host may be reached. */
  readonly network: boolean;
  /** Landlock keeps signals inside (ABI 6). */
  readonly signalsScoped: boolean;
  /** Landlock knows of truncation (ABI 3). */
  readonly truncationRuled: boolean;
}

/** What becomes of a system call: it is done, refused with an error, put to the broker, or ends the process. */
export type Verdict = 'allow' | 'kill' | 'ask' | { readonly errno: number };

/** A test of one argument, in 32 bits unless it says otherwise: the kernel takes most as `int`. */
export type Test =
  | { readonly arg: number; readonly is: 'equal'; readonly value: number }
  /** One of these bits is set. */
  | { readonly arg: number; readonly is: 'any-of'; readonly mask: number }
  /** The bits under the mask are exactly these. */
  | { readonly arg: number; readonly is: 'masked'; readonly mask: number; readonly value: number }
  /** All 64 bits are zero: an absent pointer. */
  | { readonly arg: number; readonly is: 'null' };

/** The first case of which all tests hold decides; `otherwise` where none does. */
export interface Judged {
  readonly cases: readonly { readonly when: readonly Test[]; readonly verdict: Verdict }[];
  readonly otherwise: Verdict;
}

/** A system call's rule. */
export type Rule = Verdict | Judged;

/** By name of the system call. What is not named is refused. */
export type Policy = Readonly<Record<string, Rule>>;

/** The errors that a policy answers with. */
export const refused = {
  perm: { errno: 1 },
  access: { errno: 13 },
  invalid: { errno: 22 },
  /** As if this kernel did not have it, so that programs take the older way. */
  absent: { errno: 38 },
  family: { errno: 97 },
  protocol: { errno: 93 },
  unsupported: { errno: 95 },
} as const;

/** Narrows a rule. */
export function isJudged(rule: Rule): rule is Judged {
  return typeof rule === 'object' && 'cases' in rule;
}
