import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Tier } from '#proto/domain/step.ts';
import { openSandbox } from '#sandbox/open-sandbox.ts';
import type { TierProof } from '#sandbox/sandbox.ts';
import type { Check, Finding } from '../check.ts';

/** Which tiers of the sandbox hold here, found by trying attacks in them. One is enough to run steps. */
export const checkSandbox: Check = async () => {
  const sandbox = await openSandbox({ random: (below) => randomInt(below), now: () => performance.now() });
  await sandbox.close();
  const holds = sandbox.proofs.some((proof) => proof.holds);
  return sandbox.proofs.map((proof) => findingOf(proof, holds));
};

function findingOf({ tier, holds, detail }: TierProof, anyHolds: boolean): Finding {
  const name = `sandbox tier ${tier}`;
  if (holds) return { name, state: 'good', detail };
  return { name, state: 'note', detail: `does not hold: ${detail}`, next: `${nextFor(tier, detail)}${anyHolds ? '' : ' Until a tier holds, no step runs here; everything else works.'}` };
}

function nextFor(tier: Tier, detail: string): string {
  if (process.platform !== 'linux') return 'Run steps from an agent on Linux.';
  if (tier === 2) return 'It needs a kernel with Landlock (5.13 or newer, `lsm=` with landlock in it) that lets this user make a seccomp filter.';
  if (detail.includes('not installed')) return 'Install it: `apt-get install bubblewrap`, `dnf install bubblewrap` or `apk add bubblewrap`.';
  if (detail.includes('set-uid')) return 'Take the set-uid bit away: user namespaces do not need it.';
  if (isOne('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')) return 'AppArmor keeps user namespaces from programs without a profile (Ubuntu from 24.04 on): docs/sandbox.md has one for bubblewrap.';
  if (!isOne('/proc/sys/kernel/unprivileged_userns_clone', true)) return 'Set kernel.unprivileged_userns_clone to 1, or use tier 2.';
  return 'In a container, its seccomp profile or a masked /proc is the usual cause; tier 2 needs neither. docs/sandbox.md says more.';
}

/** A switch of the kernel; one that is not there is as told. */
function isOne(path: string, absent = false): boolean {
  try {
    return readFileSync(path, 'utf8').trim() === '1';
  } catch {
    return absent;
  }
}
