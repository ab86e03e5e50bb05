/**
 * An enrolled agent in a world of faults: it reports its stack over and over, each report one step further, and writes down
 * what it made and what its spool has taken. Its argument is a `ReporterSettings` as JSON; `{ "finish": true }` over the IPC
 * channel makes it empty its spool, report once more and stay; SIGTERM ends it.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createDialler, type Dialler } from '#agent/dial/dialler.ts';
import { readCandidate } from '#agent/identity/identity.ts';
import { createIdentityKeeper } from '#agent/identity/keeper.ts';
import { openSpool } from '#agent/spool/spool.ts';
import { splitAddress } from '#agent/uplink/address.ts';
import { createUplink } from '#agent/uplink/uplink.ts';
import { asFault } from '#proto/domain/fault.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { openNotes } from './notes.ts';
import { type Made, reportIdOf, reportOf } from './workload.ts';

/** What the agent is started with. */
export interface ReporterSettings {
  readonly agent: number;
  readonly dataDir: string;
  /** host:port of the network in front of the server. */
  readonly address: string;
  /** PEM of whom else it trusts: the relay. */
  readonly alsoTrusted: string;
  /** Where it writes down what it made. */
  readonly journal: string;
  /** Where its steps leave what they do. */
  readonly effects: string;
  readonly spoolBytes: number;
  readonly keepalive: { readonly idleMs: number; readonly answerMs: number };
  readonly isFinishing: boolean;
}

const settings: ReporterSettings = JSON.parse(process.argv[2] ?? '{}');
const { agent, dataDir, journal } = settings;
/** Between two reports, where all is well and where something waits. */
const [pauseMs, patientPauseMs] = [60, 250];
/** The server issues no more than twenty an hour to one agent. */
const renewEvery = 5;
/** As the agent has it: the server says that a successor is none of its own. */
const disowning: readonly (string | undefined)[] = ['certificate-unknown', 'certificate-revoked'];
const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
const finishing = Promise.withResolvers<void>();
const ending = new AbortController();
let isFinishing = false;
if (settings.isFinishing) finish();
process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'finish' in message) finish();
});
process.on('SIGTERM', () => ending.abort());

const spool = openSpool({ dir: dataDir, maxBytes: settings.spoolBytes, newId: randomUUID, clock: Date.now, warn: (fault) => say({ setAside: fault.code }) });
const dialler = createDialler({ patienceMs: 1_500 });
const byRelay: Dialler = { ...dialler, channel: (_, papers) => dialler.channel(splitAddress(settings.address), { ...papers, trust: papers.trust + settings.alsoTrusted }) };
const keeper = createIdentityKeeper({ dataDir, random: Math.random, dialler: byRelay });
const steps = openNotes({ identity: keeper.forConnection(), dataDir, spool, effects: settings.effects, log });
steps.recover();
const uplink = createUplink({
  identity() {
    const identity = keeper.forConnection();
    return { ...identity, address: settings.address, trustBundle: identity.trustBundle + settings.alsoTrusted };
  },
  spool,
  dialler,
  keepalive: settings.keepalive,
  about: { agentVersion: '0.1.0', capabilities: ['scan', ...steps.capabilities], hostname: `host-${agent}`, os: 'linux', arch: 'x64' },
  clock: Date.now,
  random: () => Math.random() * 0.02, // soon: the test is not about waiting
  log,
  onOrder: ({ id }) => say({ order: id }),
  onStepOrder: (order) => steps.take(order),
  onCancel: (orderId) => steps.cancel(orderId),
  onState(state) {
    say({ state: state.kind, ...(state.kind === 'waiting' ? { why: state.why?.code ?? 'drained' } : {}) });
    if (state.kind === 'live') keeper.welcomed().catch((error: unknown) => say({ trouble: asFault(error).code }));
    if (state.kind === 'waiting' && disowning.includes(state.why?.code)) keeper.refused();
  },
  onRejected: ({ code }) => say({ rejected: code }),
});
uplink.start();

const before = readJournal();
let last = before.last;
if (last !== null && !before.isSpooled) await spoolIt(last);
while (!isDone()) {
  await makeOne();
  if ((last?.step ?? 0) % renewEvery === 0) await renew();
  await Promise.race([finishing.promise, sleep(spool.pending().facts > 0 ? patientPauseMs : pauseMs)]);
}
await flushAll();
await makeOne(); // what was made while a clock was ahead counts as seen when it was received, so the last word is one made after that
await flushAll();
say({ flushed: last?.step ?? 0 });
if (!ending.signal.aborted) await once(ending.signal, 'abort');
await steps.drain(AbortSignal.timeout(1_000));
await uplink.close();
steps.close();
spool.close();

/** A certificate is succeeded many times in one run; as in the agent, only one that is proven is. */
async function renew(): Promise<void> {
  try {
    if (readCandidate(dataDir) !== null) return;
    await keeper.renew();
    say({ renewed: keeper.forConnection().serial });
    uplink.reconnect();
  } catch (error) {
    say({ notRenewed: asFault(error).code });
  }
}

async function makeOne(): Promise<void> {
  if (ending.signal.aborted) return;
  const made: Made = { agent, step: (last?.step ?? 0) + 1, scannedAt: new Date(Date.now()).toISOString() };
  note({ made });
  await spoolIt(made);
}

/** A spool that refuses is asked again, as the next scan would. */
async function spoolIt(made: Made): Promise<void> {
  last = made;
  const parts = splitReport(scrubbed(reportOf(made)), reportIdOf(made));
  while (!ending.signal.aborted) {
    try {
      spool.append(parts);
      note({ spooled: made.step });
      return;
    } catch (error) {
      say({ trouble: asFault(error).code });
      await sleep(patientPauseMs);
    }
  }
}

async function flushAll(): Promise<void> {
  while (spool.pending().facts > 0 && !ending.signal.aborted) {
    await uplink.flush(AbortSignal.any([ending.signal, AbortSignal.timeout(60_000)])).catch(async (error: unknown) => {
      say({ notFlushed: asFault(error).code });
      await sleep(patientPauseMs);
    });
  }
}

/** The last report it made, and whether the spool has said that it has it. */
function readJournal(): { last: Made | null; isSpooled: boolean } {
  const lines: ({ made: Made } | { spooled: number })[] = existsSync(journal) ? readFileSync(journal, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line)) : [];
  const made = lines.findLast((line) => 'made' in line);
  const end = lines.at(-1);
  return { last: made?.made ?? null, isSpooled: end !== undefined && 'spooled' in end };
}

function note(line: { made: Made } | { spooled: number }): void {
  appendFileSync(journal, `${JSON.stringify(line)}\n`);
}

function isDone(): boolean {
  return isFinishing || ending.signal.aborted;
}

function finish(): void {
  isFinishing = true;
  finishing.resolve();
}

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
