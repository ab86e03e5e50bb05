import { type Finding, severities } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { elide } from '../terminal/fit.ts';
import { printable } from '../terminal/printable.ts';
import type { Surroundings } from './format.ts';
import { propertyLines } from './human/property-lines.ts';
import { comparisonOf, count, readRule, storyOf } from './human/wording.ts';
import { bySeverity, summarise, worstFirst } from './summary.ts';
import { titleOf } from './title.ts';

/** A comment on a pull request holds 65,536 characters; this leaves room for whoever posts it. */
const maxLength = 60_000;
const maxRows = 100;
/** An address or a message longer than this is cut in the middle. */
const maxCode = 300;

const marks = { critical: '🔴', high: '🟠', medium: '🟡', low: '⚪' } as const;

/** For a comment on a pull request: the numbers first, the details folded away, never longer than one comment holds. */
export function renderMarkdown(unordered: readonly StackReport[], around: Pick<Surroundings, 'reasonOf' | 'cwd'>): string {
  const reports = worstFirst(unordered);
  const head = `${headline(reports)}\n\n${table(reports, around.cwd)}`;
  const told = reports.filter(hasMore);
  let text = head;
  let left = told.length;
  for (const report of told) {
    const block = stackBlock(report, around, maxLength - text.length);
    if (block === null) break;
    text += `\n\n${block}`;
    left -= 1;
  }
  return left === 0 ? `${text}\n` : `${text}\n\n_${count(left, 'stack is', 'stacks are')} left out here for length; \`--format json\` has everything._\n`;
}

function headline(reports: readonly StackReport[]): string {
  const { findings, severity, unreadable, checked } = summarise(reports);
  if (findings === 0) return unreadable > 0 || checked === 0 ? '### Drift: could not tell' : `### No drift in ${count(checked, 'resource')}`;
  const told = severities.toReversed().flatMap((name) => (severity[name] > 0 ? [`${severity[name]} ${name}`] : []));
  return `### Drift in ${count(findings, 'resource')} (${told.join(', ')})`;
}

function table(reports: readonly StackReport[], cwd: string): string {
  const rows = reports.map((report) => {
    const { findings, noiseDifferences, unchecked, checked } = summarise([report]);
    const drifted = report.error === null ? String(findings) : findings > 0 ? `${findings}, not read to its end` : 'could not be read';
    return `| ${cell(titleOf(report, cwd))} | ${drifted} | ${noiseDifferences} | ${checked} | ${unchecked} |`;
  });
  const rest = rows.length - maxRows;
  const more = rest > 0 ? [`| and ${count(rest, 'more stack')} | | | | |`] : [];
  return ['| stack | drifted | noise | checked | not checked |', '|---|---|---|---|---|', ...rows.slice(0, maxRows), ...more].join('\n');
}

/** Whether there is more to tell of a stack than its line in the table. */
function hasMore({ findings, error, ledger }: StackReport): boolean {
  return error !== null || findings.length > 0 || ledger.gaps.length > 0;
}

/** What a stack came to, the most severe findings first and as many as there is room for; null where there is room for none. */
function stackBlock(report: StackReport, { reasonOf, cwd }: Pick<Surroundings, 'reasonOf' | 'cwd'>, room: number): string | null {
  const drifted = bySeverity(report.findings);
  const noise = noiseOf(report);
  const before = report.error === null ? [] : [`**Could not be read**: ${code(report.error.message)}\nNext: ${code(report.error.next)}`];
  const after = [
    ...(noise.size === 0 ? [] : [['**Noise**', ...[...noise].map(([rule, times]) => `- ${times} × ${code(rule)} ${plain(reasonOf(rule) ?? '')}`)].join('\n')]),
    ...(report.ledger.gaps.length === 0 ? [] : [['**Not checked**', ...report.ledger.gaps.slice(0, 20).map((gap) => `- ${code(gap.address)} ${gap.state}: ${plain(gap.reason)}`)].join('\n')]),
  ];
  const open = drifted.length > 0 || report.error !== null ? ' open' : '';
  const around = (parts: readonly string[]): string =>
    `<details${open}><summary><b>${unlinked(html(printable(elide(titleOf(report, cwd), maxCode))))}</b>: ${report.kind}, ${unlinked(html(printable(elide(comparisonOf(report.against), maxCode))))}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
  const shown = fitting(drifted.map(findingBlock), room - around([...before, ...after]).length - noteRoom);
  const rest = drifted.length - shown.length;
  if (shown.length === 0 && drifted.length > 0) return null;
  const block = around([...before, ...shown, ...(rest > 0 ? [`_${count(rest, 'more finding is', 'more findings are')} left out here for length; \`--format json\` has everything._`] : []), ...after]);
  return block.length > room ? null : block;
}

/** For the line that says how much is left out. */
const noteRoom = 120;

function fitting(blocks: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = blocks.findIndex((block) => (left -= block.length + 2) < 0);
  return end === -1 ? blocks : blocks.slice(0, end);
}

function findingBlock(finding: Finding): string {
  const { rule, reason } = readRule(finding.severityRule);
  const real = finding.properties.filter(({ noise }) => noise === null);
  const lines = propertyLines(real, { width: 100, paint: (_, text) => text });
  const head = `${marks[finding.severity]} **${finding.severity}** ${code(finding.address)} ${plain(storyOf(finding))}<br>${plain(reason ?? '')} ${code(rule)}`;
  return lines.length === 0 ? head : `${head}\n\n${fenced(lines)}`;
}

/** `diff` colours lines by their first character; a fence longer than any inside keeps the text in. */
function fenced(lines: readonly string[]): string {
  const told = lines.map((line) => line.replace(/^~/, '!').replace(/^( {2})([-+]) /, '$2 '));
  const longest = Math.max(2, ...told.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${told.join('\n')}\n${fence}`;
}

function noiseOf({ findings }: StackReport): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { noise } of findings.flatMap(({ properties }) => properties)) if (noise !== null) times.set(noise, (times.get(noise) ?? 0) + 1);
  return times;
}

/** Text as it is: between backticks nothing is markup, a mention or a link, so long as there are more of them than inside. */
function code(text: string): string {
  const shown = printable(elide(text, maxCode)) || ' ';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** The same in a table, where a bar ends the cell even between backticks. */
function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** Text in which nothing is markup, a mention or a link. */
function plain(text: string): string {
  return unlinked(html(printable(text)).replaceAll(/[\\`*_{}[\]()+!|~]/g, (character) => `\\${character}`));
}

/** GitHub looks for `@name` and `#1` in what it has rendered, where no escape is left: something invisible has to part them. */
function unlinked(text: string): string {
  return text.replaceAll(/[@#](?=\w)/g, (character) => `${character}&#8203;`);
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
