import type { PulumiResource } from './schema.ts';

/** What the engine found out about one resource. */
export interface Verdict {
  /** `same`, `update`, `delete` of a refresh; `create`, `update`, `replace`… of a preview; `failed` where the step did; `unfinished` where no end of it was seen; `unsaid` where its end says nothing. */
  readonly op: string;
  /** True where the engine read the resource anew from the provider. */
  readonly refreshed: boolean;
  readonly old: PulumiResource | null;
  readonly new: PulumiResource | null;
  /** The properties that the engine names as changed, by their first name; it need not name any. */
  readonly named: readonly string[];
  /** What was reported of it as an error, where the step failed; why nothing is said. */
  readonly reason?: string | undefined;
}

export interface EventLog {
  readonly verdicts: readonly Verdict[];
  /** True for a preview or a refresh preview, false where the update was carried out. */
  readonly preview: boolean;
  /** Why these are not all the resources that the run was about, or null. */
  readonly cutShort: string | null;
}

/** A replacement is told in three steps: the new one is made, the old one replaced and then deleted. */
const partsOfReplacement = new Set(['create-replacement', 'import-replacement', 'delete-replaced', 'discard-replaced', 'remove-pending-replace']);

/** One verdict for each resource that is replaced: the step that has both sides. */
export function onceEach(verdicts: readonly Verdict[]): readonly Verdict[] {
  const urnOf = ({ old, new: wanted }: Verdict): string => (wanted ?? old)?.urn ?? '';
  const whole = new Set(verdicts.filter(({ op, refreshed }) => !refreshed && !partsOfReplacement.has(op)).map(urnOf));
  const told = new Set<string>();
  return verdicts.filter((verdict) => {
    if (!partsOfReplacement.has(verdict.op)) return true;
    const urn = urnOf(verdict);
    if (whole.has(urn) || told.has(urn)) return false;
    told.add(urn);
    return true;
  });
}

/** `tags.team` and `rules[0].port` are told as `tags` and `rules`. */
export function namesIn(listed: readonly string[] | null | undefined, detailed: Readonly<Record<string, unknown>> | null | undefined): readonly string[] {
  return [...new Set([...(listed ?? []), ...Object.keys(detailed ?? {})].map((path) => /^(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]+))/.exec(path)?.slice(1).find((name) => name !== undefined) ?? path))];
}

/** The first line of what was reported, without its colours. */
export function told(message: string): string {
  // oxlint-disable-next-line no-control-regex -- colours are what is taken out
  const plain = message.replaceAll(/\u001B\[[\d;]*m|<\{%[^%]*%\}>/g, '').trim().replace(/^error: /, '');
  return (plain.split('\n')[0] ?? '').slice(0, 300);
}
