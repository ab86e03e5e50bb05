import type { Finding } from '#proto/domain/finding.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { StackReport } from '#proto/domain/report.ts';
import { createDetector } from '#secrets/detector.ts';
import type { Detect } from '#secrets/hit.ts';

/** A secret that an agent should have removed: where it stood, never what it was. */
export interface Leak {
  readonly fingerprint: string;
  /** The part of the finding that was dropped. */
  readonly path: string;
  readonly rule: string;
}

export interface Gated {
  readonly report: StackReport;
  readonly leaks: readonly Leak[];
}

/** Looks once more at what an agent says it has scrubbed. */
export type SecondGate = (report: StackReport) => Gated;

/** What stands where a field was dropped. */
export const droppedField = '«dropped: a secret was found here»';

/** What a well-behaved agent puts in place of secrets. */
const placeholder = /«secret:[a-z0-9-]{1,40}:[0-9a-f]{16}»/g;

/**
 * The control plane's own pass over every text of a report. A finding in which it finds a secret keeps its row without
 * that field. Values are looked at alone: what only a name beside them tells is the agent's to judge, which knows the
 * customer's exceptions.
 */
export function createSecondGate(detect: Detect = createDetector()): SecondGate {
  return (report) => {
    if (isClean(report)) return { report, leaks: [] };
    const leaks: Leak[] = [];
    const findings = report.findings.map((finding) => gated(finding, leaks));
    const gaps = report.ledger.gaps.map((gap) => ({ ...gap, reason: checked(gap.reason, '', 'ledger.reason', leaks) }));
    const error = report.error && { ...report.error, message: checked(report.error.message, '', 'error.message', leaks) };
    const source = checked(report.source, '', 'source', leaks);
    return leaks.length === 0 ? { report, leaks } : { report: { ...report, source, error, ledger: { ...report.ledger, gaps }, findings }, leaks };
  };

  /** The common case, at the cost of one look at everything together. */
  function isClean(report: StackReport): boolean {
    let texts: string[] = [];
    let length = 0;
    for (const text of textsOf(report)) {
      texts.push(text);
      length += text.length;
      if (length < maxJoinedLength) continue;
      if (detect(texts.join(border)).length > 0) return false;
      texts = [];
      length = 0;
    }
    return detect(texts.join(border)).length === 0;
  }

  function gated(finding: Finding, leaks: Leak[]): Finding {
    const before = leaks.length;
    const address = checked(finding.address, finding.fingerprint, 'address', leaks);
    const movedFrom = finding.movedFrom === null ? null : checked(finding.movedFrom, finding.fingerprint, 'movedFrom', leaks);
    const properties = finding.properties.map((property) => ({
      ...property,
      before: walked(property.before, finding.fingerprint, property.path, leaks),
      after: walked(property.after, finding.fingerprint, property.path, leaks),
    }));
    return leaks.length === before ? finding : { ...finding, address, movedFrom, properties };
  }

  function walked(value: Json, fingerprint: string, path: string, leaks: Leak[]): Json {
    if (typeof value === 'string') return checked(value, fingerprint, path, leaks);
    if (isList(value)) return value.map((item, index) => walked(item, fingerprint, `${path}[${index}]`, leaks));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [checked(name, fingerprint, path, leaks), walked(inner, fingerprint, `${path}.${name}`, leaks)]));
  }

  function checked(text: string, fingerprint: string, path: string, leaks: Leak[]): string {
    const places = [...text.matchAll(placeholder)].map((match) => [match.index, match.index + match[0].length] as const);
    const hit = detect(text).find(({ start, end }) => !places.some(([from, to]) => start < to && end > from));
    if (hit === undefined) return text;
    leaks.push({ fingerprint, path, rule: hit.rule });
    return droppedField;
  }
}

/** Parts texts, so that no name in one speaks for a value in the next. */
const border = '\n\u0000\n';

const maxJoinedLength = 256 * 1024;

function textsOf(report: StackReport): readonly string[] {
  const texts = [report.source, ...report.ledger.gaps.map(({ reason }) => reason)];
  if (report.error !== null) texts.push(report.error.message);
  for (const { address, movedFrom, properties } of report.findings) {
    texts.push(address);
    if (movedFrom !== null) texts.push(movedFrom);
    for (const { before, after } of properties) {
      collect(before, texts);
      collect(after, texts);
    }
  }
  return texts;
}

function collect(value: Json, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (isList(value)) for (const item of value) collect(item, texts);
  else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      texts.push(name);
      collect(value[name] ?? null, texts);
    }
  }
}
