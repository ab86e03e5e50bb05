import { createHash } from 'node:crypto';
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
    const told = (text: string, path: string): string => checked(text, '', path, leaks);
    const head = {
      id: identified(report.id, leaks),
      source: told(report.source, 'source'),
      against: told(report.against, 'against'),
      scannedAt: told(report.scannedAt, 'scannedAt'),
      lineage: report.lineage === null ? null : told(report.lineage, 'lineage'),
      ledger: { ...report.ledger, gaps: report.ledger.gaps.map((gap) => ({ ...gap, address: told(gap.address, 'ledger.address'), reason: told(gap.reason, 'ledger.reason') })) },
      error: report.error && { code: told(report.error.code, 'error.code'), message: told(report.error.message, 'error.message'), next: told(report.error.next, 'error.next') },
      removed: report.removed.map(({ rule, path }) => ({ rule: told(rule, 'removed.rule'), path: told(path, 'removed.path') })),
    };
    return leaks.length === 0 ? { report, leaks } : { report: { ...report, ...head, findings }, leaks };
  };

  /** Two stacks whose names both hold a secret stay two. */
  function identified(id: string, leaks: Leak[]): string {
    const told = checked(id, '', 'id', leaks);
    return told === id ? id : `${told} ${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
  }

  /** The common case, at the cost of one look at everything together, at each text once: most of what a report says it says often. */
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
    const { fingerprint } = finding;
    const before = leaks.length;
    const told = (text: string, path: string): string => checked(text, fingerprint, path, leaks);
    const toldOrNull = (text: string | null, path: string): string | null => (text === null ? null : told(text, path));
    const found: Finding = {
      ...finding,
      address: told(finding.address, 'address'),
      type: told(finding.type, 'type'),
      severityRule: told(finding.severityRule, 'severityRule'),
      movedFrom: toldOrNull(finding.movedFrom, 'movedFrom'),
      properties: finding.properties.map((property) => {
        const path = told(property.path, 'path');
        const by = property.attribution;
        return {
          ...property,
          path,
          before: walked(property.before, fingerprint, path, leaks),
          after: walked(property.after, fingerprint, path, leaks),
          noise: toldOrNull(property.noise, 'noise'),
          attribution: by && { who: told(by.who, `${path}: who`), when: toldOrNull(by.when, `${path}: when`), how: toldOrNull(by.how, `${path}: how`) },
        };
      }),
    };
    return leaks.length === before ? finding : found;
  }

  function walked(value: Json, fingerprint: string, path: string, leaks: Leak[]): Json {
    if (typeof value === 'string') return checked(value, fingerprint, path, leaks);
    if (isList(value)) return value.map((item, index) => walked(item, fingerprint, `${path}[${index}]`, leaks));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
      const told = checked(name, fingerprint, path, leaks);
      return [told, walked(inner, fingerprint, `${path}.${told}`, leaks)];
    }));
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

/** Every text of a report but the words that its form allows, each once. */
function textsOf({ id, source, against, scannedAt, lineage, ledger, error, removed, findings }: StackReport): ReadonlySet<string> {
  const texts = new Set([id, source, against, scannedAt]);
  if (lineage !== null) texts.add(lineage);
  for (const { address, reason } of ledger.gaps) texts.add(address).add(reason);
  if (error !== null) texts.add(error.code).add(error.message).add(error.next);
  for (const { rule, path } of removed) texts.add(rule).add(path);
  for (const { address, type, severityRule, movedFrom, properties } of findings) {
    texts.add(address).add(type).add(severityRule);
    if (movedFrom !== null) texts.add(movedFrom);
    for (const { path, before, after, noise, attribution } of properties) {
      texts.add(path);
      if (noise !== null) texts.add(noise);
      if (attribution !== null) texts.add(attribution.who).add(attribution.when ?? '').add(attribution.how ?? '');
      collect(before, texts);
      collect(after, texts);
    }
  }
  return texts;
}

function collect(value: Json, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (isList(value)) for (const item of value) collect(item, texts);
  else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      texts.add(name);
      collect(value[name] ?? null, texts);
    }
  }
}
