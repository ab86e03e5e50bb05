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

/** What is bounded alone: a script that reads a secret and sends data out takes credentials out. */
export type Trait = 'reads-secret' | 'sends-out' | 'names-guard' | 'ends-unknown' | 'opens-connection' | 'runs-unknown';

/** Rules that speak where something may be started that was not seen. */
const hiding: ReadonlySet<string> = new Set([
  'code-unknown', 'command-unresolved', 'look-alike', 'not-parsed', 'not-understood', 'remote-code', 'too-deep', 'too-long', 'too-many', 'unknown-code', 'unknown-file', 'unknown-input', 'unknown-language', 'unknown-option',
]);

/** Two traits that make something else of a script that has both. */
const together: readonly (readonly [Trait, Trait, string, string])[] = [
  ['reads-secret', 'sends-out', 'credentials-leave', 'It reads a secret and sends data out of the network.'],
  ['names-guard', 'ends-unknown', 'attacks-agent', 'It looks for what watches the host, or for the agent, and ends processes.'],
  ['opens-connection', 'runs-unknown', 'reverse-shell', 'It opens a connection and runs what only the run will know.'],
];

/** Rules that speak of a connection which the shell itself opens. */
const connecting: ReadonlySet<string> = new Set(['read-network-device', 'write-network-device', 'delete-network-device']);

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
    if (rule === 'interactive-shell' || rule === 'command-unresolved' || rule === 'unknown-input' || rule === 'code-unknown') note('runs-unknown', span);
    if (connecting.has(rule)) for (const trait of ['opens-connection', 'sends-out'] as const) note(trait, span);
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
    for (const [one, other, rule, why] of together) {
      const span = traits.get(other);
      if (span !== undefined && traits.has(one)) add('forbidden', rule, why, span);
    }
    return { risk: worst, reasons };
  }
}

/** Where nobody sees it done, a change that would be bounded here is not. */
export function escalating(report: Report): Report {
  return { ...report, add: (risk, rule, why, span) => report.add(risk === 'caution' && rule !== 'sensitive-read' ? 'dangerous' : risk, rule, why, span) };
}

/** Of what may run, only what must never run counts. */
export function forbidding(report: Report): Report {
  return { ...report, note: () => {}, add: (risk, rule, why, span) => (risk === 'forbidden' ? report.add(risk, rule, why, span) : undefined) };
}
