import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '#proto/domain/fault.ts';
import { run } from '../../source/cli/run.ts';
import { makePrivateFolder } from '../../source/private-folder.ts';
import { isManaged } from '../sighting.ts';
import type { EventLog, Verdict } from '../verdict.ts';
import { readEvents } from '../events.ts';

export interface EngineOptions {
  /** The folder of Pulumi.yaml. */
  readonly project: string;
  readonly label: string;
  /** Of `Pulumi.<stack>.yaml`; null for the selected one. */
  readonly stack: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks the engine what a refresh would find: `--preview-only` writes neither to the stack nor to the cloud, and the
 * program is not run.
 * @throws Fault `live-unavailable`, `live-failed` with what the CLI said first, `live-timeout`
 */
export function previewRefresh(options: EngineOptions): Promise<EventLog> {
  return ask('refresh', ['refresh', '--preview-only'], options);
}

/**
 * Asks the engine what an update would do. **It runs the project's program** and its providers; nothing is written to
 * the stack or to the cloud, and what is live is not read.
 * @throws Fault `live-unavailable` also where the program's language host or a provider is missing, `live-failed`, `live-timeout`
 */
export function previewProgram(options: EngineOptions): Promise<EventLog> {
  return ask('preview', ['preview', '--refresh=false'], options);
}

/** What each resource came to stands only in the engine's events, which the CLI writes to a file when its debug commands are on. */
async function ask(stage: string, command: readonly string[], { project, label, stack, env, timeoutMs, signal }: EngineOptions): Promise<EventLog> {
  const { path: folder, remove } = await makePrivateFolder('pulumi'); // events hold values in clear
  const log = join(folder, 'events.json');
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const chosen = stack === null ? [] : ['--stack', stack];
    const { exitCode, errors, isMissing } = await run('pulumi', [...command, '--non-interactive', '--json', '--event-log', log, ...chosen], {
      cwd: project,
      env: { ...env, PULUMI_DEBUG_COMMANDS: '1', PULUMI_SKIP_UPDATE_CHECK: '1' },
      outputFile: join(folder, 'output.json'),
      signal: AbortSignal.any([signal, deadline]),
    });
    signal.throwIfAborted();
    if (deadline.aborted) throw new Fault('live-timeout', { source: label, program: 'pulumi', seconds: timeoutMs / 1_000 });
    if (isMissing) throw new Fault('live-unavailable', { source: label, programs: 'pulumi' });
    if (exitCode !== 0 && stage === 'refresh') {
      const partly = await partOf(log, label);
      if (partly !== null) return partly;
    }
    if (exitCode !== 0) throw failure(`${await toldErrors(log)}\n${errors}`);
    return readEvents(await readFile(log, 'utf8'), label);
  } finally {
    await remove();
  }

  function failure(told: string): Fault {
    const [, plugin] = /no (?:language|resource) plugin '([\w.-]+)'/.exec(told) ?? [];
    if (plugin !== undefined) return new Fault('live-unavailable', { source: label, programs: plugin });
    return new Fault('live-failed', { source: label, program: 'pulumi', stage, reason: firstError(told) });
  }
}

/** A refresh that could not read everything, as far as it came; null where it read nothing that the stack manages. */
async function partOf(log: string, label: string): Promise<EventLog | null> {
  const text = await readFile(log, 'utf8').catch(() => '');
  try {
    const events = readEvents(text, label);
    const isRead = ({ op, refreshed, old }: Verdict): boolean => refreshed && old !== null && isManaged(old) && op !== 'failed' && op !== 'unfinished';
    return events.cutShort !== null && events.verdicts.some(isRead) ? events : null;
  } catch {
    return null;
  }
}

const Diagnostic = z.object({ diagnosticEvent: z.object({ severity: z.literal('error'), message: z.string() }) });

/** What the engine reported while it ran: with `--json` the CLI prints no errors of programs and providers. */
async function toldErrors(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => Diagnostic.safeParse(parsed(line)));
  return lines.flatMap(({ data }) => (data === undefined ? [] : [`error: ${data.diagnosticEvent.message}`])).join('\n');
}

/** The CLI's own first error, one line, without its colours. */
function firstError(output: string): string {
  // oxlint-disable-next-line no-control-regex -- colours are what is taken out
  const lines = output.replaceAll(/\u001B\[[\d;]*m|<\{%[^%]*%\}>/g, '').split('\n');
  const told = lines.find((line) => /\berror\b/i.test(line)) ?? lines.find((line) => line.trim() !== '') ?? 'nothing';
  return told.trim().slice(0, 300);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
