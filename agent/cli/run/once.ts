import { asFault } from '#proto/domain/fault.ts';
import type { Spool } from '../../spool/spool.ts';
import type { Uplink } from '../../uplink/uplink.ts';
import { explain } from '../explain.ts';
import { count } from '../format/human/wording.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Rounds } from './round.ts';

export interface OnceParts {
  readonly rounds: Rounds;
  readonly spool: Pick<Spool, 'pending'>;
  readonly uplink: Pick<Uplink, 'flush'>;
  readonly terminal: Pick<Terminal, 'out' | 'err' | 'paint' | 'paintError'>;
  readonly deadlineMs: number;
  readonly stop: AbortSignal;
}

/** Scans, reports and answers 0 when everything that was spooled is acknowledged, else 1; the spool keeps the rest. */
export async function runOnce({ rounds, spool, uplink, terminal, deadlineMs, stop }: OnceParts): Promise<0 | 1> {
  const { stacks, findings, unreadable } = await rounds.scan([], stop);
  const told = [count(stacks, 'stack'), count(findings, 'finding'), ...(unreadable > 0 ? [`${unreadable} not readable`] : [])].join(', ');
  try {
    await uplink.flush(AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]));
    terminal.out(`${terminal.paint('green', 'reported')} ${told}; acknowledged\n`);
    return 0;
  } catch (error) {
    terminal.err(explain(asFault(error), terminal.paintError));
    terminal.err(`not acknowledged: ${told}; ${count(spool.pending().facts, 'fact')} kept in the spool for the next run\n`);
    return 1;
  }
}
