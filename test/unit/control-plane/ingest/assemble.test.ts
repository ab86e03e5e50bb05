import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble, type Assembly, type InboundFact, type Step } from '#control-plane/ingest/assemble.ts';
import type { FactBody } from '#proto/domain/fact.ts';
import { Fault } from '#proto/domain/fault.ts';
import { joinReport, maxReportBytes, splitReport } from '#proto/domain/report-parts.ts';
import { scrubbed, uuidOf } from '#test/fakes/facts.ts';
import { finding, report } from '#test/fakes/reports.ts';

const start: Assembly = { open: null, skipping: null };

test('reports that were sent whole come out whole, wherever the batches were cut', () => {
  const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), cuts, (sizes, cutAt) => {
      const reports = sizes.map((size, index) => report(`stack-${index}`, Array.from({ length: size }, (_, number) => finding(number, 150_000))));
      const facts = reports.flatMap((whole, index) => splitReport(scrubbed(whole), uuidOf(index))).map((body, index) => ({ seq: index + 1, body }));

      const { wholes, rejected, kept, state } = feed(batches(facts, cutAt));

      expect(wholes.map(({ begin, chunks, end }) => joinReport(begin, chunks, end))).toEqual(reports);
      expect(rejected).toEqual([]);
      expect(kept).toEqual([]);
      expect(state).toEqual(start);
    }),
    { numRuns: 40 },
  );
});

test('whatever is sent, in whatever batches, the outcome is the same as in one', () => {
  const id = fc.integer({ min: 1, max: 3 }).map(uuidOf);
  const body: fc.Arbitrary<FactBody> = fc.oneof(
    fc.record({ kind: fc.constant('report-begin' as const), reportId: id, chunks: fc.nat({ max: 3 }), totalBytes: fc.nat({ max: 4 }) }),
    fc.record({ kind: fc.constant('report-chunk' as const), reportId: id, index: fc.nat({ max: 3 }), data: fc.uint8Array({ minLength: 1, maxLength: 2 }) }),
    fc.record({ kind: fc.constant('report-end' as const), reportId: id, sha256: fc.constant(new Uint8Array(32)) }),
  );
  const anything = fc.oneof({ weight: 9, arbitrary: body }, { weight: 1, arbitrary: fc.constant(new Fault('report-invalid')) });
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 40 }), fc.array(fc.nat({ max: 40 })), (sent, cutAt) => {
      const facts = sent.map((one, index): InboundFact => (one instanceof Fault ? { seq: index + 1, fault: one } : { seq: index + 1, body: one }));

      const whole = feed([facts]);
      const pieces = feed(batches(facts, cutAt));

      expect(pieces).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, readonly FactBody[], string, number]>([
  ['a chunk out of order', [begin(1, 2, 2), chunk(1, 1)], uuidOf(1), 2],
  ['more bytes than were announced', [begin(1, 2, 2), chunk(1, 0), chunk(1, 1, 2)], uuidOf(1), 3],
  ['an end before its time', [begin(1, 2, 2), chunk(1, 0), end(1)], uuidOf(1), 3],
  ['a chunk that nothing announced', [chunk(1, 0)], uuidOf(1), 1],
  ['an end that nothing announced', [end(1)], uuidOf(1), 1],
  ['a size beyond the limit', [begin(1, 1, maxReportBytes + 1)], uuidOf(1), 1],
  ['more chunks than bytes', [begin(1, 3, 2)], uuidOf(1), 1],
])('%s is rejected once, by the name of its report', (_, bodies, reportId, seq) => {
  const rest = [chunk(1, 9), end(1)]; // passed over
  const facts = [...bodies, ...rest].map((body, index) => ({ seq: index + 1, body }));

  const { rejected } = feed([facts]);

  expect(rejected).toEqual([{ seq, reportId }]);
});

test('a report that never ended is rejected when the next one begins, which is taken', () => {
  const facts = [begin(1), begin(2), chunk(2, 0), end(2)].map((body, index) => ({ seq: index + 1, body }));

  const { rejected, wholes } = feed([facts]);

  expect(rejected).toEqual([{ seq: 2, reportId: uuidOf(1) }]);
  expect(wholes.map(({ seq }) => seq)).toEqual([4]);
});

test('a report that is kept in parts asks for them when it ends, and for their removal', () => {
  const first = assemble(start, [{ seq: 1, body: begin(1, 2, 2) }, { seq: 2, body: chunk(1, 0) }]);
  const second = assemble(first.after, [{ seq: 3, body: chunk(1, 1) }, { seq: 4, body: end(1) }]);

  expect(first.keep.map(({ seq }) => seq)).toEqual([2]);
  expect(first.discard).toBe(false);
  expect(second.steps).toEqual([expect.objectContaining({ kind: 'complete', kept: 1, chunks: [new Uint8Array([1])] })]);
  expect(second.discard).toBe(true);
});

interface Fed {
  readonly wholes: (Extract<Step, { kind: 'complete' }> & { chunks: readonly Uint8Array[] })[];
  readonly rejected: { seq: number; reportId: string | null }[];
  kept: readonly Uint8Array[];
  state: Assembly;
}

/** Plays the table of parts: what one batch keeps, a later one finds. */
function feed(all: readonly (readonly InboundFact[])[]): Fed {
  const fed: Fed = { wholes: [], rejected: [], kept: [], state: start };
  for (const facts of all) {
    const { steps, keep, discard, after } = assemble(fed.state, facts);
    for (const step of steps) {
      if (step.kind === 'reject') fed.rejected.push({ seq: step.seq, reportId: step.reportId });
      else if (step.kind === 'complete') fed.wholes.push({ ...step, kept: 0, chunks: [...fed.kept.slice(0, step.kept), ...step.chunks] });
    }
    fed.kept = [...(discard ? [] : fed.kept), ...keep.map(({ data }) => data)];
    fed.state = after;
  }
  return { ...fed, kept: fed.kept };
}

function batches(facts: readonly InboundFact[], cutAt: readonly number[]): readonly (readonly InboundFact[])[] {
  const cuts = [...new Set(cutAt.map((cut) => cut % (facts.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...cuts].map((from, index) => facts.slice(from, cuts[index] ?? facts.length));
}

function begin(number: number, chunks = 1, totalBytes = 1): FactBody {
  return { kind: 'report-begin', reportId: uuidOf(number), chunks, totalBytes };
}

function chunk(number: number, index: number, bytes = 1): FactBody {
  return { kind: 'report-chunk', reportId: uuidOf(number), index, data: new Uint8Array(bytes).fill(index) };
}

function end(number: number): FactBody {
  return { kind: 'report-end', reportId: uuidOf(number), sha256: new Uint8Array(32) };
}
