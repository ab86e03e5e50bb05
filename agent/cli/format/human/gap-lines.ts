import type { StackReport } from '#proto/domain/report.ts';
import { elide, wrap } from '../../terminal/fit.ts';
import { printable } from '../../terminal/printable.ts';
import type { Room } from './property-lines.ts';

/** More than this are counted, not named. */
const maxTold = 12;

/** What was not checked, and why; resources with the same reason stand together. */
export function gapLines({ ledger, error }: Pick<StackReport, 'ledger' | 'error'>, { width, paint }: Room): readonly string[] {
  const wholeStack = error === null ? 0 : 1; // counted in the ledger, told by itself
  const total = ledger.unsupported + ledger.unreadable + ledger.throttled + ledger.stale - wholeStack;
  if (total <= 0) return [];
  const told = ledger.gaps.slice(0, maxTold);
  const reasons = Map.groupBy(told, ({ state, reason }) => `${state}: ${reason}`);
  const rest = total - told.length;
  return [
    paint('yellow', `${total} not checked`),
    ...[...reasons].flatMap(([reason, gaps]) => [
      ...wrap(printable(reason), width - 2).map((line) => `  ${line}`),
      ...gaps.map(({ address }) => paint('dim', `    ${elide(printable(address), width - 4)}`)),
    ]),
    ...(rest > 0 ? [paint('dim', `  … and ${rest} more; --format json names them`)] : []),
  ];
}
