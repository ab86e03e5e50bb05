import { appendFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { openSteps, type Steps } from '#agent/cli/steps/open-steps.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import type { Spool } from '#agent/spool/spool.ts';
import type { AgentId, TenantId } from '#proto/domain/identity.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { policyOf } from '#test/fakes/admission.ts';

/** A runbook whose one step leaves a number behind: whoever finds it twice knows that a step ran twice. */
export const noteRunbook = `
name: note
title: Note a number
parameters:
  - { name: number, type: string, pattern: '[0-9]{1,9}' }
steps:
  - { id: note, run: 'echo {{ number }}', timeout: 30s }
`;

export interface NotesParts {
  readonly identity: { readonly tenant: TenantId; readonly agent: AgentId };
  readonly dataDir: string;
  readonly spool: Spool;
  /** Where the numbers are left. */
  readonly effects: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Steps as the agent runs them, journal and all; only what a step would do to the world is done in its place. */
export function openNotes({ effects, ...parts }: NotesParts): Steps {
  const proofs: Sandbox['proofs'] = [{ tier: 1, holds: true, detail: '' }];
  return openSteps({
    ...parts,
    settings: { policy: policyOf(), approvers: [], secrets: {}, parallel: 2, drainMs: 1_000 },
    env: {},
    sandbox: { proofs, run },
    newScrubber: () => createScrubber({ key: Buffer.alloc(32) }),
  });

  async function run(...[{ command }, onEvent]: Parameters<Sandbox['run']>): ReturnType<Sandbox['run']> {
    const number = command.at(-1) ?? '';
    onEvent({ kind: 'started', tier: 1 });
    await new Promise((resolve) => void setTimeout(resolve, 20)); // long enough to die in
    appendFileSync(effects, `${number}\n`);
    onEvent({ kind: 'output', stream: 'stdout', atMs: 1, bytes: Buffer.from(`${number}\n`) });
    await new Promise((resolve) => void setTimeout(resolve, 20));
    return { tier: 1, exit: 0, signal: null, limit: null, durationMs: 40, outputBytes: number.length + 1, survivorsKilled: 0 };
  }
}
