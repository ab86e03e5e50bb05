import type { FactBody } from '#proto/domain/fact.ts';

/** What every fact counts beside its data, so that many small ones are bounded too. */
export const factOverheadBytes = 256;

/** How much of the window a fact takes, in bytes. Both ends count alike. */
export function weigh(body: FactBody): number {
  return factOverheadBytes + bytesOf(body);
}

function bytesOf(body: FactBody): number {
  if (body.kind === 'report-chunk' || body.kind === 'step-output') return body.data.length;
  return body.kind === 'step-end' ? body.result.length : 0;
}

/** The facts under way: sent and not yet acknowledged. */
export interface Window {
  /** Whether so many bytes may be sent now. One fact is always let through, or a large one would wait for ever. */
  admits(bytes: number): boolean;
  /** How many bytes may be sent now; negative where a large fact was let through. */
  room(): number;
  sent(seq: number, bytes: number): void;
  acknowledge(throughSeq: number): void;
}

export function openWindow(limitBytes: number): Window {
  let underWay: { readonly seq: number; readonly bytes: number }[] = [];
  let used = 0;

  return {
    admits: (bytes) => underWay.length === 0 || used + bytes <= limitBytes,
    room: () => limitBytes - used,
    sent(seq, bytes) {
      underWay.push({ seq, bytes });
      used += bytes;
    },
    acknowledge(throughSeq) {
      const left = underWay.findIndex(({ seq }) => seq > throughSeq);
      const done = underWay.slice(0, left === -1 ? underWay.length : left);
      underWay = underWay.slice(done.length);
      for (const { bytes } of done) used -= bytes;
    },
  };
}
