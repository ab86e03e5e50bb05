import { realpathSync } from 'node:fs';
import type { Logger } from 'pino';
import { capabilities } from '#proto/domain/capability.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import { classify, programsOf } from '#risk/classify.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Environment } from '../../config/environment.ts';
import { createExecute } from '../../runbook/execute.ts';
import { openJournal } from '../../runbook/journal/journal.ts';
import { createStepRunner, type StepRunner } from '../../runbook/runner.ts';
import { grantSecrets } from '../../runbook/secrets.ts';
import { createTeller } from '../../runbook/teller.ts';
import type { Scrubber } from '../../scrub/scrubber.ts';
import type { Spool } from '../../spool/spool.ts';
import { secretReader } from './read-secret.ts';
import type { StepSettings } from './settings.ts';
import { spoolOutbox } from './spool-outbox.ts';

export interface StepsParts {
  readonly settings: StepSettings;
  readonly identity: { readonly tenant: TenantId; readonly agent: AgentId };
  readonly dataDir: string;
  readonly env: Environment;
  readonly spool: Spool;
  readonly sandbox: Sandbox;
  readonly newScrubber: () => Scrubber;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Runbook steps on this host. */
export interface Steps extends StepRunner {
  /** For Hello. */
  readonly capabilities: readonly string[];
  close(): void;
}

/** Between two looks at what found no room in the spool. */
const tidyMs = 5_000;

/**
 * @throws Fault `journal-unusable`
 */
export function openSteps({ settings, identity, dataDir, env, spool, sandbox, newScrubber, log }: StepsParts): Steps {
  const { policy, approvers, secrets, parallel } = settings;
  const journal = openJournal(dataDir);
  const outbox = spoolOutbox(spool);
  const read = secretReader(env);
  const clock = Date.now;
  const shared = { sandbox, clock, log, grant: (order: { readonly plan: Parameters<typeof grantSecrets>[0] }) => grantSecrets(order.plan, secrets, read) };
  const runner = createStepRunner({
    ...shared,
    journal,
    parallel,
    desk: { ...identity, approvers, policy, classify, programsOf, realPath },
    teller: createTeller({ journal, outbox, scrubber: newScrubber(), log }),
    execute: createExecute({ ...shared, journal, policy, outbox, newScrubber, every }),
  });
  const stopTidying = every(tidyMs, () => runner.tidy());
  return {
    ...runner,
    capabilities: capabilitiesOf(settings, sandbox),
    close() {
      stopTidying();
      journal.close();
    },
  };
}

/** What an operator can send here: nothing where no tier that the owner allows holds. */
export function capabilitiesOf({ policy, approvers }: Pick<StepSettings, 'policy' | 'approvers'>, { proofs }: Pick<Sandbox, 'proofs'>): readonly string[] {
  const holding = proofs.filter(({ tier, holds }) => holds && policy.tiers.includes(tier)).map(({ tier }) => (tier === 1 ? capabilities.tier1 : capabilities.tier2));
  if (!policy.isEnabled || holding.length === 0) return [];
  return [capabilities.steps, ...holding, ...(approvers.length > 0 ? [capabilities.approvals] : [])];
}

function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
