import type { DraftFinding, DraftProperty, Finding, PropertyDifference } from '#proto/domain/finding.ts';
import { isList, isObject, type Json, type Path, writePath } from '#proto/domain/json.ts';
import type { Removal, ReportHead, StackReport } from '#proto/domain/report.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { createDetector } from '#secrets/detector.ts';
import { createNameJudge } from '#secrets/names.ts';
import { kindOf, type Mark, valueAt } from '#secrets/structure/mark.ts';
import { marksOf } from '#secrets/structure/marks.ts';
import type { CustomerRules } from './customer-rules.ts';
import { rekeyed } from './fingerprint.ts';
import { createPlaceholder } from './placeholder.ts';
import { createRegistry } from './registry.ts';
import { marksOfResource } from './resource-marks.ts';
import { createStreamScrubber, type StreamScrubber } from './stream.ts';
import { createTextScrubber, type TextRemoval } from './text.ts';

/** The one gate to the outside: nothing else makes `Scrubbed<T>`. One scrubber serves one run. */
export interface Scrubber {
  /**
   * Remembers the secret values of every side of this sighting. Every sighting is learned before the first finding is
   * scrubbed, since a value that is secret in one resource may stand plainly in another.
   */
  learn(sighting: Sighting): void;
  /** A draft finding without its secrets, and what was removed. */
  finding(draft: DraftFinding, stackId: string): { readonly finding: Scrubbed<Finding>; readonly removed: readonly Removal[] };
  /** A whole report whose findings have been scrubbed: passes source, ledger and error texts too. */
  report(head: ReportHead, findings: readonly Scrubbed<Finding>[]): Scrubbed<StackReport>;
  /** Any other text that leaves: errors, logs, output. Offsets are UTF-16 units of the text given. */
  text(text: string): { readonly text: Scrubbed<string>; readonly removed: readonly TextRemoval[] };
  /** Output that comes in pieces; `scope` is what it belongs to, for values that could be guessed. */
  stream(scope?: string): StreamScrubber;
}

export interface ScrubberOptions {
  /** 32 bytes made at enrolment, that never leave the host. */
  readonly key: Uint8Array;
  readonly tenant?: string;
  readonly rules?: CustomerRules;
}

/** @throws Fault `config-invalid` where a customer's rule is not one */
export function createScrubber({ key, tenant = '', rules }: ScrubberOptions): Scrubber {
  const judge = createNameJudge(rules?.names);
  const registry = createRegistry();
  const placeholder = createPlaceholder(key, tenant);
  const parts = { registry, placeholder, detect: createDetector({ names: rules?.names ?? [] }) };
  const scrubText = createTextScrubber(parts);
  const marksByAddress = new Map<string, readonly Mark[]>();
  return { learn, finding, report, text, stream: (scope = '') => createStreamScrubber({ ...parts, scope }) };

  function learn(sighting: Sighting): void {
    const marks: Mark[] = [];
    for (const side of Object.values(sighting.sides)) {
      if (side === null || side === undefined) continue;
      for (const mark of marksOfResource(sighting.type, side, judge)) {
        marks.push(mark);
        for (const leaf of leavesOf(valueAt(side.values, mark.path))) registry.learn(String(leaf), mark.kind);
      }
    }
    marksByAddress.set(sighting.address, marks);
  }

  function finding(draft: DraftFinding, stackId: string): { finding: Scrubbed<Finding>; removed: readonly Removal[] } {
    const removed: Removal[] = [];
    const scope = `${stackId}\n${draft.address}`;
    const address = plain(draft.address, 'address');
    const movedFrom = draft.movedFrom === null ? null : plain(draft.movedFrom, 'movedFrom');
    const isChanged = address !== draft.address || movedFrom !== draft.movedFrom;
    const scrubbed: Finding = {
      fingerprint: isChanged ? rekeyed(draft.fingerprint, key, tenant) : draft.fingerprint,
      address,
      type: plain(draft.type, 'type'),
      change: draft.change,
      cause: draft.cause,
      severity: draft.severity,
      severityRule: plain(draft.severityRule, 'severityRule'),
      properties: draft.properties.map(property),
      noise: draft.noise,
      movedFrom,
    };
    return { finding: scrubbed as Scrubbed<Finding>, removed };

    function property(from: DraftProperty): PropertyDifference {
      const marks = marksBelow(from);
      const path = plain(from.path, 'path');
      return {
        path,
        change: from.change,
        before: value(from.before, [], marks, from.steps),
        after: value(from.after, [], marks, from.steps),
        noise: from.noise,
        attribution: from.attribution && {
          who: plain(from.attribution.who, path),
          when: from.attribution.when,
          how: from.attribution.how === null ? null : plain(from.attribution.how, path),
        },
      };
    }

    function marksBelow(from: DraftProperty): readonly Mark[] {
      const told = from.sensitive.map((path) => ({ path, rule: 'structure/marked-sensitive', kind: kindOf([...from.steps, ...path]) }));
      const learned = (marksByAddress.get(draft.address) ?? []).flatMap((mark): Mark[] => {
        if (startsWith(from.steps, mark.path)) return [{ ...mark, path: [] }];
        return startsWith(mark.path, from.steps) ? [{ ...mark, path: mark.path.slice(from.steps.length) }] : [];
      });
      const named = [from.before, from.after].flatMap((side) => marksOf(nested(from.steps, side), judge))
        .flatMap((mark): Mark[] => [{ ...mark, path: mark.path.slice(from.steps.length) }]);
      return [...told, ...learned, ...named];
    }

    function value(from: Json, path: Path, marks: readonly Mark[], base: Path): Json {
      const mark = marks.find((candidate) => startsWith(path, candidate.path));
      if (isList(from)) return from.map((item, index) => value(item, [...path, index], marks, base));
      if (isObject(from)) {
        return Object.fromEntries(Object.entries(from).map(([name, inner]) =>
          [plain(name, writePath(base)), value(inner, [...path, name], marks, base)]));
      }
      const place = writePath([...base, ...path]);
      if (mark !== undefined && from !== null && from !== '') {
        removed.push({ rule: mark.rule, path: `${address}: ${plain(place, 'path')}` });
        return placeholder(mark.kind, String(from), scope);
      }
      return typeof from === 'string' ? plain(from, place) : from;
    }

    function plain(from: string, place: string): string {
      const result = scrubText(from, scope);
      for (const { rule } of result.removed) removed.push({ rule, path: `${place}` });
      return result.text;
    }
  }

  function report(head: ReportHead, findings: readonly Scrubbed<Finding>[]): Scrubbed<StackReport> {
    const clean = (from: string): string => scrubText(from, head.id).text;
    const scrubbed: StackReport = {
      ...head,
      id: clean(head.id),
      source: clean(head.source),
      against: clean(head.against),
      ledger: { ...head.ledger, gaps: head.ledger.gaps.map((gap) => ({ ...gap, address: clean(gap.address), reason: clean(gap.reason) })) },
      error: head.error && { ...head.error, message: clean(head.error.message), next: clean(head.error.next) },
      removed: head.removed.map(({ rule, path }) => ({ rule, path: clean(path) })),
      findings,
    };
    return scrubbed as Scrubbed<StackReport>;
  }

  function text(from: string): { text: Scrubbed<string>; removed: readonly TextRemoval[] } {
    const result = scrubText(from, '');
    return { text: result.text as Scrubbed<string>, removed: result.removed };
  }
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

function* leavesOf(value: Json | undefined): Generator<string | number | boolean> {
  if (value === undefined || value === null) return;
  if (isList(value)) for (const item of value) yield* leavesOf(item);
  else if (isObject(value)) for (const item of Object.values(value)) yield* leavesOf(item);
  else yield value;
}

/** The value with the names that lead to it around it, so that the last name speaks for it. */
function nested(steps: Path, value: Json): Json {
  return steps.reduceRight<Json>((inner, step) => (typeof step === 'number' ? Array.from({ length: step + 1 }, (_, index) => (index === step ? inner : null)) : { [step]: inner }), value);
}
