import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Severity } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { printable } from '../terminal/printable.ts';
import type { Surroundings } from './format.ts';
import { readRule, storyOf } from './human/wording.ts';
import { bySeverity } from './summary.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** Read by code-scanning pages as a number from 0 to 10. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

/** SARIF 2.1.0 (OASIS): findings as results, what could not be read as notifications. */
export function renderSarif(reports: readonly StackReport[], { version, cwd }: Pick<Surroundings, 'version' | 'cwd'>): string {
  const results = reports.flatMap((report) => bySeverity(report.findings).map((finding) => ({ finding, report })));
  const rules = new Map(results.map(({ finding }) => [readRule(finding.severityRule).rule, finding] as const));
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dd0c-agent', version, informationUri: 'https://github.com/dd0c/dd0c', rules: [...rules].map(([id, finding]) => ruleOf(id, finding)) } },
        invocations: [{ executionSuccessful: reports.every(({ error }) => error === null), toolExecutionNotifications: reports.flatMap((report) => notificationsOf(report, cwd)) }],
        results: results.map(({ finding, report }) => resultOf(finding, report, cwd)),
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function ruleOf(id: string, { severityRule, severity }: Finding): object {
  return {
    id,
    shortDescription: { text: readRule(severityRule).reason ?? id },
    defaultConfiguration: { level: levels[severity] },
    properties: { 'security-severity': scores[severity], tags: ['drift'] },
  };
}

function resultOf(finding: Finding, report: StackReport, cwd: string): object {
  const paths = finding.properties.filter(({ noise }) => noise === null).map(({ path }) => path);
  const told = paths.length === 0 ? '' : `: ${paths.slice(0, 10).join(', ')}${paths.length > 10 ? ` and ${paths.length - 10} more` : ''}`;
  return {
    ruleId: readRule(finding.severityRule).rule,
    level: levels[finding.severity],
    message: { text: flat(`${finding.address} ${storyOf(finding)}${told}`) },
    locations: [{ ...locationOf(report, cwd), logicalLocations: [{ fullyQualifiedName: finding.address, kind: 'resource' }] }],
    partialFingerprints: { 'dd0c/v1': finding.fingerprint },
    properties: { change: finding.change, cause: finding.cause, severity: finding.severity, stack: report.id },
  };
}

/** A message on one line and without links: `[text](address)` is one in SARIF, whoever wrote it. */
function flat(text: string): string {
  return printable(text).replaceAll('](', '] (');
}

function notificationsOf(report: StackReport, cwd: string): readonly object[] {
  const unread = report.error === null ? [] : [{ level: 'error', message: { text: flat(`${report.error.message} ${report.error.next}`) }, locations: [locationOf(report, cwd)] }];
  const unchecked = report.ledger.gaps.map((gap) => ({ level: 'warning', message: { text: flat(`${gap.address} was not checked (${gap.state}): ${gap.reason}`) }, locations: [locationOf(report, cwd)] }));
  return [...unread, ...unchecked];
}

function locationOf({ source }: StackReport, cwd: string): object {
  return { physicalLocation: { artifactLocation: { uri: uriOf(source, cwd) } } };
}

function uriOf(source: string, cwd: string): string {
  if (!isAbsolute(source)) return encodeURI(source.toWellFormed());
  const near = relative(cwd, source);
  if (near.startsWith('..') || isAbsolute(near)) return pathToFileURL(source).href;
  return near === '' ? '.' : near.toWellFormed().split(sep).map(encodeURIComponent).join('/');
}
