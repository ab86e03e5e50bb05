import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asFault, Fault } from '#proto/domain/fault.ts';
import type { PinnedKey } from '../../config/runbook-config.ts';
import type { FoundConfig } from '../../config/read-config.ts';
import { type Approver, pinApprover } from '../../runbook/approvers.ts';
import { whyOthersMayWrite } from '../../runbook/own-file.ts';
import type { Policy } from '../../runbook/policy/policy.ts';
import type { SecretSource } from '../../runbook/secrets.ts';

/** What dd0c.yaml says of steps, in the words of those who run them. */
export interface StepSettings {
  readonly policy: Policy;
  readonly approvers: readonly Approver[];
  readonly secrets: Readonly<Record<string, SecretSource>>;
  readonly parallel: number;
  readonly drainMs: number;
}

/**
 * @throws Fault `approvers-exposed` where other users could write what says who approves; `approver-key-invalid`,
 * `config-unreadable` for a key file
 */
export async function readStepSettings({ config, file, folder }: FoundConfig, dataDir: string, uid: number | null): Promise<StepSettings> {
  const { runbooks, approvers, secrets } = config;
  const keyFiles = approvers.flatMap(({ keyFile }) => (keyFile === undefined ? [] : [resolve(folder, keyFile)]));
  const ownFiles = [...(file === null ? [] : [file]), ...keyFiles];
  if (runbooks.enabled) for (const path of ownFiles) demandOwn(path, uid);
  return {
    policy: {
      isEnabled: runbooks.enabled,
      maxRisk: runbooks.maxRisk,
      unsigned: runbooks.unsigned,
      approvals: runbooks.approvals,
      programs: runbooks.programs,
      readable: runbooks.read,
      writable: runbooks.write,
      hosts: runbooks.hosts,
      hours: runbooks.hours,
      tiers: runbooks.tiers,
      limits: { timeoutMs: runbooks.limits.time, memoryBytes: runbooks.limits.memory, pids: runbooks.limits.processes, diskBytes: runbooks.limits.disk, outputBytes: runbooks.limits.output },
      own: [dataDir, ...ownFiles, ...Object.values(secrets).flatMap(({ file: path }) => (path === undefined ? [] : [resolve(folder, path)]))],
    },
    approvers: await Promise.all(approvers.map((pinned) => pin(pinned, folder))),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, sourceOf(name, secret, folder)])),
    parallel: runbooks.parallel,
    drainMs: runbooks.drain,
  };
}

function demandOwn(path: string, uid: number | null): void {
  let reason: string | null;
  try {
    reason = whyOthersMayWrite(path, uid);
  } catch (error) {
    reason = asFault(error).message;
  }
  if (reason !== null) throw new Fault('approvers-exposed', { reason });
}

async function pin({ name, person, key, keyFile }: PinnedKey, folder: string): Promise<Approver> {
  if (key !== undefined) return pinApprover(name, person, key);
  const file = resolve(folder, keyFile ?? '');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Fault('config-unreadable', { file, reason: error.code }, { cause: error });
  });
  return pinApprover(name, person, text);
}

function sourceOf(name: string, { env, file, as, runbooks }: FoundConfig['config']['secrets'][string], folder: string): SecretSource {
  return {
    from: env === undefined ? { kind: 'file', path: resolve(folder, file ?? '') } : { kind: 'env', name: env },
    as: as ?? name.replaceAll('-', '_').toUpperCase(),
    runbooks: runbooks ?? null,
  };
}
