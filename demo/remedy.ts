import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StepResult } from '#proto/domain/step-result.ts';
import { type Files, type Running, start } from './children.ts';
import type { Operator } from './operator.ts';
import type { Scene } from './scene.ts';
import type { Steps } from './steps.ts';

const Key = z.object({ publicKey: z.string() });
const Imported = z.object({ runbooks: z.tuple([z.object({ name: z.string() })]) });
const Findings = z.object({ findings: z.array(z.object({ id: z.string(), address: z.string() })) });
const Execution = z.object({
  id: z.string(),
  standing: z.string(),
  steps: z.array(z.object({ id: z.string(), command: z.string(), how: z.string().nullable(), why: z.string().nullable(), result: StepResult.nullable() })),
  remedy: z.object({ state: z.string(), reason: z.string() }).nullable(),
});
type Execution = z.infer<typeof Execution>;
const Verified = z.object({ entries: z.number(), approvals: z.number() });

export interface RemedyOptions {
  readonly root: string;
  /** For this run alone, absolute. */
  readonly folder: string;
  readonly scene: Scene;
  readonly agentData: string;
  readonly operator: Operator;
  readonly files: (name: string) => Files;
  readonly step: Steps;
  readonly signal: AbortSignal;
  readonly started: (running: Running) => void;
}

/** What became of the finding. */
export interface Remedy {
  readonly address: string;
  readonly execution: Execution;
  readonly trail: z.infer<typeof Verified>;
}

/** Longer than a step and the scan behind it take on a busy machine. */
const endWithinMs = 60_000;

/** The finding is put right: judged, asked for, signed, run in a sandbox, seen to be gone, and proved. */
export async function putRight({ root, folder, scene, agentData, operator, files, step, signal, started }: RemedyOptions): Promise<Remedy> {
  const keyFile = join(folder, 'approver.key');
  const runbook = await step('runbook imported, each of its steps judged; nothing is trusted yet', async () => Imported.parse(await operator('runbooks', 'import', scene.runbook)).runbooks[0]);
  await step('your own key made and pinned on the agent’s host; the agent runs with a policy of its owner', async () => {
    const { publicKey } = Key.parse(await operator('keys', 'generate', '--out', keyFile));
    await operator('keys', 'add', publicKey, '--name', 'demo');
    const config = join(folder, 'dd0c.yaml');
    await writeFile(config, policyOf(scene, publicKey), { mode: 0o600 });
    const { running } = await start('the agent', [join(root, 'agent', 'main.ts'), 'run', '--config', config, '--data', agentData], files('agent'), signal);
    started(running);
  });
  const { finding, execution } = await step('asked to put the finding right, shown to you, signed with your key', async () => {
    const { findings } = Findings.parse(await operator('findings', 'list', '--address', 'Deployment/shop/web'));
    const [first] = findings;
    if (first === undefined) throw new Error('the finding of the example is not there');
    const { id } = Execution.parse(await operator('executions', 'start', runbook.name, '--finding', first.id));
    await operator('approvals', 'approve', id, '--key', keyFile, '--yes');
    return { finding: first, execution: id };
  });
  const outcome = await step('verified by the agent, run in its sandbox, and the stack scanned again', () => over(execution));
  const trail = await step('audit trail exported and verified, with every signature in it', async () => {
    const file = join(folder, 'trail.jsonl');
    await exportWhole(file);
    return Verified.parse(await operator('audit', 'verify', file));
  });
  return { address: finding.address, execution: outcome, trail };

  /** What happened stands in the trail within about a second. */
  async function exportWhole(file: string): Promise<void> {
    const deadline = performance.now() + endWithinMs;
    do await operator('audit', 'export', '--output', file);
    while (!(await readFile(file, 'utf8')).includes('"topic":"step.reported"') && performance.now() < deadline);
  }

  async function over(id: string): Promise<Execution> {
    const deadline = performance.now() + endWithinMs;
    for (;;) {
      const now = Execution.parse(await operator('executions', 'show', id));
      const isOver = !['waiting', 'running'].includes(now.standing) && now.remedy?.state !== 'not-yet';
      if (isOver || performance.now() > deadline) return now;
      await sleep(200, undefined, { signal });
    }
  }
}

/** What the owner of the agent allows: these two programs, in this folder, once a person has signed. */
function policyOf({ cluster }: Scene, publicKey: string): string {
  const [place, key] = [JSON.stringify(cluster), JSON.stringify(publicKey)];
  return `version: 1
scan:
  paths: [${place}]
approvers:
  - { name: you, key: ${key} }
runbooks:
  enabled: true
  maxRisk: caution
  programs: [cp, cmp]
  read: [${place}]
  write: [${place}]
`;
}
