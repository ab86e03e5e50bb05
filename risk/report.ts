import { type Risk, type RiskReason, type RiskVerdict, worseOf } from '#proto/domain/risk.ts';

/** From the first UTF-16 unit of the command, to behind the last. */
export type Span = readonly [start: number, end: number];

/** What was found so far, and what only tells something together. */
export interface Report {
  add(risk: Risk, rule: string, why: string, span: Span): void;
  /** Remembers that the script does something which is harmless alone. */
  note(trait: Trait, span: Span): void;
  verdict(): RiskVerdict;
}

/** Reading a secret and sending data out are bounded; a script that does both takes credentials out. */
export type Trait = 'reads-secret' | 'sends-out';

/** More reasons than anybody reads. */
const maxReasons = 32;

/** Keeps the reasons of the most serious risk; the rest explains nothing. */
export function createReport(): Report {
  let worst: Risk = 'read_only';
  let reasons: RiskReason[] = [];
  const traits = new Map<Trait, Span>();

  return { add, note, verdict };

  function add(risk: Risk, rule: string, why: string, span: Span): void {
    if (worseOf(risk, worst) !== risk) return;
    if (risk !== worst) {
      worst = risk;
      reasons = [];
    }
    if (reasons.length >= maxReasons) return;
    if (reasons.some((known) => known.rule === rule && known.span[0] === span[0] && known.span[1] === span[1])) return;
    reasons.push({ rule, why, span });
  }

  function note(trait: Trait, span: Span): void {
    if (!traits.has(trait)) traits.set(trait, span);
  }

  function verdict(): RiskVerdict {
    const sent = traits.get('sends-out');
    if (sent !== undefined && traits.has('reads-secret')) {
      add('forbidden', 'credentials-leave', 'It reads a secret and sends data out of the network.', sent);
    }
    return { risk: worst, reasons };
  }
}
