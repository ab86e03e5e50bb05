/**
 * Takes numbered step orders over a journal and a spool on disk, with a sandbox whose steps append their number to a file,
 * and kills itself at one of the points between two writes. Its arguments: the data folder, the file, how many orders there
 * are, and how many points to pass before the end (none for all the orders).
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { spoolOutbox } from '#agent/cli/steps/spool-outbox.ts';
import { createExecute } from '#agent/runbook/execute.ts';
import { type Journal, openJournal } from '#agent/runbook/journal/journal.ts';
import { createStepRunner } from '#agent/runbook/runner.ts';
import { createTeller, type Outbox } from '#agent/runbook/teller.ts';
import { createScrubber } from '#agent/scrub/scrubber.ts';
import { openSpool } from '#agent/spool/spool.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { deskOf } from '#test/fakes/admission.ts';
import { deliveryOf } from '#test/fakes/approvers.ts';
import { numberedOrder } from './step-orders.ts';

const [, , dir = '', effects = '', orders = '0', points = ''] = process.argv;
let left = points === '' ? Infinity : Number(points);
const spool = openSpool({ dir, maxBytes: 50_000_000, newId: randomUUID, clock: Date.now, warn: (fault) => say({ trouble: fault.code }) });
const journal = fragile(openJournal(dir));
const scrubber = createScrubber({ key: Buffer.alloc(32) });
const log = { info: () => {}, warn: () => {}, error: (fields: object) => say({ trouble: fields }) };
const outbox: Outbox = fragile(spoolOutbox(spool));
const desk = deskOf();
const shared = { sandbox: { run }, clock: () => 1_800_000_001_000, log, grant: async () => ({}) };
const execute = createExecute({ ...shared, journal, policy: desk.policy, outbox, newScrubber: () => scrubber, every: () => () => {} });
const runner = createStepRunner({ ...shared, journal, parallel: 3, desk, execute, teller: createTeller({ journal, outbox, scrubber, log }) });

void main();

async function main(): Promise<void> {
  runner.recover();
  for (let number = 1; number <= Number(orders); number += 1) {
    const { id, order } = numberedOrder(number);
    runner.take(deliveryOf(order, [], id)); // the control plane offers again what it has no answer to
    await Promise.resolve();
  }
  while (journal.open().length > 0) await new Promise((resolve) => setImmediate(resolve));
  say({ done: true });
}

/** What a real step would do to the world, and a probe that looks whether it is done. */
async function run(...[{ command }, onEvent]: Parameters<Sandbox['run']>): ReturnType<Sandbox['run']> {
  const [program, number = ''] = command;
  const outcome = { tier: 1, exit: 0, signal: null, limit: null, durationMs: 1, outputBytes: 0, survivorsKilled: 0 } as const;
  point();
  if (program === 'probe') return { ...outcome, exit: isDone(number) ? 0 : 1 };
  onEvent({ kind: 'started', tier: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  point();
  appendFileSync(effects, `${number}\n`);
  point();
  onEvent({ kind: 'output', stream: 'stdout', atMs: 1, bytes: Buffer.from(`${number}\n`) });
  await new Promise((resolve) => setImmediate(resolve));
  return outcome;
}

function isDone(number: string): boolean {
  return existsSync(effects) && readFileSync(effects, 'utf8').split('\n').includes(number);
}

/** The same, with a point at which to die before and after each call. */
function fragile<T extends Journal | Outbox>(whole: T): T {
  return new Proxy(whole, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || ['find', 'open', 'holds', 'next'].includes(String(name))) return member;
      return (...args: unknown[]): unknown => {
        point();
        const answer: unknown = Reflect.apply(member, target, args);
        point();
        return answer;
      };
    },
  });
}

function point(): void {
  left -= 1;
  if (left < 0) process.kill(process.pid, 'SIGKILL');
}

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
