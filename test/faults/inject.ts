import { z } from 'zod';
import type { Trouble } from './plan.ts';
import { type Actor, keepalive, spoilSpool, type World } from './world.ts';

/** A trouble that has come: how long it lasts, and how it is taken back. */
export interface Injected {
  /** Resolves when it has had its effect, or has lasted long enough. */
  readonly lasts: () => Promise<void>;
  readonly heal: () => Promise<void> | void;
}

const nothing: Injected = { lasts: async () => {}, heal: () => {} };
/** A trouble that shows no effect lasts so long. */
const mostMs = 1_000;
/** What an agent needs beyond its keepalive on a machine that does other things as well. */
const slackMs = 20_000;

const Waiting = z.looseObject({ state: z.literal('waiting') });
const Refused = z.looseObject({ trouble: z.string() });

/** Makes it happen. `complain` takes what should have been and was not. */
export async function inject(world: World, trouble: Trouble, complain: (what: string) => void): Promise<Injected> {
  switch (trouble.kind) {
    case 'kill':
      if (trouble.whom === 'agent') await world.replaceAgent(actorOf(trouble));
      else if (trouble.whom === 'server' || world.postgres === null) await world.replaceServer();
      else await world.postgres.kill(trouble.part).catch(() => {}); // it may be on its way up from the last time
      return nothing;
    case 'corrupt-spool': {
      const actor = actorOf(trouble);
      await world.replaceAgent(actor, () => spoilSpool(actor));
      return nothing;
    }
    case 'freeze': {
      const child = trouble.whom === 'agent' ? actorOf(trouble).child : world.server().child;
      child.signal('SIGSTOP');
      return { lasts: () => later(mostMs), heal: () => child.signal('SIGCONT') };
    }
    case 'partition': {
      const actor = actorOf(trouble);
      const said = saidOr(actor, Waiting, 3_000);
      return { lasts: async () => void (await said), heal: actor.network.partition(trouble.how) };
    }
    case 'half-open':
      return swallow(actorOf(trouble), complain);
    case 'reset':
      actorOf(trouble).network.reset();
      return nothing;
    case 'delay': {
      const { network } = actorOf(trouble);
      return { lasts: passedOr(network.passed(30_000)), heal: network.delay(trouble.delayMs, trouble.pieceBytes) };
    }
    case 'slow-reader': {
      const { network } = actorOf(trouble);
      return { lasts: passedOr(network.passed(30_000)), heal: network.slow(trouble.reader, trouble.bytesPerSecond) };
    }
    case 'deliver':
      actorOf(trouble).relay.disturb(trouble.to, trouble.how, trouble.messages);
      return nothing;
    case 'disk-full':
      return trouble.whom === 'agent' ? fillAgent(actorOf(trouble)) : fillServer(world);
    case 'clock': {
      if (trouble.whom === 'server') {
        world.setServerClock(trouble.byMs);
        return { lasts: () => later(mostMs), heal: () => world.setServerClock(0) };
      }
      const actor = actorOf(trouble);
      world.setAgentClock(actor, trouble.byMs);
      const said = saidOr(actor, Waiting, mostMs);
      return { lasts: async () => void (await said), heal: () => world.setAgentClock(actor, 0) };
    }
  }

  function actorOf({ agent }: { readonly agent: number }): Actor {
    const actor = world.actors[agent];
    if (actor === undefined) throw new RangeError(`there is no agent ${agent}`);
    return actor;
  }
}

/** An agent that was live must find out by itself, within its keepalive. */
function swallow(actor: Actor, complain: (what: string) => void): Injected {
  const { child, network } = actor;
  const wasLive = z.looseObject({ state: z.literal('live') }).safeParse(child.said.findLast((line) => z.looseObject({ state: z.string() }).safeParse(line).success)).success;
  network.swallow();
  const withinMs = keepalive.idleMs + keepalive.answerMs + slackMs;
  const said = saidOr(actor, Waiting, withinMs);
  return {
    async lasts() {
      const noticed = await said;
      if (wasLive && !noticed && child === actor.child) complain(`agent ${actor.number} did not notice within ${withinMs} ms that its link was half-open`);
    },
    heal: () => {},
  };
}

function fillAgent(actor: Actor): Injected {
  if (actor.disk === null) return nothing;
  const free = actor.disk.fill();
  const said = saidOr(actor, Refused, 2_000);
  return { lasts: async () => void (await said), heal: free };
}

/** A server without room may end, as long as it comes back when there is some. */
function fillServer(world: World): Injected {
  if (world.disk === null) return nothing;
  world.allowEnd('may end');
  const free = world.disk.fill();
  return {
    lasts: () => later(mostMs),
    async heal() {
      free();
      await later(200); // what was about to end has ended
      world.allowEnd('must live');
      await world.ensureServer();
    },
  };
}

/** Whether it said so in time. */
async function saidOr(actor: Actor, what: z.ZodType, withinMs: number): Promise<boolean> {
  const heard = Promise.withResolvers<boolean>();
  const deaf = actor.child.onLine((line) => {
    if (what.safeParse(line).success) heard.resolve(true);
  });
  const said = await Promise.race([heard.promise, later(withinMs).then(() => false)]);
  deaf();
  return said;
}

function passedOr(passed: Promise<void>): () => Promise<void> {
  return () => Promise.race([passed, later(mostMs)]);
}

export function later(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
