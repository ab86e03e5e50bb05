import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Database } from '#control-plane/store/database.ts';
import { openExecutions } from './executions.ts';
import { inject, type Injected, later } from './inject.ts';
import { makePlan, type Means, type Plan, tellPlan } from './plan.ts';
import { recordLeft, undisturbed } from './reference.ts';
import { type Actor, makeWorld, type World } from './world.ts';
import type { Made } from './workload.ts';

/** How a run of one seed ended. */
export interface Outcome {
  readonly plan: Plan;
  /** What is not as it should be; nothing where all is well. */
  readonly complaints: readonly string[];
  readonly reports: number;
  /** Certificates that agents were given beside their first. */
  readonly renewals: number;
  /** Runbooks that were run, and those of which nobody knows whether their step ran. */
  readonly executions: number;
  readonly unknown: number;
  readonly ms: number;
}

/** Troubles come no later than this, also where no bytes go by. */
const patienceMs = 1_000;
/** Everything has arrived so long after the last trouble. */
const arrivesWithinMs = 90_000;

const Flushed = z.looseObject({ flushed: z.number() });
const Agents = z.object({ agents: z.array(z.looseObject({ id: z.string(), state: z.string() })) });
const Certificates = z.object({ certificates: z.array(z.unknown()) });
const Orders = z.object({ orders: z.array(z.looseObject({ id: z.string() })) });

/** Runs the plan of a seed, and compares what is left with what an undisturbed run leaves in `reference`. */
export async function runSeed(seed: number, means: Means, reference: Database): Promise<Outcome> {
  const plan = makePlan(seed, means);
  const startedAt = performance.now();
  const complaints: string[] = [];
  let lived: Lived = { made: [], renewals: 0, executions: 0, unknown: 0 };
  try {
    const world = await makeWorld(plan);
    try {
      lived = await live(world, plan, reference, complaints);
    } catch (error) {
      complaints.push(...world.surprises, tail(world));
      throw error;
    } finally {
      await world.close();
    }
  } catch (error) {
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { made, ...counts } = lived;
  return { plan, complaints, reports: made.length, ...counts, ms: performance.now() - startedAt };
}

/** For whoever looks at a run that failed. */
export function tellOutcome({ plan, complaints }: Outcome): string {
  return [tellPlan(plan), ...complaints.map((complaint) => `  ! ${complaint}`)].join('\n');
}

interface Lived extends Pick<Outcome, 'renewals' | 'executions' | 'unknown'> {
  readonly made: readonly Made[];
}

async function live(world: World, plan: Plan, reference: Database, complaints: string[]): Promise<Lived> {
  const complain = (what: string): void => void complaints.push(what);
  const ordered = new Set<string>();
  await Promise.all(world.actors.map((actor) => within(arrivesWithinMs, actor.child.says(isLive), `agent ${actor.number} has not come`)));

  const notes = await openExecutions(world, plan.events.some(({ trouble }) => trouble.kind === 'corrupt-spool'));
  let lasting: Injected | null = null;
  for (const { after, trouble, overlaps, orders } of plan.events) {
    await Promise.race([world.actors[after.agent]?.network.passed(after.bytes), later(patienceMs)]);
    if (trouble.kind === 'clock') lasting = await healed(lasting); // two that are wrong together are another case
    const now = await inject(world, trouble, complain);
    await healed(lasting);
    if (orders !== null) await order(world, world.actors[orders], ordered);
    for (const actor of world.actors) await notes.start(actor);
    if (!overlaps || trouble.kind === 'clock') await now.lasts();
    lasting = overlaps && trouble.kind !== 'clock' ? now : await healed(now);
  }
  await healed(lasting);
  await world.ensureServer();
  world.finish();
  await Promise.all(world.actors.map((actor) => within(arrivesWithinMs, actor.child.says(isFlushed), `agent ${actor.number} has not emptied its spool`)));

  await statesBecome(world, 'online', complain);
  const ran = await notes.judge(complain);
  const { certificates } = Certificates.parse(await world.call('GET', '/v1/certificates?limit=200'));
  for (const { child } of world.actors) child.end();
  for (const { number, child } of world.actors) {
    const code = await within(arrivesWithinMs, child.exited, `agent ${number} does not end`);
    if (code !== 0) complain(`agent ${number} ended with ${code}: ${child.complaints().slice(-1_000)}`);
  }
  await statesBecome(world, 'enrolled', complain);
  const { child } = world.server();
  child.end();
  const code = await within(arrivesWithinMs, child.exited, 'the server does not end');
  complaints.push(...world.surprises.filter((surprise) => !/\((0)\): /.test(surprise)));
  if (code !== 0) complain(`the server ended with ${code}: ${child.complaints().slice(-1_000)}`);
  if (/nobody foresaw|"fault":"broken"/.test(child.complaints())) complain(`the server speaks of a bug: ${child.complaints().split('\n').find((line) => /nobody foresaw|"fault":"broken"/.test(line))}`);
  return { made: await compare(world, plan, { reference, complain, ordered }), renewals: certificates.length - world.actors.length, ...ran };
}

async function healed(lasting: Injected | null): Promise<null> {
  await lasting?.heal();
  return null;
}

/** A command that was taken must arrive; one that could not be given is given up, as a person would see. */
async function order(world: World, actor: Actor | undefined, ordered: Set<string>): Promise<void> {
  try {
    const { orders } = Orders.parse(await world.call('POST', `/v1/agents/${actor?.identity.agent}/scan`));
    for (const { id } of orders) ordered.add(id);
  } catch {
    // the server is away, or its database is
  }
}

async function compare(world: World, plan: Plan, { reference, complain, ordered }: { reference: Database; complain: (what: string) => void; ordered: ReadonlySet<string> }): Promise<readonly Made[]> {
  const [first] = world.actors;
  if (first === undefined) return [];
  const left = await recordLeft({ dataDir: world.serverData, url: world.databaseUrl, tenant: first.identity.tenant });
  const made = world.actors.flatMap(({ journal }) => readMade(journal));
  const kinds = new Set(plan.events.map(({ trouble }) => trouble.kind));
  const expected = await undisturbed(reference, made);

  // a clock that is wrong makes times wrong, and a spool that is lost takes what was in it along: what counts then is where it ends.
  // The last words of what is resolved are those of the newest scan by its own clock, which need not be the last one then.
  const isWhole = !kinds.has('clock') && !kinds.has('corrupt-spool');
  const shown = (findings: readonly unknown[]): readonly unknown[] => (isWhole ? findings : z.array(z.looseObject({ open: z.boolean() })).parse(findings).map((finding) => ({ ...finding, events: null, ...(finding.open ? {} : { properties: null, severity: null }) })));
  if (!isDeepStrictEqual(shown(left.findings), shown(expected.findings))) complain(`the findings differ: ${difference(shown(left.findings), shown(expected.findings))}`);
  const missing = expected.reports.filter((id) => !left.reports.includes(id));
  const unknown = left.reports.filter((id) => !expected.reports.includes(id));
  if (missing.length > 0 && !kinds.has('corrupt-spool')) complain(`${missing.length} of ${expected.reports.length} reports are missing`);
  if (unknown.length > 0) complain(`${unknown.length} reports that nobody made`);
  if (left.leftOver.parts > 0) complain(`${left.leftOver.parts} parts of reports are left over`);
  if (left.leftOver.rejected > 0) complain(`${left.leftOver.rejected} facts were set aside`);
  const undelivered = [...ordered].filter((id) => !left.delivered.includes(id));
  if (undelivered.length > 0) complain(`orders were not delivered: ${undelivered.join(' ')}`);
  return made;
}

async function statesBecome(world: World, state: string, complain: (what: string) => void): Promise<void> {
  const until = performance.now() + 10_000;
  for (;;) {
    const { agents } = Agents.parse(await world.call('GET', '/v1/agents'));
    const others = agents.filter((agent) => agent.state !== state);
    if (others.length === 0) return;
    if (performance.now() > until) return complain(`agents should be ${state} and are ${others.map((agent) => agent.state).join(', ')}`);
    await later(100);
  }
}

function readMade(journal: string): readonly Made[] {
  const lines: ({ made: Made } | { spooled: number })[] = readFileSync(journal, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  return lines.flatMap((line) => ('made' in line ? [line.made] : []));
}

function difference(left: readonly unknown[], expected: readonly unknown[]): string {
  const index = Array.from({ length: Math.max(left.length, expected.length) }, (_, at) => at).find((at) => !isDeepStrictEqual(left[at], expected[at])) ?? 0;
  return `${left.length} and ${expected.length}; first ${JSON.stringify(left[index])} instead of ${JSON.stringify(expected[index])}`;
}

function tail(world: World): string {
  const last = world.actors.map(({ number, child }) => `agent ${number}: ${child.said.slice(-8).map((line) => JSON.stringify(line)).join(' ')}`);
  return [...last, `server: ${world.server().child.complaints().split('\n').slice(-12).join('\n    ')}`].join('\n    ');
}

function isLive(line: unknown): line is { state: 'live' } {
  return z.looseObject({ state: z.literal('live') }).safeParse(line).success;
}

function isFlushed(line: unknown): line is { flushed: number } {
  return Flushed.safeParse(line).success;
}

async function within<T>(ms: number, what: Promise<T>, otherwise: string): Promise<T> {
  const timer = Promise.withResolvers<never>();
  const set = setTimeout(() => timer.reject(new Error(otherwise)), ms);
  return await Promise.race([what, timer.promise]).finally(() => clearTimeout(set));
}
