import type { Logger } from 'pino';
import { splitReport } from '#proto/domain/report-parts.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { type ScanAll, scanAll } from '../../scan-all.ts';
import type { Spool } from '../../spool/spool.ts';
import { onlyAt } from '../scan/only-at.ts';
import type { ScanPlan } from '../scan/plan-scan.ts';

/** What one round of scanning came to. */
export interface Round {
  readonly stacks: number;
  readonly findings: number;
  readonly unreadable: number;
}

export interface RoundParts {
  readonly plan: ScanPlan;
  readonly spool: Pick<Spool, 'append'>;
  readonly newId: () => string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Scans stacks and spools their reports. */
export interface Rounds {
  /**
   * One round over everything, or over these stacks alone.
   * @throws Fault `spool-full`, `spool-unwritable`; the reason of the signal
   */
  scan(stacks: readonly string[], signal: AbortSignal): Promise<Round>;
}

export function createRounds({ plan, spool, newId, log }: RoundParts): Rounds {
  /** Where a stack was found last, so that an order for one stack need not scan the others. */
  const places = new Map<string, string>();
  return { scan };

  async function scan(stacks: readonly string[], signal: AbortSignal): Promise<Round> {
    const wanted = new Set(stacks);
    let round: Round = { stacks: 0, findings: 0, unreadable: 0 };
    for await (const event of scanAll(plan.paths, narrowed(stacks), signal)) {
      if (event.kind !== 'report') continue;
      const { report, target } = event;
      places.set(report.id, target.path);
      if (wanted.size > 0 && !wanted.has(report.id)) continue;
      spool.append(splitReport(report, newId()));
      tell(report);
      round = { stacks: round.stacks + 1, findings: round.findings + real(report), unreadable: round.unreadable + Number(report.error !== null) };
    }
    if (stacks.length === 0) for (const { name, state, reason, owner } of plan.ignore.notes()) log.warn({ rule: name, state, reason, owner }, 'ignore rule does nothing');
    return round;
  }

  /** A stack keeps its id only when it is found from the same path as before, so the search stays and the opening is spared. */
  function narrowed(stacks: readonly string[]): ScanAll {
    const known = stacks.flatMap((stack) => places.get(stack) ?? []);
    const isKnown = stacks.length > 0 && known.length === stacks.length;
    return isKnown ? { ...plan.scan, scanners: onlyAt(plan.scan.scanners, new Set(known)) } : plan.scan;
  }

  function tell(report: StackReport): void {
    const { id, ledger, error } = report;
    log.info({ stack: id, checked: ledger.checked, findings: real(report) }, 'stack scanned');
    if (error !== null) log.warn({ stack: id, code: error.code, reason: error.message, next: error.next }, 'stack not readable');
  }
}

function real({ findings }: StackReport): number {
  return findings.filter(({ noise }) => !noise).length;
}
