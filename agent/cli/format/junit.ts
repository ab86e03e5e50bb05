import type { Finding } from '#proto/domain/finding.ts';
import type { Gap } from '#proto/domain/resource.ts';
import type { StackReport } from '#proto/domain/report.ts';
import type { Surroundings } from './format.ts';
import { printable } from '../terminal/printable.ts';
import { inline } from './human/value-text.ts';
import { storyOf } from './human/wording.ts';
import { bySeverity } from './summary.ts';
import { titleOf } from './title.ts';

/** JUnit's XML as build servers read it: a suite for each stack, a failure for each finding, a skip for what was not checked. */
export function renderJunit(reports: readonly StackReport[], { cwd }: Pick<Surroundings, 'cwd'>): string {
  const suites = reports.map((report) => suiteOf(report, titleOf(report, cwd)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dd0c">\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(report: StackReport, title: string): string {
  const failures = bySeverity(report.findings).map((finding) => caseOf(finding.address, title, failureOf(finding)));
  const skips = report.ledger.gaps.map((gap) => caseOf(gap.address, title, skipOf(gap)));
  const errors = report.error === null ? [] : [caseOf('the stack as a whole', title, element('error', { type: report.error.code, message: report.error.message }, report.error.next))];
  const passed = report.error === null && failures.length === 0 && report.ledger.checked > 0 ? [caseOf(`${report.ledger.checked} resources checked`, title, '')] : [];
  const cases = [...errors, ...failures, ...skips, ...passed];
  const counts = { tests: cases.length, failures: failures.length, errors: errors.length, skipped: skips.length };
  return `  <testsuite${attributes({ name: title, ...counts, time: 0, timestamp: report.scannedAt })}>\n${cases.join('')}  </testsuite>\n`;
}

function caseOf(name: string, classname: string, body: string): string {
  return `    <testcase${attributes({ classname, name, time: 0 })}>${body}</testcase>\n`;
}

function failureOf(finding: Finding): string {
  const lines = finding.properties.filter(({ noise }) => noise === null).map(({ path, before, after }) => printable(`${path}: ${inline(before)} -> ${inline(after)}`));
  return element('failure', { type: finding.severity, message: `${storyOf(finding)}; ${finding.severityRule}` }, lines.join('\n'));
}

function skipOf({ state, reason }: Gap): string {
  return `<skipped${attributes({ message: `${state}: ${reason}` })}/>`;
}

function element(name: string, given: Readonly<Record<string, string | number>>, text: string): string {
  return `<${name}${attributes(given)}>${escape(text)}</${name}>`;
}

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given).map(([name, value]) => ` ${name}="${escape(printable(String(value)))}"`).join('');
}

/** What XML 1.0 cannot carry at all is shown by a mark. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
