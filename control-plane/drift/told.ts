import { hash } from 'node:crypto';
import type { Finding } from '#proto/domain/finding.ts';
import { isStorableText, refuseDepth, storable } from './storable.ts';

/** A finding as a report tells it, at its place there, in words that the database can hold. */
export interface Told {
  readonly finding: Finding;
  readonly position: number;
  /** Its properties in JSON. */
  readonly properties: string;
  /** A hash of everything that is told of it, in hex. */
  readonly content: string;
}

/** @throws Fault `report-invalid` where it is nested too deep to be stored. */
export function tell(finding: Finding, position: number): Told {
  for (const { before, after } of finding.properties) {
    refuseDepth(before);
    refuseDepth(after);
  }
  const { address, type, change, cause, severity, severityRule, noise, movedFrom } = finding;
  const head = JSON.stringify([address, type, change, cause, severity, severityRule, noise, movedFrom]);
  const properties = JSON.stringify(finding.properties);
  if (!isStorableText(head) || !isStorableText(properties)) return tell(storable(finding) as unknown as Finding, position);
  return { finding, position, properties, content: hash('sha256', head + properties).slice(0, 32) };
}

/** One statement takes no more: the embedded database runs in this thread, and nobody else is served meanwhile. */
export const maxBatchFindings = 1_000;
const maxBatchChars = 4 * 1024 * 1024;

/** Cuts findings into what one statement takes. */
export function batchesOf(told: readonly Told[]): readonly (readonly Told[])[] {
  const full: Told[][] = [];
  let batch: Told[] = [];
  let chars = 0;
  for (const each of told) {
    if (batch.length === maxBatchFindings || (batch.length > 0 && chars + each.properties.length > maxBatchChars)) {
      full.push(batch);
      batch = [];
      chars = 0;
    }
    batch.push(each);
    chars += each.properties.length;
  }
  return batch.length === 0 ? full : [...full, batch];
}

/** The columns of `sentFindings`, from `$4` on. Never none: an empty text is split into nothing. */
export function columnsOf(told: readonly Told[]): readonly unknown[] {
  return [
    told.map(({ finding }) => finding.fingerprint).join(' '),
    told.map(({ content }) => content).join(' '),
    told.map(({ position }) => position).join(' '),
    told.map(({ finding }) => finding.change).join(' '),
    told.map(({ finding }) => finding.cause).join(' '),
    told.map(({ finding }) => finding.severity).join(' '),
    told.map(({ finding }) => finding.noise).join(' '),
    Buffer.from(told.map(({ properties }) => properties).join('\n')),
    told.map(({ finding }) => finding.address),
    told.map(({ finding }) => finding.type),
    told.map(({ finding }) => finding.severityRule),
    told.map(({ finding }) => finding.movedFrom),
  ];
}

/**
 * Findings as they are sent, column by column: what has no blank in it is joined by blanks, and JSON, which has no line break
 * in it, by line breaks. Splitting that takes the database a fraction of reading an object for each row.
 */
export const sentFindings = `
  unnest(
    string_to_array($4, ' '), string_to_array($5, ' '), string_to_array($6, ' '), string_to_array($7, ' '), string_to_array($8, ' '),
    string_to_array($9, ' '), string_to_array($10, ' '), string_to_array($11, E'\\n'), $12::text[], $13::text[], $14::text[], $15::text[]
  ) as sent (fingerprint, content, position, change, cause, severity, noise, properties, address, type, severity_rule, moved_from)`;
