import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { asFault } from '#proto/domain/fault.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { type OpenSandbox, openSandbox } from '#sandbox/open-sandbox.ts';
import type { Environment } from '../../config/environment.ts';
import type { FoundConfig } from '../../config/read-config.ts';
import { createScrubbers } from '../../scrub/scrubber.ts';
import type { Spool } from '../../spool/spool.ts';
import { openSteps, type Steps } from './open-steps.ts';
import { readStepSettings } from './settings.ts';

/** What a runbook asks for where it says nothing else; the sandbox learns from the steps that come. */
const usualDiskBytes = 256 * 1_024 ** 2;

export interface StartParts {
  readonly found: FoundConfig;
  readonly identity: { readonly tenant: TenantId; readonly agent: AgentId };
  readonly dataDir: string;
  readonly env: Environment;
  readonly spool: Spool;
  readonly scrubKey: Uint8Array;
  readonly log: Logger;
}

export interface StartedSteps extends Steps {
  /** Takes nothing more, gives what runs the owner's time to end, then kills it. */
  finish(): Promise<void>;
}

/** Makes this host ready for steps where its owner enabled them, or says why it is not; scanning goes on without. */
export async function startSteps({ found, identity, dataDir, env, spool, scrubKey, log }: StartParts): Promise<StartedSteps | null> {
  if (!found.config.runbooks.enabled) return null;
  let sandbox: OpenSandbox | null = null;
  try {
    const settings = await readStepSettings(found, dataDir, process.getuid?.() ?? null);
    const { limits } = settings.policy;
    const usual = { workdir: null, readable: [], writable: [], limits: { ...limits, diskBytes: Math.min(limits.diskBytes, usualDiskBytes) } };
    const opened = await openSandbox({ random: (below) => randomInt(below), now: () => performance.now(), spareFor: usual });
    sandbox = opened;
    const newScrubber = createScrubbers({ key: scrubKey, tenant: identity.tenant, rules: found.config.scrub });
    const steps = openSteps({ settings, identity, dataDir, env, spool, sandbox: opened, newScrubber, log });
    for (const { tier, holds, detail } of opened.proofs) log.info({ tier, holds, detail }, 'sandbox proved');
    if (settings.approvers.length === 0) log.warn('no approvers are pinned: nothing above read_only runs here');
    steps.recover(); // before an order can come
    return {
      ...steps,
      async finish() {
        await steps.drain(AbortSignal.timeout(settings.drainMs));
        steps.close();
        await opened.close();
      },
    };
  } catch (error) {
    const { code, message, next } = asFault(error);
    log.error({ code, reason: message, next }, 'no steps run here');
    await sandbox?.close();
    return null;
  }
}
