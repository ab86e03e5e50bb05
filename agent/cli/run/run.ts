import { randomUUID } from 'node:crypto';
import { asFault, Fault } from '#proto/domain/fault.ts';
import { dataFolder } from '../../config/data-folder.ts';
import { readConfig } from '../../config/read-config.ts';
import { createDialler } from '../../dial/dialler.ts';
import { type Identity, isRecoverable, living } from '../../identity/identity.ts';
import { createIdentityKeeper } from '../../identity/keeper.ts';
import { loadOrCreateScrubKey } from '../../identity/scrub-key.ts';
import { defaultSpoolBytes, openSpool } from '../../spool/spool.ts';
import { createTextCleaner } from '../clean-text.ts';
import type { Host } from '../host.ts';
import { createMemoryIn } from '../scan/keeping.ts';
import { planScan } from '../scan/plan-scan.ts';
import { startSteps } from '../steps/start-steps.ts';
import { createLink } from './link.ts';
import { createLog } from './log.ts';
import { runOnce } from './once.ts';
import { createRenewal } from './renewal.ts';
import { createRounds } from './round.ts';
import { createService } from './service.ts';

export interface RunRequest {
  readonly mode: 'once' | 'service';
  readonly paths: readonly string[];
  /** In seconds, for `once`. */
  readonly deadline: number;
  readonly config?: string;
  readonly data?: string;
}

/** How long a service that is asked to end may go on emptying its spool. */
const farewellMs = 3_000;
/** One that is told to drain has more time: nobody waits for its process, and it may have to wait for its link. */
const retirementMs = 60_000;

/** The agent at work, until it is done or asked to end; answers the exit code. */
export async function run({ mode, paths, deadline, config, data }: RunRequest, host: Host): Promise<0 | 1> {
  const { terminal, env, cwd, stop } = host;
  const found = await readConfig(config, cwd);
  const isUnnamed = paths.length === 0 && found.file === null; // a service does not walk whatever folder it was started in
  if (isUnnamed && mode === 'once') throw new Fault('usage', { reason: 'nothing to scan is named; give a path, or scan.paths in dd0c.yaml' });
  const dataDir = dataFolder(data, env);
  const dialler = createDialler({ env, ...found.config.link });
  const keeper = createIdentityKeeper({ dataDir, random: Math.random, dialler });
  const { agent, tenant } = usable(keeper.forConnection(), Date.now());
  const log = createLog(mode === 'once' && found.file === null ? 'warn' : found.config.log.level, terminal.err, createTextCleaner());
  const spool = openSpool({
    dir: dataDir,
    maxBytes: found.config.spool.maxBytes ?? defaultSpoolBytes,
    newId: randomUUID,
    clock: Date.now,
    warn: (fault) => log.warn({ code: fault.code, reason: fault.message, next: fault.next }, 'spool set aside'),
  });
  const scrubKey = await loadOrCreateScrubKey(dataDir);
  const keeping = { scrubKey, tenant, memory: createMemoryIn(dataDir) };
  const plan = planScan({ paths, found, keeping, env, cwd, trouble: (target, error) => log.warn({ stack: target.label, reason: asFault(error).message }, 'report not remembered') });
  const rounds = createRounds({ plan: isUnnamed ? { ...plan, paths: [] } : plan, spool, newId: randomUUID, log });
  const service = createService({ rounds, intervalMs: found.config.scan.interval, log, clock: () => performance.now() });
  const steps = mode === 'once' ? null : await startSteps({ found, identity: { tenant, agent }, dataDir, env, spool, scrubKey, log });
  const retired = new AbortController(); // told from afar to end; otherwise as if its host had said so
  const uplink = createLink({ keeper, spool, dialler, log, onOrder: service.obey, onDrain: mode === 'once' ? null : retire, steps, onState: tellReady() });

  const renewal = createRenewal({ keeper, reconnect: () => uplink.reconnect(), clock: Date.now, random: Math.random, log });
  const renewing = new AbortController();

  if (mode === 'once') await renewal.ifDue(); // whoever runs from time to time renews, too
  uplink.start();
  try {
    if (mode === 'once') return await runOnce({ rounds, spool, uplink, terminal, deadlineMs: deadline * 1_000, stop });
    if (isUnnamed) log.warn('nothing to scan is named: give a path, or scan.paths in dd0c.yaml');
    void renewal.work(renewing.signal);
    await service.work(AbortSignal.any([stop, retired.signal]));
    await steps?.finish();
    if (retired.signal.aborted) await uplink.flush(AbortSignal.any([stop, AbortSignal.timeout(retirementMs)])).catch(() => undefined);
    else if (uplink.state.kind === 'live') await uplink.flush(AbortSignal.timeout(farewellMs)).catch(() => undefined);
    if (spool.pending().facts > 0) log.warn(spool.pending(), 'kept in the spool for the next run');
    return 0;
  } finally {
    renewing.abort();
    await uplink.close();
    spool.close();
  }

  function retire(): void {
    log.info('asked to drain: no more orders are taken; running steps end, the spool is emptied, and the agent ends');
    retired.abort();
  }

  function tellReady(): (state: { readonly kind: string }) => void {
    let isTold = mode === 'once';
    return ({ kind }) => {
      if (kind === 'live' && !isTold) terminal.out(`${JSON.stringify({ ready: true, agent })}\n`);
      if (kind === 'live') isTold = true;
    };
  }
}

/**
 * One whose certificate ran out is of use where the control plane can be asked for another.
 * @throws Fault `certificate-expired`
 */
function usable(identity: Identity, nowMs: number): Identity {
  return isRecoverable(identity) ? identity : living(identity, nowMs);
}
