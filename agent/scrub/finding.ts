import type { DraftFinding, DraftProperty, Finding, PropertyDifference } from '#proto/domain/finding.ts';
import { isList, isObject, type Json, type Path, sortedText, writePath } from '#proto/domain/json.ts';
import type { Removal } from '#proto/domain/report.ts';
import type { Scrubbed } from '#proto/domain/scrubbed.ts';
import { hasSecretInside } from '#secrets/contexts/encoded.ts';
import { kindOf, type Mark } from '#secrets/structure/mark.ts';
import { rekeyed } from './fingerprint.ts';
import { type Judgement, namedMarks } from './resource-marks.ts';
import type { ScrubText, TextScrubberParts } from './text.ts';

export interface FindingScrubberParts extends TextScrubberParts {
  readonly scrubText: ScrubText;
  readonly by: Judgement;
  readonly key: Uint8Array;
  readonly tenant: string;
}

/** Scrubs one draft; `learned` are the places that its resource, seen as a whole, holds secrets in. */
export type ScrubFinding = (draft: DraftFinding, stackId: string, learned: readonly Mark[]) => {
  readonly finding: Scrubbed<Finding>;
  readonly removed: readonly Removal[];
};

/** What is nested deeper is dropped as a whole; nothing that a tool writes is. */
const maxDepth = 100;

export function createFindingScrubber({ scrubText, registry, detect, placeholder, by, key, tenant }: FindingScrubberParts): ScrubFinding {
  return (draft, stackId, learned) => {
    const removed: Removal[] = [];
    const scope = `${stackId}\n${draft.address}`;
    const address = plain(draft.address, 'address');
    const movedFrom = draft.movedFrom === null ? null : plain(draft.movedFrom, 'movedFrom');
    const isChanged = address !== draft.address || movedFrom !== draft.movedFrom;
    const finding: Finding = {
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
    return { finding: finding as Scrubbed<Finding>, removed: removed.map(({ rule, path }) => ({ rule, path: `${address}: ${path}` })) };

    function property(from: DraftProperty): PropertyDifference {
      const path = plain(from.path, 'path');
      const marks = marksBelow(from);
      return {
        path,
        change: from.change,
        before: scrubbed(from.before, [], { marks, base: from.steps }),
        after: scrubbed(from.after, [], { marks, base: from.steps }),
        noise: from.noise,
        attribution: from.attribution && {
          who: plain(from.attribution.who, path),
          when: from.attribution.when,
          how: from.attribution.how === null ? null : plain(from.attribution.how, path),
        },
      };
    }

    function marksBelow({ steps, sensitive, before, after }: DraftProperty): readonly Mark[] {
      const told = sensitive.map((path) => ({ path: [...steps, ...path], rule: 'structure/marked-sensitive', kind: kindOf([...steps, ...path]) }));
      const named = [before, after].flatMap((side) => namedMarks(draft.type, nested(steps, side), by));
      return [...told, ...learned, ...named].flatMap((mark): Mark[] => {
        if (startsWith(steps, mark.path)) return [{ ...mark, path: [] }];
        return startsWith(mark.path, steps) ? [{ ...mark, path: mark.path.slice(steps.length) }] : [];
      });
    }

    function scrubbed(value: Json, path: Path, place: { readonly marks: readonly Mark[]; readonly base: Path }): Json {
      if (path.length > maxDepth) return taken('scrub/too-deep', 'value', sortedText(value), plain(writePath(place.base), 'path'));
      if (isList(value)) return value.map((item, index) => scrubbed(item, [...path, index], place));
      if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [plain(name, writePath(place.base)), scrubbed(inner, [...path, name], place)]));
      }
      if (value === null || value === '') return value;
      const where = plain(writePath([...place.base, ...path]), 'path');
      const mark = place.marks.find((candidate) => startsWith(path, candidate.path));
      if (mark !== undefined) return taken(mark.rule, mark.kind, String(value), where);
      if (typeof value !== 'string') return value;
      return hasSecretInside(value, look) ? taken('context/encoded', 'encoded', value, where) : plain(value, where);
    }

    function taken(rule: string, kind: string, value: string, path: string): string {
      removed.push({ rule, path });
      return placeholder(kind, value, scope);
    }

    function plain(from: string, place: string): string {
      const result = scrubText(from, scope);
      for (const { rule } of result.removed) removed.push({ rule, path: place });
      return result.text;
    }
  };

  function look(text: string): ReturnType<typeof detect> {
    const known = registry.find(text).map(({ kind, start, end }) => ({ rule: 'known-value', kind, start, end }));
    return known.length > 0 ? known : detect(text);
  }
}

/** Steps are compared as they are written, since `nested` writes an index as a name. */
function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => String(step) === String(path[index]));
}

/** The value with the names that lead to it around it, so that the last name speaks for it; a list's index becomes a name. */
function nested(steps: Path, value: Json): Json {
  return steps.reduceRight<Json>((inner, step) => ({ [step]: inner }), value);
}
