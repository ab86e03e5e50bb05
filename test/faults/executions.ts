import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { later } from './inject.ts';
import { noteRunbook } from './notes.ts';
import type { Actor, World } from './world.ts';

const Version = z.looseObject({ version: z.string() });
const Executions = z.object({ executions: z.array(z.looseObject({ id: z.string() })) });
const Execution = z.looseObject({
  agent: z.string(),
  steps: z.tuple([z.looseObject({ state: z.string(), command: z.string(), how: z.string().nullish() })]),
});
type Execution = z.infer<typeof Execution>;

/** Everything has been told so long after the last trouble. */
const toldWithinMs = 60_000;
/** Of what has surely not begun. */
const notRun: readonly (string | null | undefined)[] = ['expired', 'refused', 'cancelled', 'skipped', 'denied'];

/** Runbooks of a world: started whenever a plan says so, and each told truly at the end. */
export interface Notes {
  /** Runs one on this agent; one that could not be started is given up, as a person would see. */
  start(actor: Actor): Promise<void>;
  /** Waits until every one is over, and complains of what is not as it happened. Answers how many there were. */
  judge(complain: (what: string) => void): Promise<{ readonly executions: number; readonly unknown: number }>;
}

export async function openExecutions(world: World, mayForget: boolean): Promise<Notes> {
  const { version } = Version.parse(await world.call('POST', '/v1/runbooks', { document: noteRunbook }));
  await world.call('POST', `/v1/runbooks/note/versions/${version}/trust`, { trust: 'auto-read' });
  let number = 0;

  return {
    async start({ identity }) {
      number += 1;
      await world.call('POST', '/v1/executions', { runbook: 'note', agent: identity.agent, parameters: { number: String(number) } }).catch(() => undefined); // it may stand all the same
    },
    async judge(complain) {
      const until = performance.now() + toldWithinMs;
      let all = await look();
      while (all.some(isOpen) && performance.now() < until) {
        await later(200);
        all = await look();
      }
      for (const one of all) judgeOne(one, complain);
      return { executions: all.length, unknown: all.filter(({ steps: [step] }) => step.how === 'unknown').length };
    },
  };

  async function look(): Promise<readonly Execution[]> {
    const { executions } = Executions.parse(await world.call('GET', '/v1/executions?limit=100'));
    return await Promise.all(executions.map(async ({ id }) => Execution.parse(await world.call('GET', `/v1/executions/${id}`))));
  }

  function judgeOne({ agent, steps: [step] }: Execution, complain: (what: string) => void): void {
    const noted = world.actors.filter(({ identity }) => identity.agent === agent).flatMap(({ effects }) => readNumbers(effects));
    const times = noted.filter((one) => `echo ${one}` === step.command).length;
    const told = `${step.command} is told as ${step.how ?? step.state} and ran ${times} times`;
    if (times > 1) complain(`a step ran twice: ${told}`);
    else if (step.state !== 'ended' && !mayForget) complain(`a step has no end: ${told}`);
    else if ((step.how === 'done' && times === 0) || (notRun.includes(step.how) && times > 0)) complain(`a step is not told as it went: ${told}`);
  }
}

function isOpen({ steps: [{ state }] }: Execution): boolean {
  return state !== 'ended';
}

function readNumbers(effects: string): readonly string[] {
  return existsSync(effects) ? readFileSync(effects, 'utf8').trim().split('\n') : [];
}
