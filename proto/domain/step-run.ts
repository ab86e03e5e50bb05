import { z } from 'zod';

/** A script is handed over as one argument, of which Linux takes no more than 128 KiB. */
export const maxScriptLength = 32_768;

const word = z.string().max(maxScriptLength).refine((value) => !value.includes('\0'), 'no null character');

/** What is started: a program with its words, which no shell reads, or a script for a shell. */
export const StepRun = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), words: z.array(word).min(1).max(256) }),
  z.strictObject({ kind: z.literal('script'), shell: z.enum(['bash', 'sh']), text: word.min(1) }),
]);
export type StepRun = z.infer<typeof StepRun>;

/** The parts of a step that can be ordered. */
export const stepParts = ['run', 'probe', 'rollback'] as const;
export type StepPart = (typeof stepParts)[number];

/** The part of a step that is meant, or null where the step has none. */
export function partOf(step: Readonly<Record<StepPart, StepRun | null>>, part: StepPart): StepRun | null {
  return step[part];
}

/** What to execute. A script stops at the first command that fails and at a variable that is not set. */
export function argvOf(run: StepRun): readonly [program: string, ...args: string[]] {
  if (run.kind === 'script') return [run.shell, ...(run.shell === 'bash' ? ['-euo', 'pipefail'] : ['-eu']), '-c', run.text];
  const [program = '', ...args] = run.words;
  return [program, ...args];
}

/**
 * The same as a person reads it and as the safety scanner judges it, on both sides: environment first, each value
 * quoted, then the command or script. Spans of verdicts count in this text.
 */
export function commandText(run: StepRun, env: Readonly<Record<string, string>>): string {
  const assignments = Object.keys(env).toSorted().map((name) => `${name}=${quote(env[name] ?? '')}`);
  if (run.kind === 'script') return [...assignments, run.text].join('\n');
  return [...assignments, ...run.words.map(quote)].join(' ');
}

/** One word of a shell that means this text and nothing else. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
