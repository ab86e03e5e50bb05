/** Appends to and acknowledges a spool as fast as it can, saying what it knows to be durable, until it is killed. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSpool } from '#agent/spool/spool.ts';
import { chunk } from '#test/fakes/facts.ts';
import { seededRandom } from './random.ts';

const [, , dir = '', seed] = process.argv;
const random = seededRandom(Number(seed));
const spool = openSpool({ dir, maxBytes: 50_000_000, newId: randomUUID, clock: Date.now, warn: (fault) => say({ warned: fault.code }) });
say({ id: spool.id, lastSeq: spool.lastSeq, ackedSeq: spool.ackedSeq });

for (;;) {
  const first = spool.lastSeq + 1;
  const size = 1 + Math.floor(random() * 5);
  spool.append(Array.from({ length: size }, (_, index) => chunk(first + index, 1 + ((first + index) % 3_000))));
  say({ appended: spool.lastSeq });
  if (random() < 0.5) {
    spool.acknowledge(spool.ackedSeq + Math.floor(random() * (spool.lastSeq - spool.ackedSeq + 1)));
    say({ acked: spool.ackedSeq });
  }
}

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
