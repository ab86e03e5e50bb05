import { spawn } from 'node:child_process';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { toAgentId, toTenantId } from '#proto/domain/identity.ts';
import type { StepOrder } from '#proto/domain/step-order.ts';
import { hashPlan, type Step } from '#proto/domain/step-plan.ts';
import type { StepResult } from '#proto/domain/step-result.ts';
import type { Shown } from '#sandbox/drivers/driver.ts';
import { type OpenSandbox, openSandbox } from '#sandbox/open-sandbox.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { deliveryOf, signatory } from '#test/fakes/approvers.ts';
import { uuidOf } from '#test/fakes/facts.ts';
import { orderOf, planOf, stepOf } from '#test/fakes/step-plans.ts';
import { type HostileServer, startHostileServer } from '#test/harness/hostile-server.ts';
import { makeLinkPki } from '#test/harness/link-pki.ts';
import { type StepAgent, startStepAgent } from '#test/harness/step-agent.ts';
import { spread } from './figures.ts';
import { benchStepDecision } from './step-decision.ts';
import { benchStepOutput } from './step-output.ts';

const identity = { tenant: toTenantId(uuidOf(1)), agent: toAgentId(uuidOf(2)) };
const ada = signatory('ada');
const mebibyte = 1_024 ** 2;
/** An idle agent has been without work for a moment. */
const idleMs = 400;

/**
 * The agent as it is shipped, in a process of its own, on a real link: from an approved order leaving the control plane to
 * the started step, at an idle agent, beside an order that is refused at once; many steps side by side; and output by the
 * hundred megabytes, at the agent alone and on its whole way. Then the control plane's half, from a signature to the order.
 */
export async function benchSteps(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { orders: { type: 'string', default: '200' }, parallel: { type: 'string', default: '20' }, megabytes: { type: 'string', default: '100' }, whole: { type: 'string', default: '10,100,300' } } });
  const pki = await makeLinkPki();
  const server = await startHostileServer(pki);
  const config = `approvers: [{ name: ada, key: "${ada.keyText}" }]\nrunbooks: { enabled: true, maxRisk: dangerous, programs: ["*"], parallel: ${values.parallel}, limits: { output: 512MiB } }\n`;
  const agent = await startStepAgent({ pki, address: server.address, identity, config });
  await agent.says((line): line is object => JSON.stringify(line).includes('ready'));
  try {
    await benchStart(server, Number(values.orders));
    await benchParallel(server, Number(values.parallel));
    await benchOutput(server, agent, Number(values.megabytes));
  } finally {
    agent.end();
    await agent.exited;
    agent.clear();
    server.stop();
  }
  await benchStepDecision(Number(values.orders));
  await benchStepOutput(values.whole.split(',').filter(Boolean).map(Number));
}

async function benchStart(server: HostileServer, count: number): Promise<void> {
  const bare: number[] = [];
  const alone: Record<'cold' | 'warm', number[]> = { cold: [], warm: [] };
  const started: number[] = [];
  const told: number[] = [];
  const refused: number[] = [];
  const { limits } = stepOf();
  const open = async (more: { readonly spareFor?: Shown } = {}): Promise<OpenSandbox> => openSandbox({ random: (below) => randomInt(below), now: () => performance.now(), prove: 'strongest', ...more });
  const [cold, warm] = [await open(), await open({ spareFor: { workdir: null, readable: [], writable: [], limits } })];
  for (let number = 0; number < count; number += 1) {
    bare.push(await timeBareSpawn());
    alone.cold.push(await timeSandbox(cold));
    await warm.rested();
    alone.warm.push(await timeSandbox(warm));
    await pause(idleMs);
    const sentAt = Date.now();
    const order = fresh({ run: { kind: 'command', words: ['true'] } });
    const { id, result } = await run(server, order);
    if (result.ending.state !== 'ended') throw new Error(`the step did not run: ${JSON.stringify(result.ending)}`);
    const begun = server.facts.find((fact) => fact.kind === 'step-started' && fact.orderId === id);
    if (begun?.kind === 'step-started') started.push(begun.startedAtMs - sentAt);
    told.push(Date.now() - sentAt);
    const askedAt = Date.now();
    await run(server, { ...order, agent: uuidOf(9) });
    refused.push(Date.now() - askedAt);
  }
  await cold.close();
  await warm.close();
  print(`one order after another, ${count} of them, ms (tier ${cold.proofs.find(({ holds }) => holds)?.tier ?? 'none'})`);
  print(`  a bare spawn                    ${spread(bare)}`);
  print(`  the sandbox alone, cold         ${spread(alone.cold)}`);
  print(`  the sandbox alone, warm         ${spread(alone.warm)}`);
  print(`  sent to started                 ${spread(started)}`);
  print(`  sent to result at the server    ${spread(told)}`);
  print(`  sent to refusal at the server   ${spread(refused)}\n`);
}

async function timeBareSpawn(): Promise<number> {
  const before = performance.now();
  await once(spawn('true'), 'spawn');
  return Math.round(performance.now() - before);
}

async function timeSandbox(sandbox: Sandbox): Promise<number> {
  const before = performance.now();
  let startedAt = before;
  const { limits } = stepOf();
  await sandbox.run({ command: ['true'], workdir: null, readable: [], writable: [], env: {}, network: [], limits, tier: null }, ({ kind }) => {
    if (kind === 'started') startedAt = performance.now();
  }, new AbortController().signal);
  return Math.round(startedAt - before);
}

async function benchParallel(server: HostileServer, count: number): Promise<void> {
  const before = performance.now();
  const results = await Promise.all(Array.from({ length: count }, async () => run(server, fresh({ run: { kind: 'command', words: ['sleep', '2'] } }))));
  const tookMs = performance.now() - before;
  const spans = results.map(({ result }) => spanOf(result));
  const together = Math.max(...spans.map(([from]) => spans.filter(([start, end]) => start <= from && from < end).length));
  print(`${count} steps of 2,000 ms at once: all told after ${Math.round(tookMs)} ms, ${together} of them at the same time; longest silence between heartbeats ${Math.round(Math.max(...server.silences()))} ms of 1,000\n`);
}

async function benchOutput(server: HostileServer, agent: StepAgent, megabytes: number): Promise<void> {
  const bytes = megabytes * 1_000_000;
  const size = { kind: 'script', shell: 'bash', text: `yes 'the quick brown fox jumps over the lazy dog, password=Zk9$wq1LpX and goes on' | head -c ${bytes}` } as const;
  await run(server, fresh({ run: { ...size, text: size.text.replace(String(bytes), '5000000') }, limits: { ...stepOf().limits, outputBytes: 512 * mebibyte, timeoutMs: 600_000 } }));
  const before = residentBytes(agent.pid);
  const watch = setInterval(() => (peak = Math.max(peak, residentBytes(agent.pid))), 50);
  let peak = before;
  const startedAt = performance.now();
  const { id, result } = await run(server, fresh({ run: size, limits: { ...stepOf().limits, outputBytes: 512 * mebibyte, timeoutMs: 600_000 } }));
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1_000;
  const pieces = server.facts.filter((fact) => fact.kind === 'step-output' && fact.orderId === id);
  const sent = pieces.reduce((sum, fact) => sum + (fact.kind === 'step-output' ? fact.data.length : 0), 0);
  const leaked = pieces.some((fact) => fact.kind === 'step-output' && Buffer.from(fact.data).includes('Zk9$wq1LpX'));
  print(`${megabytes} MB of output: ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(1)} MB/s, ${pieces.length} pieces, ${(sent / 1e6).toFixed(1)} MB scrubbed arrived, secret ${leaked ? 'LEAKED' : 'masked'}`);
  print(`  memory of the agent: ${toMebibytes(before)} MiB before, ${toMebibytes(peak)} MiB at most; ending ${JSON.stringify(result.ending).slice(0, 260)}`);
}

async function run(server: HostileServer, order: StepOrder): Promise<{ readonly id: string; readonly result: StepResult }> {
  const id = randomUUID();
  await server.say({ kind: 'order', order: deliveryOf(order, [ada.approve(order)], id) });
  return { id, result: await server.result(id) };
}

function fresh(step: Partial<Step>): StepOrder {
  const now = Date.now();
  const plan = planOf(stepOf(step), { risk: 'dangerous' });
  return orderOf(plan, { planHash: hashPlan(plan), nonce: randomBytes(32).toString('hex'), lease: randomUUID(), execution: randomUUID(), issuedAtMs: now, notAfterMs: now + 600_000 });
}

function spanOf({ ending }: StepResult): readonly [number, number] {
  return ending.state === 'ended' ? [ending.startedAtMs, ending.endedAtMs] : [0, 0];
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
}

function toMebibytes(bytes: number): number {
  return Math.round(bytes / mebibyte);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
