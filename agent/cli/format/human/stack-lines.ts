import type { StackError, StackReport } from '#proto/domain/report.ts';
import type { Surroundings } from '../format.ts';
import { bySeverity } from '../summary.ts';
import { partsOf, titleOf } from '../title.ts';
import { columnsOf, elide, wrap } from '../../terminal/fit.ts';
import { printable } from '../../terminal/printable.ts';
import { findingSections } from './finding-lines.ts';
import { gapLines } from './gap-lines.ts';
import { noiseLines } from './noise-lines.ts';
import { comparisonOf, count } from './wording.ts';

const indent = '  ';

/** One stack: what it is and what it was compared with, what drifted, what was noise, what could not be checked. */
export function stackLines(report: StackReport, around: Surroundings): readonly string[] {
  const { width, paint } = around;
  const room = { width: width - indent.length, paint };
  const sections = [
    report.error === null ? [] : errorLines(report.error, room),
    ...findingSections(bySeverity(report.findings), room),
    noiseLines(report.findings, { ...around, ...room }),
    gapLines(report, room),
  ].filter((section) => section.length > 0);
  return [
    ...titleLines(report, around),
    ...wrap(printable(headOf(report, around.formOf?.(report))), room.width).map((line) => `${indent}${paint('dim', line)}`),
    ...(isInSync(report) ? [`${indent}${paint('green', 'in sync')}`] : []),
    ...sections.flatMap((section) => ['', ...section.map((line) => `${indent}${line}`)]),
  ];
}

function titleLines(report: StackReport, { cwd, width, paint }: Surroundings): readonly string[] {
  const title = printable(titleOf(report, cwd));
  const [name, place] = partsOf(report, cwd).map((part) => (part === null ? null : printable(part)));
  if (columnsOf(title) <= width || !name || !place) return [paint('bold', elide(title, width))];
  return [paint('bold', elide(name, width)), `${indent}${paint('dim', elide(place, width - indent.length))}`];
}

/** Said only of what was checked, all of it. */
function isInSync({ findings, ledger, error }: StackReport): boolean {
  return error === null && ledger.checked > 0 && ledger.unreadable + ledger.throttled === 0 && findings.every(({ noise }) => noise);
}

function headOf({ kind, against, ledger, error }: StackReport, form: string | undefined): string {
  const taken = form === undefined || form === 'nothing' ? kind : form.replace('-', ' ');
  if (error !== null && ledger.checked === 0) return taken;
  return `${taken} · ${comparisonOf(against)} · ${count(ledger.checked, 'resource')} checked`;
}

function errorLines({ code, message, next }: StackError, { width, paint }: { readonly width: number; readonly paint: Surroundings['paint'] }): readonly string[] {
  const text = message.replace(/^\[[a-z-]+\] /, '');
  return [
    paint('red', 'could not be read') + paint('dim', ` [${printable(code)}]`),
    ...wrap(printable(text), width - 2).map((line) => `  ${line}`),
    ...wrap(`next: ${printable(next)}`, width - 2).map((line) => `  ${paint('cyan', line)}`),
  ];
}
