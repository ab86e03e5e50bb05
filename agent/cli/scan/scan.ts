import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Fault } from '#proto/domain/fault.ts';
import type { Severity } from '#proto/domain/finding.ts';
import type { StackReport } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { readConfig } from '../../config/read-config.ts';
import { version } from '../../config/version.ts';
import type { IgnoreNote } from '../../ignore/ignore.ts';
import { scanAll } from '../../scan-all.ts';
import { verdict } from '../../verdict.ts';
import type { Target } from '../../scan/scanner.ts';
import { createTextCleaner } from '../clean-text.ts';
import { explain } from '../explain.ts';
import { type Collector, createCollector } from '../explain/listener.ts';
import { explanationJson, explanationText } from '../explain/render.ts';
import type { FormatName } from '../format/format.ts';
import type { Room } from '../format/human/property-lines.ts';
import { formats } from '../format/registry.ts';
import type { Host } from '../host.ts';
import { createReasonOf } from '../rules/reason-of.ts';
import { printable } from '../terminal/printable.ts';
import { discover, discoveryJson, discoveryText } from './discover.ts';
import { planScan, type ScanPlan } from './plan-scan.ts';
import { keepInput, standardInput } from './standard-input.ts';
import { createProgress } from './progress.ts';
import { openKeeping } from './keeping.ts';

export interface ScanRequest {
  readonly paths: readonly string[];
  readonly against?: string;
  readonly format: FormatName;
  readonly output?: string;
  readonly noise: 'folded' | 'listed';
  /** `list` opens nothing and tells what was found. */
  readonly what: 'report' | 'list';
  /** An address or a glob: everything that was said of it is told in place of the report. */
  readonly explain?: string;
  readonly failOn: Severity | 'none';
  /** Of the kubeconfig. */
  readonly context?: string;
  /** In seconds. */
  readonly timeout?: number;
  readonly parallel?: number;
  readonly config?: string;
  readonly data?: string;
}

/** Scans, prints, and answers the exit code: 0 in sync, 2 drift, 1 could not tell. */
export async function scan(request: ScanRequest, host: Host): Promise<0 | 1 | 2> {
  const input = request.paths.includes(standardInput) ? await keepInput(host.terminal.input) : null;
  try {
    return await scanAndTell(request, input?.file, host);
  } finally {
    await input?.drop();
  }
}

async function scanAndTell(request: ScanRequest, inputFile: string | undefined, host: Host): Promise<0 | 1 | 2> {
  const { terminal, cwd, stop } = host;
  if (request.explain !== undefined && request.format !== 'human' && request.format !== 'json') throw new Fault('usage', { reason: '--explain is told as human or json' });
  const collector = request.explain === undefined ? null : createCollector(request.explain);
  const found = await readConfig(request.config, cwd);
  const keeping = await openKeeping(request.data, host.env);
  const progress = createProgress(terminal, () => performance.now());
  const plan = planScan({ ...request, inputFile, found, keeping, env: host.env, cwd, progress: progress.seen, ...(collector === null ? {} : { listener: collector.listener }), trouble: tellTrouble });
  if (request.what === 'list') return await list(request, plan, host);
  const reports: Scrubbed<StackReport>[] = [];
  const forms = new Map<StackReport, string>();
  try {
    for await (const event of scanAll(plan.paths, plan.scan, stop)) {
      progress.tell(event);
      if (event.kind !== 'report') continue;
      reports.push(event.report);
      forms.set(event.report, event.target.form);
    }
  } finally {
    progress.clear();
  }

  const paint = request.output === undefined ? terminal.paint : plain;
  const text = collector === null
    ? formats[request.format](reports, { paint, width: terminal.width, cwd, noise: request.noise, reasonOf: createReasonOf(found.config.ignore), formOf: (report) => forms.get(report), version })
    : explained(collector, request, { width: terminal.width, paint });
  if (request.output === undefined) terminal.out(text);
  else await write(resolve(cwd, request.output), text);
  for (const note of plan.ignore.notes()) terminal.err(`${terminal.paintError('yellow', 'note:')} ${printable(tellNote(note))}\n`);
  return verdict(collector === null ? reports : narrowed(reports, collector), request.failOn);

  function tellTrouble(_target: Target, error: unknown): void {
    progress.clear();
    terminal.err(createTextCleaner()(explain(error, terminal.paintError)));
  }
}

/** Exit code 0 where something was found. */
async function list({ format, output }: ScanRequest, { paths, scan: { scanners } }: ScanPlan, { terminal, cwd, stop }: Host): Promise<0 | 1> {
  if (format !== 'human' && format !== 'json') throw new Fault('usage', { reason: '--list is told as human or json' });
  const discovery = await discover(paths, scanners, stop);
  const text = format === 'json' ? discoveryJson(discovery) : discoveryText(discovery, output === undefined ? terminal : { width: terminal.width, paint: plain });
  if (output === undefined) terminal.out(text);
  else await write(resolve(cwd, output), text);
  return discovery.stacks.length > 0 && discovery.errors.length === 0 ? 0 : 1;
}

function explained(collector: Collector, { explain: asked = '', format }: ScanRequest, room: Room): string {
  return format === 'json' ? explanationJson(asked, collector.heard()) : explanationText(collector.heard(), room);
}

/** The exit code then speaks of what was asked about alone. */
function narrowed(reports: readonly StackReport[], collector: Collector): Parameters<typeof verdict>[0] {
  const heard = collector.heard();
  const findings = heard.flatMap(({ finding }) => (finding === null ? [] : [finding]));
  const unchecked = heard.filter(({ verdict: said }) => said === 'not_checked').length;
  return [{ findings, ledger: { checked: heard.length - unchecked, unsupported: 0, unreadable: unchecked, throttled: 0, stale: 0, gaps: [] }, error: reports.every(({ error }) => error !== null) ? (reports[0]?.error ?? null) : null }];
}

/** A rule that has run out, or that nothing matches, is a decision that somebody should look at again. */
function tellNote({ name, state, reason, owner }: IgnoreNote): string {
  return `ignore rule ${name} ${state === 'expired' ? 'has expired' : 'matches nothing'} (${owner === null ? reason : `${reason}; ${owner}`})`;
}

function plain(_colour: string, text: string): string {
  return text;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    throw new Fault('output-unwritable', { file, reason }, { cause: error });
  }
}
