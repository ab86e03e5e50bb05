import type { DraftFinding, Finding } from '#proto/domain/finding.ts';
import { isList, isObject, type Json } from '#proto/domain/json.ts';
import type { Removal, ReportHead, StackReport } from '#proto/domain/report.ts';
import type { Sighting } from '#proto/domain/resource.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { createDetector } from '#secrets/detector.ts';
import type { Detect } from '#secrets/hit.ts';
import { createNameJudge } from '#secrets/names.ts';
import { type Mark, valueAt } from '#secrets/structure/mark.ts';
import { createMarks } from '#secrets/structure/marks.ts';
import { createPathMatcher } from './customer-paths.ts';
import { createCustomerPatterns } from './customer-patterns.ts';
import type { CustomerRules } from './customer-rules.ts';
import { failClosed, lookMs, maxTextLength, processorMs } from './fail-closed.ts';
import { createFindingScrubber } from './finding.ts';
import { createPlaceholder } from './placeholder.ts';
import { createRegistry } from './registry.ts';
import { type Judgement, marksOfResource } from './resource-marks.ts';
import { createStreamScrubber, type StreamScrubber } from './stream.ts';
import { createTextScrubber, type TextRemoval } from './text.ts';

/** The one gate to the outside: nothing else makes `Scrubbed<T>`. One scrubber serves one run. */
export interface Scrubber {
  /**
   * Remembers the secret values of every side of this sighting. Every sighting is learned before the first finding is
   * scrubbed, since a value that is secret in one resource may stand plainly in another.
   */
  learn(sighting: Sighting): void;
  /** Remembers a value that its owner calls secret, such as one that is granted to a step. */
  know(value: string): void;
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
  /** Milliseconds that only go up, for deadlines; by default the processor time of this thread. */
  readonly now?: () => number;
}

/** @throws Fault `scrub-rule-invalid` where a customer's rule is not one */
export function createScrubber(options: ScrubberOptions): Scrubber {
  return createScrubbers(options)();
}

/** Makes scrubbers that know nothing of one another; the rules are prepared once for all of them. */
export function createScrubbers({ key, tenant = '', rules, now = processorMs }: ScrubberOptions): () => Scrubber {
  const by = judgementOf(rules);
  const detect = failClosed((pace) => detectOf(rules, by, { now, pace }), { maxLength: maxTextLength, maxMs: lookMs, now });
  const placeholder = createPlaceholder(key, tenant);
  return () => {
    const registry = createRegistry();
    const parts = { registry, placeholder, detect };
    const scrubText = createTextScrubber(parts);
    const marksByAddress = new Map<string, readonly Mark[]>();
    const scrubFinding = createFindingScrubber({ ...parts, scrubText, by, key, tenant });
    return {
      learn,
      know: (value) => registry.insist(value, 'granted'),
      finding: (draft, stackId) => scrubFinding(draft, stackId, marksByAddress.get(draft.address) ?? []),
      report,
      text: (from) => {
        const { text, removed } = scrubText(from, '');
        return { text: text as Scrubbed<string>, removed };
      },
      stream: (scope = '') => createStreamScrubber({ ...parts, scope }),
    };

    function learn(sighting: Sighting): void {
      const marks: Mark[] = [];
      for (const side of new Set(Object.values(sighting.sides))) { // what is the same on two sides is one
        if (side === null || side === undefined) continue;
        for (const mark of marksOfResource(sighting.type, side, by)) {
          marks.push(mark);
          for (const leaf of leavesOf(valueAt(side.values, mark.path))) registry.learn(leaf, mark.kind);
        }
      }
      if (marks.length > 0) marksByAddress.set(sighting.address, marks);
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
  };
}

/** What names and places say, with the customer's additions and exceptions. */
function judgementOf(rules: CustomerRules | undefined): Judgement {
  const allowed = new Set(rules?.allow);
  return {
    marksOf: createMarks(createNameJudge(rules?.names, rules?.allow)),
    isSecretPath: rules === undefined || rules.paths.length === 0 ? null : createPathMatcher(rules.paths),
    isAllowedPath: createPathMatcher(rules?.allow ?? []),
    isAllowedValue: (value) => allowed.has(value),
  };
}

function detectOf(rules: CustomerRules | undefined, { isAllowedValue }: Judgement, { now, pace }: { readonly now: () => number; readonly pace: () => void }): Detect {
  const builtIn = createDetector({ names: rules?.names ?? [], publicNames: rules?.allow ?? [], pace });
  if (rules === undefined) return builtIn;
  const own = createCustomerPatterns(rules.patterns, now);
  return (text) => [...builtIn(text), ...own(text)].filter((hit) => !isAllowedValue(text.slice(hit.start, hit.end)));
}

function* leavesOf(value: Json | undefined): Generator<string> {
  if (value === undefined || value === null) return;
  if (isList(value)) for (const item of value) yield* leavesOf(item);
  else if (isObject(value)) for (const item of Object.values(value)) yield* leavesOf(item);
  else yield String(value);
}
