import { type Risk, type RiskReason, type RiskVerdict, worseOf } from '#proto/domain/risk.ts';

/** From the first UTF-16 unit of the command, to behind the last. */
export type Span = readonly [start: number, end: number];

/** The programs that a command would start. */
export interface Programs {
  /** As they are written: names that are looked up on PATH, or paths. What an interpreter is told to do is its own matter. */
  readonly names: readonly string[];
  /** Whether these are all; what is computed, read from elsewhere or not understood is not known. */
  readonly areAll: boolean;
}

/** What was found so far, and what only tells something together. */
export interface Report {
  add(risk: Risk, rule: string, why: string, span: Span): void;
  /** Remembers that the script does something which is harmless alone. */
  note(trait: Trait, span: Span): void;
  /** Remembers a program that is started. */
  starts(program: string): void;
  verdict(): RiskVerdict;
  programs(): Programs;
}

/** Reading a secret and sending data out are bounded; a script that does both takes credentials out. */
export type Trait = 'reads-secret' | 'sends-out';

/** Rules that speak where something may be started that was not seen. */
const hiding: ReadonlySet<string> = new Set([
  'code-unknown', 'command-unresolved', 'look-alike', 'not-parsed', 'not-understood', 'remote-code', 'too-deep', 'too-long', 'too-many', 'unknown-code', 'unknown-file', 'unknown-input', 'unknown-language', 'unknown-option',
]);

/** More reasons than anybody reads. */
const maxReasons = 32;

/**
 * Keeps the reasons of the most serious risk; the rest explains nothing.
 * @param length of the command, since a parser's complaint may lie behind its end
 */
export function createReport(length: number): Report {
  let worst: Risk = 'read_only';
  let reasons: RiskReason[] = [];
  const traits = new Map<Trait, Span>();
  const started = new Set<string>();
  let areAll = true;

  return { add, note, starts: (program) => void started.add(program), verdict, programs: () => ({ names: [...started], areAll }) };

  function add(risk: Risk, rule: string, why: string, [from, to]: Span): void {
    const span: Span = [Math.max(0, Math.min(from, length)), Math.max(0, Math.min(to, length))];
    if (hiding.has(rule)) areAll = false;
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
