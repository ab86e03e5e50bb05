import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asFault } from '#proto/domain/fault.ts';
import type { CanaryTargets } from '../launch/plan.ts';
import type { TierProof } from '../sandbox.ts';
import type { SandboxSpec } from '../spec.ts';
import type { StepParts } from '../step/parts.ts';
import { runCanary } from '../step/run-step.ts';

const nothingSpecial: SandboxSpec = {
  command: ['true'],
  workdir: null,
  readable: [],
  writable: [],
  env: {},
  network: [],
  limits: { timeoutMs: 10_000, memoryBytes: 512 << 20, pids: 64, diskBytes: 1 << 20, outputBytes: 1 << 16 },
  tier: null,
};

/** Attacks from inside a tier what lies open outside it. It holds when nothing got through. */
export async function proveTier(parts: StepParts): Promise<TierProof> {
  const { tier } = parts.driver;
  if (parts.landlockAbi === 0) return { tier, holds: false, detail: 'this kernel has no Landlock, or it is not switched on' };
  try {
    const through = await withTargets(async (targets) => attackBoth(parts, targets));
    if (through.length > 0) return { tier, holds: false, detail: `a trial step ${through.join(', ')}` };
    return { tier, holds: true, detail: detailOf(parts) };
  } catch (error) {
    const { facts, message } = asFault(error);
    return { tier, holds: false, detail: typeof facts['said'] === 'string' ? facts['said'] : message };
  }
}

/** Each way that a step may come: through a launcher of its own, with another one waiting beside it, then through that one. */
async function attackBoth(parts: StepParts, targets: Omit<CanaryTargets, 'waitingPid'>): Promise<readonly string[]> {
  parts.spare?.prepare(parts, nothingSpecial);
  const waitingPid = (await parts.spare?.rested()) ?? null;
  const through = await runCanary({ ...parts, spare: null }, nothingSpecial, { ...targets, waitingPid });
  if (waitingPid === null) return through;
  return [...new Set([...through, ...(await runCanary(parts, nothingSpecial, { ...targets, waitingPid: null }))])];
}

/** A file that this user may change and a port of loopback that answers: without a sandbox both would fall. */
async function withTargets<T>(attack: (targets: Omit<CanaryTargets, 'waitingPid'>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dd0c-canary-'));
  const file = join(folder, 'secret');
  writeFileSync(file, 'canary', { mode: 0o600 });
  const server = createServer((socket) => socket.destroy());
  try {
    const port = await listening(server);
    return await attack({ agentPid: process.pid, file, port });
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

async function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function detailOf({ driver, cgroups, landlockAbi, agentUid }: StepParts): string {
  const by = driver.surroundings.namespaces ? 'bubblewrap, Landlock and seccomp' : 'Landlock and seccomp';
  const limits = cgroups === null ? 'limits by rlimits and a watch' : `limits by cgroup v${cgroups.version}`;
  return `${by} (Landlock ABI ${landlockAbi}); ${limits}${agentUid === 0 ? '; a user of its own for each step' : ''}`;
}
