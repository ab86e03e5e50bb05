/** What a command would do at worst, from harmless to never. The order is the order of `risks`. */
export type Risk = 'read_only' | 'caution' | 'dangerous' | 'forbidden';

/** From the least to the most serious. */
export const risks = ['read_only', 'caution', 'dangerous', 'forbidden'] as const satisfies readonly Risk[];

/** Why a part of a command has its risk. */
export interface RiskReason {
  /** The name of the rule that spoke, stable across versions. */
  readonly rule: string;
  /** One sentence for the person who decides. */
  readonly why: string;
  /** Where in the command, in UTF-16 units: from the first, to behind the last. */
  readonly span: readonly [start: number, end: number];
}

/** What the safety scanner says of a command. There is always a reason, also for what is harmless. */
export interface RiskVerdict {
  readonly risk: Risk;
  readonly reasons: readonly RiskReason[];
}

export function isAtLeast(risk: Risk, floor: Risk): boolean {
  return risks.indexOf(risk) >= risks.indexOf(floor);
}

/** The more serious of the two. */
export function worseOf(one: Risk, other: Risk): Risk {
  return isAtLeast(one, other) ? one : other;
}
