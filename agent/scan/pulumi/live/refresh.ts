import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Fault } from '#proto/domain/fault.ts';
import type { EventLog } from '../events.ts';
import { readEvents } from '../events.ts';

export interface RefreshOptions {
  /** The folder of Pulumi.yaml. */
  readonly project: string;
  /** Of `Pulumi.<stack>.yaml`; null for the selected one. */
  readonly stack: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks the engine what a refresh would find: `--preview-only` writes neither to the stack nor to the cloud. What each
 * resource came to stands only in the engine's events, which the CLI writes to a file when its debug commands are on.
 * @throws Fault `live-unavailable`, `live-failed` with what the CLI said first, `live-timeout`
 */
export async function previewRefresh({ project, stack, env, timeoutMs, signal }: RefreshOptions): Promise<EventLog> {
  const folder = await mkdtemp(join(tmpdir(), 'dd0c-pulumi-')); // 0700; events hold values in clear
  const log = join(folder, 'events.json');
  try {
    const chosen = stack === null ? [] : ['--stack', stack];
    const run = await execa('pulumi', ['refresh', '--preview-only', '--non-interactive', '--json', '--event-log', log, ...chosen], {
      cwd: project,
      env: { ...env, PULUMI_DEBUG_COMMANDS: '1', PULUMI_SKIP_UPDATE_CHECK: '1' },
      extendEnv: false,
      reject: false,
      timeout: timeoutMs,
      killSignal: 'SIGTERM',
      forceKillAfterDelay: 5_000,
      cancelSignal: signal,
      stdin: 'ignore',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.code === 'ENOENT') throw new Fault('live-unavailable', { program: 'pulumi' });
    if (run.timedOut) throw new Fault('live-timeout', { program: 'pulumi', timeoutMs });
    if (run.failed) throw new Fault('live-failed', { program: 'pulumi', project, said: firstError(run.stderr, run.stdout) });
    return readEvents(await readFile(log, 'utf8'), project);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The CLI's own first error, one line, without its colours. */
function firstError(...outputs: readonly string[]): string {
  // oxlint-disable-next-line no-control-regex -- colours are what is taken out
  const lines = outputs.join('\n').replaceAll(/\u001B\[[\d;]*m|<\{%[^%]*%\}>/g, '').split('\n');
  const told = lines.find((line) => /\berror\b/i.test(line)) ?? lines.find((line) => line.trim() !== '') ?? 'nothing';
  return told.trim().slice(0, 300);
}
