/**
 * An enrolled agent that reports the same stack over and over, each report one step further, and says which reports its
 * spool has taken. Its arguments: the data folder, and how many reports to spool before it flushes and ends.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { loadIdentity } from '#agent/identity/identity.ts';
import { openSpool } from '#agent/spool/spool.ts';
import { createUplink } from '#agent/uplink/uplink.ts';
import { splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed } from '#test/fakes/facts.ts';
import { partsPerReport, stepReport } from './step-report.ts';

const [, , dir = '', reports = '0'] = process.argv;
const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
const spool = openSpool({ dir, maxBytes: 64 * 1024 * 1024, newId: randomUUID, clock: Date.now, warn: (fault) => say({ setAside: fault.code }) });
const uplink = createUplink({
  identity: () => loadIdentity(dir, Date.now()),
  spool,
  about: { agentVersion: '0.1.0', capabilities: [], hostname: 'host', os: 'linux', arch: 'x64' },
  clock: Date.now,
  random: () => Math.random() * 0.1, // soon: the test is not about waiting
  log,
  onOrder: () => {},
  onState: ({ kind }) => say({ state: kind }),
  onRejected: ({ code }) => say({ rejected: code }),
});
uplink.start();

while (spool.lastSeq < Number(reports) * partsPerReport) {
  const step = spool.lastSeq / partsPerReport + 1;
  const reportId = randomUUID();
  spool.append(splitReport(scrubbed(stepReport(step)), reportId));
  say({ spooled: reportId, step });
  await uplink.flush(AbortSignal.timeout(60_000));
  say({ acknowledged: step });
}
await uplink.flush(AbortSignal.timeout(60_000));
say({ flushed: spool.lastSeq });
await uplink.close();
spool.close();

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
